using Trunkline.Compiler.Diagnostics;
using Trunkline.Compiler.Syntax;
using Trunkline.Descriptors;

namespace Trunkline.Compiler.Linking;

/// <summary>
/// Makes symbols of a tree and enters their names. What the language declares without saying so is made here too: the entry type of a map, the oneof behind an
/// <c>optional</c> field, the message of a group.
/// </summary>
internal sealed class SymbolCollector
{
    // The largest field number is 2^29 - 1; a range to max ends one past it.
    public const int OnePastLastFieldNumber = 1 << 29;

    private readonly FileSymbol _file;
    private readonly SymbolTable _table;
    private readonly DiagnosticBag _diagnostics;

    private SymbolCollector(FileSymbol file, SymbolTable table, DiagnosticBag diagnostics)
    {
        _file = file;
        _table = table;
        _diagnostics = diagnostics;
    }

    public static FileSymbol Collect(FileSyntax syntax, SymbolTable table, DiagnosticBag diagnostics)
    {
        var file = new FileSymbol(syntax);
        new SymbolCollector(file, table, diagnostics).CollectFile();
        return file;
    }

    private void CollectFile()
    {
        _table.DeclarePackage(_file, _diagnostics);
        foreach (SyntaxNode statement in _file.Syntax.Statements)
        {
            switch (statement)
            {
                case ImportSyntax import:
                    _file.Imports.Add(new ImportedFile(import, import.Path!.Text));
                    break;
                case MessageSyntax message:
                    CollectMessage(message, null, _file.Messages);
                    break;
                case EnumSyntax type:
                    _file.Enums.Add(CollectEnum(type, null));
                    break;
                case ServiceSyntax service:
                    _file.Services.Add(CollectService(service));
                    break;
                case ExtendSyntax extend:
                    CollectExtend(extend, null, _file.Extensions, _file.Messages);
                    break;
                case OptionSyntax option:
                    _file.Options.OptionSyntax.Add(option);
                    break;
            }
        }
    }

    private string Qualify(MessageSymbol? parent, string name) => parent is null ? _file.Qualify(name) : $"{parent.FullName}.{name}";

    private MessageSymbol CollectMessage(MessageSyntax syntax, MessageSymbol? parent, List<MessageSymbol> siblings)
    {
        var message = new MessageSymbol(_file, syntax.Name.Text, Qualify(parent, syntax.Name.Text))
        {
            Syntax = syntax,
            Parent = parent,
            IsMapEntry = syntax.IsMapEntry,
            NameSpan = _file.Span(syntax.Name),
        };
        siblings.Add(message);
        _table.Declare(message, _diagnostics);
        message.IsMessageSet = syntax.Members.Exists(IsMessageSetOption);
        foreach (SyntaxNode member in syntax.Members)
        {
            CollectMember(message, member);
        }

        AddSyntheticOneofs(message);
        return message;
    }

    private static bool IsMessageSetOption(SyntaxNode member)
        => member is OptionSyntax { Name: [{ IsExtension: false, Text: "message_set_wire_format" }], Value: IdentifierSyntax { Text: "true" } };

    private void CollectMember(MessageSymbol message, SyntaxNode member)
    {
        switch (member)
        {
            case FieldSyntax field:
                message.Fields.Add(CollectField(field, message, null));
                break;
            case MessageSyntax nested:
                CollectMessage(nested, message, message.Messages);
                break;
            case EnumSyntax type:
                message.Enums.Add(CollectEnum(type, message));
                break;
            case OneofSyntax oneof:
                CollectOneof(oneof, message);
                break;
            case ExtendSyntax extend:
                CollectExtend(extend, message, message.Extensions, message.Messages);
                break;
            case ExtensionsSyntax extensions:
                CollectExtensionRanges(extensions, message);
                break;
            case ReservedSyntax reserved:
                CollectReserved(reserved, message);
                break;
            case OptionSyntax option:
                message.OptionSyntax.Add(option);
                break;
        }
    }

    private FieldSymbol CollectField(FieldSyntax syntax, MessageSymbol message, int? oneofIndex)
    {
        bool isProto3Optional = _file.Level == SyntaxLevel.Proto3 && syntax.Label == FieldLabel.Optional && oneofIndex is null;
        FieldSymbol field = CreateField(syntax, message.FullName, message, null, isProto3Optional);
        field.OneofIndex = oneofIndex;
        field.ContainingType = message;
        _table.Declare(field, _diagnostics);
        if (syntax.Type.IsMap)
        {
            AddMapEntry(field, message);
        }
        else if (syntax.GroupBody is { } body)
        {
            SetGroup(field, CollectMessage(body, message, message.Messages));
        }

        return field;
    }

