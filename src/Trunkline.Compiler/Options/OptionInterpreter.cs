using Trunkline.Compiler.Diagnostics;
using Trunkline.Compiler.Lexing;
using Trunkline.Compiler.Linking;
using Trunkline.Compiler.Syntax;
using Trunkline.Descriptors;

namespace Trunkline.Compiler.Options;

/// <summary>
/// Gives options their meaning: finds the field that each name leads to, through extensions and nested messages, and sets it in the options message of its element.
/// Custom options and built-in ones take one way.
/// </summary>
internal sealed class OptionInterpreter
{
    private const string Package = "google.protobuf.";

    private readonly FileSymbol _file;
    private readonly SymbolTable _table;
    private readonly NameResolver _names;
    private readonly List<InterpretedOptions> _interpreted = [];

    /// <summary>Prepares the options of a file.</summary>
    /// <param name="file">The file, linked.</param>
    /// <param name="table">All names.</param>
    /// <param name="diagnostics">Where faults are reported.</param>
    public OptionInterpreter(FileSymbol file, SymbolTable table, DiagnosticBag diagnostics)
    {
        _file = file;
        _table = table;
        _names = new NameResolver(table, file, diagnostics, forOptions: true);
        CollectFile(diagnostics);
    }

    /// <summary>Interprets the options that set features. Their elements have their own features then, and the rest waits until features are resolved.</summary>
    public void InterpretFeatures()
    {
        foreach (InterpretedOptions options in _interpreted)
        {
            foreach (OptionSyntax option in options.Element.OptionSyntax.Where(IsOfFeatures))
            {
                Set(options, option);
            }

            options.Element.OwnFeatures = ReadFeatures(options);
        }
    }

    /// <summary>
    /// Interprets all other options and puts everything into wire form. Options may be declared in the file that uses them, and features say how their fields are
    /// named and written.
    /// </summary>
    public void InterpretOthers()
    {
        foreach (InterpretedOptions options in _interpreted)
        {
            foreach (OptionSyntax option in options.Element.OptionSyntax.Where(option => !IsOfFeatures(option)))
            {
                Set(options, option);
            }
        }

        _interpreted.ForEach(CheckRequired);
        OptionEncoder.Encode(_file, _interpreted);
    }

    /// <summary>Null also for features that are declared in another form than anybody's; that is reported when the options are written.</summary>
    private static FeatureSet? ReadFeatures(InterpretedOptions options)
    {
        try
        {
            return options.Message.FindMessage("features") is { } features ? FeatureSet.Read(features.ToByteArray(withSourceOnly: true)) : null;
        }
        catch (DescriptorFormatException)
        {
            return null;
        }
    }

    private static bool IsOfFeatures(OptionSyntax option) => option.Name[0] is { IsExtension: false, Text: "features" };

    /// <summary>A message set part by part may end up without what it requires.</summary>
    private void CheckRequired(InterpretedOptions options)
    {
        foreach (OptionEntry entry in options.Message.Entries)
        {
            if (entry is { Place: OptionSyntax option, Values: [{ Message: { } message }, ..] } && message.FindMissing().ToList() is { Count: > 0 } missing)
            {
                options.Diagnostics.Add(new OptionMessageIncomplete(_file.Span(option.Name[0]), entry.Field.Name, string.Join(", ", missing)));
            }
        }
    }

    private void CollectFile(DiagnosticBag diagnostics)
    {
        Collect(_file.Options, "FileOptions", diagnostics);
        _file.Messages.ForEach(message => CollectMessage(message, diagnostics));
        _file.Enums.ForEach(type => CollectEnum(type, diagnostics));
        _file.Extensions.ForEach(field => Collect(field, "FieldOptions", diagnostics));
        foreach (ServiceSymbol service in _file.Services)
        {
            Collect(service, "ServiceOptions", diagnostics);
            service.Methods.ForEach(method => Collect(method, "MethodOptions", diagnostics));
        }
    }

    private void CollectMessage(MessageSymbol message, DiagnosticBag diagnostics)
    {
        Collect(message, "MessageOptions", diagnostics);

        // What the entry type of a map takes over from the map is judged there.
        DiagnosticBag ofFields = message.IsMapEntry ? new DiagnosticBag() : diagnostics;
        message.Fields.ForEach(field => Collect(field, "FieldOptions", ofFields));
        message.Oneofs.ForEach(oneof => Collect(oneof, "OneofOptions", diagnostics));
        message.Messages.ForEach(nested => CollectMessage(nested, diagnostics));
        message.Enums.ForEach(type => CollectEnum(type, diagnostics));
        message.Extensions.ForEach(field => Collect(field, "FieldOptions", diagnostics));
        ExtensionsSyntax? previous = null;
        foreach (ExtensionRangeSymbol range in message.ExtensionRanges)
        {
            // The ranges of one statement share its options; a fault in them is reported once.
            Collect(range, "ExtensionRangeOptions", range.Statement == previous ? new DiagnosticBag() : diagnostics);
            previous = range.Statement;
        }
    }

    private void CollectEnum(EnumSymbol type, DiagnosticBag diagnostics)
    {
        Collect(type, "EnumOptions", diagnostics);
        type.Values.ForEach(value => Collect(value, "EnumValueOptions", diagnostics));
    }

