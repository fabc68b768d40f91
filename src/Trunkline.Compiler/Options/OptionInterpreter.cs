using System.Buffers;
using Trunkline.Compiler.Diagnostics;
using Trunkline.Compiler.Lexing;
using Trunkline.Compiler.Linking;
using Trunkline.Compiler.Syntax;
using Trunkline.Descriptors;

namespace Trunkline.Compiler.Options;

/// <summary>
/// Gives options their meaning: finds the field that each name leads to, through extensions and nested messages, and sets it in the options message of its element.
/// The result is the message in wire form, so that custom options and built-in ones take one way.
/// </summary>
internal sealed class OptionInterpreter
{
    private const string Package = "google.protobuf.";

    private readonly FileSymbol _file;
    private readonly SymbolTable _table;
    private readonly NameResolver _names;

    private OptionInterpreter(FileSymbol file, SymbolTable table, DiagnosticBag diagnostics)
    {
        _file = file;
        _table = table;
        _names = new NameResolver(table, file, diagnostics, forOptions: true);
    }

    public static void Interpret(FileSymbol file, SymbolTable table, DiagnosticBag diagnostics)
        => new OptionInterpreter(file, table, diagnostics).InterpretFile(diagnostics);

    private void InterpretFile(DiagnosticBag diagnostics)
    {
        Interpret(_file.Options, "FileOptions", diagnostics);
        _file.Messages.ForEach(message => InterpretMessage(message, diagnostics));
        _file.Enums.ForEach(type => InterpretEnum(type, diagnostics));
        _file.Extensions.ForEach(field => Interpret(field, "FieldOptions", diagnostics));
        foreach (ServiceSymbol service in _file.Services)
        {
            Interpret(service, "ServiceOptions", diagnostics);
            service.Methods.ForEach(method => Interpret(method, "MethodOptions", diagnostics));
        }
    }

    private void InterpretMessage(MessageSymbol message, DiagnosticBag diagnostics)
    {
        Interpret(message, "MessageOptions", diagnostics);
        // What the entry type of a map takes over from the map is judged there.
        DiagnosticBag ofFields = message.IsMapEntry ? new DiagnosticBag() : diagnostics;
        message.Fields.ForEach(field => Interpret(field, "FieldOptions", ofFields));
        message.Oneofs.ForEach(oneof => Interpret(oneof, "OneofOptions", diagnostics));
        message.Messages.ForEach(nested => InterpretMessage(nested, diagnostics));
        message.Enums.ForEach(type => InterpretEnum(type, diagnostics));
        message.Extensions.ForEach(field => Interpret(field, "FieldOptions", diagnostics));
        ExtensionsSyntax? previous = null;
        foreach (ExtensionRangeSymbol range in message.ExtensionRanges)
        {
            // The ranges of one statement share its options; a fault in them is reported once.
            Interpret(range, "ExtensionRangeOptions", range.Statement == previous ? new DiagnosticBag() : diagnostics);
            previous = range.Statement;
        }
    }

    private void InterpretEnum(EnumSymbol type, DiagnosticBag diagnostics)
    {
        Interpret(type, "EnumOptions", diagnostics);
        type.Values.ForEach(value => Interpret(value, "EnumValueOptions", diagnostics));
    }

    private void Interpret(Symbol element, string optionsType, DiagnosticBag diagnostics)
    {
        if (element.OptionSyntax.Count == 0)
        {
            return;
        }

        if (_table.Find(Package + optionsType) is not MessageSymbol type)
        {
            // Only with a descriptor.proto of the user's own that lacks the message.
            diagnostics.Add(new UnknownOption(_file.Span(element.OptionSyntax[0]), element.OptionSyntax[0].DisplayName));
            return;
        }

        if (element.OptionSyntax[0] is CarriedOptionsSyntax carried)
        {
            CarriedOptionsReader.Take(carried.Options, type, element, _table);
            return;
        }

        var options = new OptionMessage(type);
        var statements = new ArrayBufferWriter<byte>();
        foreach (OptionSyntax option in element.OptionSyntax)
        {
            statements.Write(Set(options, option, element, diagnostics));
        }

        OptionUse.Check(options, element, diagnostics);
        element.OwnFeatures = options.FindMessage("features") is { } features ? FeatureSet.Read(features.ToByteArray(withSourceOnly: true)) : null;
        Keep(options, statements.WrittenSpan, element);
    }