    private FieldSymbol CreateField(FieldSyntax syntax, string scope, MessageSymbol? extensionScope, ExtendSyntax? extend, bool isProto3Optional)
    {
        // A group's field carries the name of its message in lower case.
        string name = syntax.Type.Scalar == FieldType.Group ? syntax.Name.Text.ToLowerInvariant() : syntax.Name.Text;
        var jsonName = (JsonNameSyntax?)syntax.Options?.Items.Find(item => item is JsonNameSyntax);
        var field = new FieldSymbol(_file, name, scope.Length == 0 ? name : $"{scope}.{name}")
        {
            Syntax = syntax,
            Extend = extend,
            ExtensionScope = extend is null ? null : extensionScope,
            NameSpan = _file.Span(syntax.Name),
            Number = syntax.Number.Int32,
            Label = syntax.Type.IsMap ? FieldLabel.Repeated : syntax.Label ?? FieldLabel.Optional,
            TypeSyntax = syntax.Type,
            // A descriptor says of a name what it stands for; whether that is so is known when the name is resolved.
            Type = syntax.Type.Name is null ? syntax.Type.Scalar : null,
            IsProto3Optional = isProto3Optional,
            JsonNameSyntax = IsCustom(jsonName, name) ? jsonName : null,
            JsonName = jsonName?.Value.Text ?? Names.ToJsonName(name),
            PackedOption = PlainOptions(syntax, "packed").FirstOrDefault() is { } packed ? packed == "true" : null,
            IsSourceOnly = PlainOptions(syntax, "retention").Contains("RETENTION_SOURCE"),
            Targets = PlainOptions(syntax, "targets"),
            DefaultSyntax = (DefaultSyntax?)syntax.Options?.Items.Find(item => item is DefaultSyntax),
        };
        AddOptions(field, syntax.Options);
        return field;
    }

    // Descriptors say the name of every field; only one that is not derived was ever written.
    private bool IsCustom(JsonNameSyntax? jsonName, string name)
        => jsonName is not null && (_file.Syntax.Source.Descriptor is null || jsonName.Value.Text != Names.ToJsonName(name));

    /// <summary>
    /// The words that a plain option of a field is set to. Some of them decide how the field is used as an option, so they must be known before options are
    /// interpreted.
    /// </summary>
    private static List<string> PlainOptions(FieldSyntax syntax, string name)
    {
        List<string> words = [];
        foreach (SyntaxNode item in syntax.Options?.Items ?? [])
        {
            if (item is OptionSyntax { Name: [{ IsExtension: false } part], Value: IdentifierSyntax value } && part.Text == name)
            {
                words.Add(value.Text);
            }
        }

        return words;
    }

    private static void AddOptions(Symbol symbol, CompactOptionsSyntax? options)
    {
        foreach (SyntaxNode item in options?.Items ?? [])
        {
            if (item is OptionSyntax option)
            {
                symbol.OptionSyntax.Add(option);
            }
        }
    }

    private static void SetGroup(FieldSymbol field, MessageSymbol group)
    {
        field.Type = FieldType.Group;
        field.MessageType = group;
    }

    private void AddMapEntry(FieldSymbol field, MessageSymbol message)
    {
        string name = Names.ToMapEntryName(field.Name);
        var entry = new MessageSymbol(_file, name, $"{message.FullName}.{name}") { Parent = message, IsMapEntry = true, NameSpan = field.NameSpan };
        TypeSyntax map = field.TypeSyntax;
        entry.Fields.Add(CreateEntryField(entry, "key", 1, map.MapKey!, field));
        entry.Fields.Add(CreateEntryField(entry, "value", 2, map.MapValue!, field));
        message.Messages.Add(entry);
        field.MessageType = entry;
        field.Type = FieldType.Message;
        if (_table.Find(entry.FullName)?.File == _file)
        {
            _diagnostics.Add(new MapEntryNameTaken(field.NameSpan, name));
            return;
        }

        _table.Declare(entry, _diagnostics);
        _table.Declare(entry.Fields[0], _diagnostics);
        _table.Declare(entry.Fields[1], _diagnostics);
    }

    private FieldSymbol CreateEntryField(MessageSymbol entry, string name, int number, TypeSyntax type, FieldSymbol map)
    {
        var field = new FieldSymbol(_file, name, $"{entry.FullName}.{name}")
        {
            NameSpan = map.NameSpan,
            Number = number,
            Label = FieldLabel.Optional,
            TypeSyntax = type,
            Type = type.Scalar,
            JsonName = name,
            ContainingType = entry,
        };
        if (_file.Level == SyntaxLevel.Editions)
        {
            // What is said about the encoding of the map goes for its keys and values.
            field.OptionSyntax.AddRange(map.OptionSyntax.Where(option => option.Name[0] is { IsExtension: false, Text: "features" }));
        }

        return field;
    }

    private void CollectOneof(OneofSyntax syntax, MessageSymbol message)
    {
        var oneof = new OneofSymbol(message, syntax.Name.Text) { Syntax = syntax, NameSpan = _file.Span(syntax.Name) };
        int index = message.Oneofs.Count;
        message.Oneofs.Add(oneof);
        _table.Declare(oneof, _diagnostics);
        foreach (SyntaxNode member in syntax.Members)
        {
            if (member is FieldSyntax field)
            {
                message.Fields.Add(CollectField(field, message, index));
            }
            else
            {
                oneof.OptionSyntax.Add((OptionSyntax)member);
            }
        }
    }