    private void Collect(Symbol element, string optionsType, DiagnosticBag diagnostics)
    {
        if (element.OptionSyntax.Count == 0)
        {
            return;
        }

        if (_table.FindOptions(Package + optionsType) is not { } type)
        {
            // Only with a descriptor.proto of the user's own that lacks the message.
            diagnostics.Add(new UnknownOption(_file.Span(element.OptionSyntax[0]), element.OptionSyntax[0].DisplayName));
            return;
        }

        if (element.OptionSyntax[0] is CarriedOptionsSyntax carried)
        {
            CarriedOptionsReader.Take(carried.Options, type, element, _table, diagnostics);
            return;
        }

        _interpreted.Add(new InterpretedOptions(element, new OptionMessage(type), diagnostics));
    }

    private void Set(InterpretedOptions options, OptionSyntax option)
    {
        DiagnosticBag diagnostics = options.Diagnostics;
        var fields = new List<FieldSymbol>(option.Name.Count);
        OptionMessage message = options.Message;
        for (int i = 0; i < option.Name.Count; i++)
        {
            FieldSymbol? field = FindField(message.Type, option, i, options.Element, diagnostics);
            if (field?.Type is null || !field.HasWritableNumber)
            {
                // Either has been reported.
                return;
            }

            fields.Add(field);
            if (i < option.Name.Count - 1)
            {
                if (!IsSingularMessage(field, option, i, diagnostics))
                {
                    return;
                }

                message = message.Open(field, option);
            }
        }

        FieldSymbol last = fields[^1];
        if (ReadValue(message, last, option, diagnostics) is not { } value)
        {
            return;
        }

        message.Add(last, value, option);
        options.Statements.Add((fields, value));
        IEnumerable<int> path = fields.Select(field => field.Number);
        _file.OptionPlaces[option] = new OptionPlace(
            last.IsRepeated ? [.. path, message.Count(last) - 1] : [.. path],
            fields.TakeWhile((_, index) => index == 0 || !fields[index - 1].IsDelimited).Any(field => field.IsSourceOnly));
    }

    private FieldSymbol? FindField(MessageSymbol type, OptionSyntax option, int index, Symbol element, DiagnosticBag diagnostics)
    {
        OptionNamePartSyntax part = option.Name[index];
        SourceSpan place = _file.Syntax.Source.Span(_file.Syntax.Tokens[option.Name[0].First], _file.Syntax.Tokens[option.Name[^1].Last]);
        if (index == 0 && part.Text == "uninterpreted_option")
        {
            diagnostics.Add(new ReservedOptionName(place));
            return null;
        }

        if (!part.IsExtension)
        {
            FieldSymbol? field = type.FindField(part.Text);
            if (field is null && !_file.IsIncomplete)
            {
                string? meant = Spelling.Nearest(part.Text, type.Fields.Select(candidate => candidate.Name));
                diagnostics.Add(new UnknownOption(place, NameUpTo(option, index), meant));
            }

            return field;
        }

        if (_names.Find(part.Text, element.FullName, typesOnly: false) is not FieldSymbol extension)
        {
            if (!_file.IsIncomplete)
            {
                diagnostics.Add(_names.HiddenBy is { } hidden ? new OptionHidden(place, part.Text, hidden) : new UnknownOption(place, NameUpTo(option, index)));
            }

            return null;
        }

        if (extension.IsExtension && (extension.ContainingType == type || extension.ContainingType is null))
        {
            // Without a containing type the extension itself is broken, which has been reported.
            return extension.ContainingType is null ? null : extension;
        }

        diagnostics.Add(new OptionOfOtherMessage(place, NameUpTo(option, index), type.Name));
        return null;
    }

    private static string NameUpTo(OptionSyntax option, int last)
        => string.Join('.', option.Name.Take(last + 1).Select(part => part.IsExtension ? $"({part.Text})" : part.Text));

    private bool IsSingularMessage(FieldSymbol field, OptionSyntax option, int index, DiagnosticBag diagnostics)
    {
        if (field.Type is not (FieldType.Message or FieldType.Group))
        {
            diagnostics.Add(new OptionIsAtomic(_file.Span(option.Name[0]), NameUpTo(option, index)));
            return false;
        }

        if (field.IsRepeated)
        {
            diagnostics.Add(new OptionIsRepeatedMessage(_file.Span(option.Name[0]), NameUpTo(option, index)));
            return false;
        }

        return true;
    }

    private OptionValue? ReadValue(OptionMessage message, FieldSymbol field, OptionSyntax option, DiagnosticBag diagnostics)
    {
        if (!field.IsRepeated && message.Has(field))
        {
            diagnostics.Add(new OptionAlreadySet(_file.Span(option.Name[0]), option.DisplayName));
            return null;
        }

        if (field.Type is not (FieldType.Message or FieldType.Group))
        {
            return new OptionValueReader(_file, _table, diagnostics).Read(field, option);
        }

        if (option.Value is not AggregateSyntax aggregate)
        {
            diagnostics.Add(new OptionNeedsAggregate(_file.Span(option.Value), field.FullName, field.Name));
            return null;
        }

        var nested = new OptionMessage(field.MessageType!) { IsStatement = true };
        return new AggregateReader(_file, _names, diagnostics, field.Name).Read(nested, aggregate) ? new OptionValue(0, null, nested) : null;
    }
}