    /// <summary>
    /// Options come in two forms, as they do from protoc: without those for the compiler alone, merged and in order; and all of them, one statement behind the other.
    /// </summary>
    private void Keep(OptionMessage options, ReadOnlySpan<byte> statements, Symbol element)
    {
        byte[] kept = options.ToByteArray(withSourceOnly: false);
        element.OptionBytes = kept.Length > 0 ? kept : null;
        if (statements.SequenceEqual(kept))
        {
            element.RetainedOptionBytes = element.OptionBytes;
            return;
        }

        element.RetainedOptionBytes = statements.Length > 0 ? statements.ToArray() : null;
        _file.HasRetainedForm = true;
        if (element.OptionBytes is null)
        {
            foreach (OptionSyntax option in element.OptionSyntax)
            {
                if (_file.OptionPlaces.TryGetValue(option, out OptionPlace place))
                {
                    _file.OptionPlaces[option] = place with { IsAllGone = true };
                }
            }
        }
    }

    /// <summary>Sets one option; returns what it says on its own in wire form, empty after a report.</summary>
    private ReadOnlySpan<byte> Set(OptionMessage options, OptionSyntax option, Symbol element, DiagnosticBag diagnostics)
    {
        var fields = new List<FieldSymbol>(option.Name.Count);
        OptionMessage message = options;
        for (int i = 0; i < option.Name.Count; i++)
        {
            FieldSymbol? field = FindField(message.Type, option, i, element, diagnostics);
            if (field?.Type is null)
            {
                return [];
            }

            fields.Add(field);
            if (i < option.Name.Count - 1)
            {
                if (!IsSingularMessage(field, option, i, diagnostics))
                {
                    return [];
                }

                message = message.Open(field, option);
            }
        }

        FieldSymbol last = fields[^1];
        if (ReadValue(message, last, option, diagnostics) is not { } value)
        {
            return [];
        }

        message.Add(last, value, option);
        IEnumerable<int> path = fields.Select(field => field.Number);
        _file.OptionPlaces[option] = new OptionPlace(
            last.IsRepeated ? [.. path, message.Count(last) - 1] : [.. path],
            fields.Exists(field => field.IsSourceOnly));
        return OptionMessage.ToByteArray(fields, value);
    }

    private FieldSymbol? FindField(MessageSymbol type, OptionSyntax option, int index, Symbol element, DiagnosticBag diagnostics)
    {
        OptionNamePartSyntax part = option.Name[index];
        SourceSpan place = _file.Syntax.Source.Span(_file.Syntax.Tokens[option.Name[0].First], _file.Syntax.Tokens[option.Name[^1].Last]);
        if (!part.IsExtension)
        {
            if (index == 0 && part.Text == "uninterpreted_option")
            {
                diagnostics.Add(new ReservedOptionName(place));
                return null;
            }

            FieldSymbol? field = type.FindField(part.Text);
            if (field is null && !_file.IsIncomplete)
            {
                string? meant = Spelling.Nearest(part.Text, type.Fields.Select(candidate => candidate.Name));
                diagnostics.Add(new UnknownOption(place, NameUpTo(option, index), meant));
            }

            return field;
        }

        Symbol? symbol = _names.Find(part.Text, element.FullName, typesOnly: false);
        if (symbol is null)
        {
            if (!_file.IsIncomplete)
            {
                diagnostics.Add(new UnknownOption(place, NameUpTo(option, index)));
            }

            return null;
        }

        if (symbol is FieldSymbol { IsExtension: true } extension && (extension.ContainingType == type || extension.ContainingType is null))
        {
            // Without a containing type the extension itself is broken, which has been reported.
            return extension.ContainingType is null ? null : extension;
        }

        diagnostics.Add(new OptionOfOtherMessage(place, NameUpTo(option, index), type.Name));
        return null;
    }

    private static string NameUpTo(OptionSyntax option, int last)
        => string.Join('.', option.Name.Take(last + 1).Select(part => part.IsExtension ? $"({part.Text.TrimStart('.')})" : part.Text));

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
            return new OptionValueReader(_file, diagnostics).Read(field, option);
        }

        if (option.Value is not AggregateSyntax aggregate)
        {
            diagnostics.Add(new OptionNeedsAggregate(_file.Span(option.Value), field.FullName));
            return null;
        }

        var nested = new OptionMessage(field.MessageType!);
        return new AggregateReader(_file, _table, _names, diagnostics).Read(nested, aggregate, field.FullName) ? new OptionValue(0, null, nested) : null;
    }
}