    /// <summary>An optional field of proto3 gets a oneof of its own, named so that it collides with no field or oneof of the message.</summary>
    private void AddSyntheticOneofs(MessageSymbol message)
    {
        if (!message.Fields.Exists(field => field.IsProto3Optional))
        {
            return;
        }

        // protoc dodges the names of fields and oneofs alone; what else the message declares may still collide.
        HashSet<string> names = [.. message.Fields.Select(field => field.Name), .. message.Oneofs.Select(oneof => oneof.Name)];
        foreach (FieldSymbol field in message.Fields)
        {
            if (!field.IsProto3Optional)
            {
                continue;
            }

            string name = field.Name.StartsWith('_') ? field.Name : "_" + field.Name;
            while (!names.Add(name))
            {
                name = "X" + name;
            }

            field.OneofIndex = message.Oneofs.Count;
            var oneof = new OneofSymbol(message, name) { NameSpan = field.NameSpan };
            message.Oneofs.Add(oneof);
            _table.Declare(oneof, _diagnostics);
        }
    }

    private void CollectExtend(ExtendSyntax syntax, MessageSymbol? scope, List<FieldSymbol> extensions, List<MessageSymbol> groups)
    {
        foreach (FieldSyntax member in syntax.Fields)
        {
            // In proto3 an extension has presence with or without the word; protoc marks those that have it.
            bool isProto3Optional = _file.Level == SyntaxLevel.Proto3 && member.Label == FieldLabel.Optional;
            FieldSymbol field = CreateField(member, scope?.FullName ?? _file.Package, scope, syntax, isProto3Optional);
            extensions.Add(field);
            _table.Declare(field, _diagnostics);
            if (member.GroupBody is { } body)
            {
                SetGroup(field, CollectMessage(body, scope, groups));
            }
        }
    }

    private static void CollectExtensionRanges(ExtensionsSyntax syntax, MessageSymbol message)
    {
        foreach (RangeSyntax range in syntax.Ranges)
        {
            var symbol = new ExtensionRangeSymbol(message, syntax, range)
            {
                NameSpan = message.File.Span(range),
                Start = range.Start.Int32,
                End = OnePast(range, message),
            };
            AddOptions(symbol, syntax.Options);
            message.ExtensionRanges.Add(symbol);
        }
    }

    private static int OnePast(RangeSyntax range, MessageSymbol message)
        => range.EndsAtMax ? (message.IsMessageSet ? int.MaxValue : OnePastLastFieldNumber) : unchecked(range.End.Int32 + 1);

    private static void CollectReserved(ReservedSyntax syntax, MessageSymbol message)
    {
        foreach (RangeSyntax range in syntax.Ranges)
        {
            message.ReservedSyntax.Add(range);
            message.ReservedRanges.Add(new ReservedRange { Start = range.Start.Int32, End = OnePast(range, message) });
        }

        message.ReservedNames.AddRange(syntax.Names);
    }

    private EnumSymbol CollectEnum(EnumSyntax syntax, MessageSymbol? parent)
    {
        var type = new EnumSymbol(_file, syntax.Name.Text, Qualify(parent, syntax.Name.Text))
        {
            Syntax = syntax,
            Parent = parent,
            NameSpan = _file.Span(syntax.Name),
        };
        _table.Declare(type, _diagnostics);
        foreach (SyntaxNode member in syntax.Members)
        {
            switch (member)
            {
                case EnumValueSyntax value:
                    CollectEnumValue(value, type, parent);
                    break;
                case ReservedSyntax reserved:
                    type.ReservedRanges.AddRange(reserved.Ranges);
                    type.ReservedNames.AddRange(reserved.Names);
                    break;
                case OptionSyntax option:
                    type.OptionSyntax.Add(option);
                    break;
            }
        }

        return type;
    }

    private void CollectEnumValue(EnumValueSyntax syntax, EnumSymbol type, MessageSymbol? scope)
    {
        var value = new EnumValueSymbol(type, syntax.Name.Text, Qualify(scope, syntax.Name.Text))
        {
            Syntax = syntax,
            Number = syntax.Number.Int32,
            NameSpan = _file.Span(syntax.Name),
        };
        AddOptions(value, syntax.Options);
        type.Values.Add(value);
        _table.Declare(value, _diagnostics);
    }

    private ServiceSymbol CollectService(ServiceSyntax syntax)
    {
        var service = new ServiceSymbol(_file, syntax.Name.Text, _file.Qualify(syntax.Name.Text)) { Syntax = syntax, NameSpan = _file.Span(syntax.Name) };
        _table.Declare(service, _diagnostics);
        foreach (SyntaxNode member in syntax.Members)
        {
            if (member is OptionSyntax option)
            {
                service.OptionSyntax.Add(option);
                continue;
            }

            var methodSyntax = (MethodSyntax)member;
            var method = new MethodSymbol(service, methodSyntax.Name.Text) { Syntax = methodSyntax, NameSpan = _file.Span(methodSyntax.Name) };
            method.OptionSyntax.AddRange(methodSyntax.Options);
            service.Methods.Add(method);
            _table.Declare(method, _diagnostics);
        }

        return service;
    }
}
