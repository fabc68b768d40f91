using System.Text;
using Trunkline.Compiler.Syntax;
using Trunkline.Descriptors;

namespace Trunkline.Compiler.Importing;

/// <summary>Makes syntax of messages, their fields, and extensions. Messages nest as deep as the reader of descriptors lets them, which is not deep.</summary>
internal sealed class MessageImporter(SyntaxLevel level, DescriptorFaults faults)
{
    public MessageSyntax Import(DescriptorProto message)
    {
        var syntax = new MessageSyntax
        {
            Name = faults.NameOf(message.Name),
            Visibility = message.Visibility,
            IsMapEntry = IsMapEntry(message),
        };
        syntax.Members.AddRange(CarriedOptions.Of(message.Options));
        AddFields(message, syntax);
        syntax.Members.AddRange(message.NestedTypes.Select(Import));
        syntax.Members.AddRange(message.EnumTypes.Select(new EnumImporter(faults).Import));
        syntax.Members.AddRange(message.Extensions.Select(ImportExtension));
        syntax.Members.AddRange(message.ExtensionRanges.Select(ImportExtensionRange));
        AddReserved(message, syntax);
        return syntax;
    }

    public ExtendSyntax ImportExtension(FieldDescriptorProto extension)
    {
        if (extension.Extendee is not { Length: > 0 })
        {
            faults.Add("FieldDescriptorProto.extendee not set for extension field.");
        }

        if (extension.OneofIndex is not null)
        {
            faults.Add("FieldDescriptorProto.oneof_index should not be set for extensions.");
        }

        var syntax = new ExtendSyntax { Extendee = new TypeSyntax { Name = extension.Extendee ?? "" } };
        syntax.Fields.Add(ImportField(extension));
        return syntax;
    }

    private static bool IsMapEntry(DescriptorProto message) => message is
    {
        Options.MapEntry: true,
        Fields: [{ Name: "key", Number: 1, Label: FieldLabel.Optional }, { Name: "value", Number: 2, Label: FieldLabel.Optional }],
        NestedTypes: [],
        EnumTypes: [],
        Extensions: [],
        ExtensionRanges: [],
    };

    /// <summary>A oneof stands where its first field stands; its fields follow each other, which is checked, for source could not say anything else.</summary>
    private void AddFields(DescriptorProto message, MessageSyntax syntax)
    {
        if (message.OneofDecls.Where((_, index) => !message.Fields.Exists(field => field.OneofIndex == index)).Any())
        {
            faults.Add("Oneof must have at least one field.");
        }

        List<OneofSyntax> oneofs = [.. message.OneofDecls.Select(ImportOneof)];
        int next = 0;
        int last = -1;
        foreach (FieldDescriptorProto field in message.Fields)
        {
            CheckField(field, message);
            if (field.OneofIndex is not { } index || index < 0 || index >= oneofs.Count || IsAlone(field))
            {
                syntax.Members.Add(ImportField(field));
                last = -1;
                continue;
            }

            if (index != last)
            {
                if (index != next)
                {
                    faults.Add($"Fields in the same oneof must be defined consecutively. \"{field.Name}\" cannot be defined before the completion of the \"{oneofs[next % oneofs.Count].Name.Text}\" oneof definition.");
                }

                next = index + 1;
                last = index;
                syntax.Members.Add(oneofs[index]);
            }

            oneofs[index].Members.Add(ImportField(field));
        }
    }

    private void CheckField(FieldDescriptorProto field, DescriptorProto message)
    {
        if (field.TypeName is { } type && message.NestedTypes.Exists(nested =>
            nested.Options?.MapEntry == true && !IsMapEntry(nested) && type.EndsWith("." + nested.Name, StringComparison.Ordinal)))
        {
            faults.Add("map_entry should not be set explicitly. Use map<KeyType, ValueType> instead.");
        }

        if (field.Extendee is not null)
        {
            faults.Add("FieldDescriptorProto.extendee set for non-extension field.");
        }

        if (field.OneofIndex is { } index && (index < 0 || index >= message.OneofDecls.Count))
        {
            faults.Add($"FieldDescriptorProto.oneof_index {index} is out of range for type \"{message.Name}\".");
        }
    }

    // An optional field of proto3 gets its oneof anew.
    private bool IsAlone(FieldDescriptorProto field) => level == SyntaxLevel.Proto3 && field.Proto3Optional == true;

    private OneofSyntax ImportOneof(OneofDescriptorProto oneof)
    {
        var syntax = new OneofSyntax { Name = faults.NameOf(oneof.Name) };
        syntax.Members.AddRange(CarriedOptions.Of(oneof.Options));
        return syntax;
    }

    private FieldSyntax ImportField(FieldDescriptorProto field)
    {
        var options = CarriedOptions.InBrackets(field.Options);
        if (field.JsonName is { } json || field.DefaultValue is not null)
        {
            options ??= new CompactOptionsSyntax();
            options.Items.AddRange(FieldExtras(field));
        }

        return new FieldSyntax
        {
            Name = faults.NameOf(field.Name),
            Label = LabelOf(field),
            Type = ImportType(field),
            Number = Numbers.Integer(field.Number ?? 0),
            Options = options,
        };
    }

    private static IEnumerable<SyntaxNode> FieldExtras(FieldDescriptorProto field)
    {
        if (field.JsonName is { } json)
        {
            yield return new JsonNameSyntax { Value = new StringSyntax(Encoding.UTF8.GetBytes(json)) };
        }

        if (field.DefaultValue is { } value)
        {
            yield return new DefaultSyntax { Value = DefaultValueImporter.Import(Known(field.Type), value) };
        }
    }

    // The label is written where the language lets it mean something.
    private FieldLabel? LabelOf(FieldDescriptorProto field) => field.Label switch
    {
        FieldLabel.Optional when level == SyntaxLevel.Proto3 => field.Proto3Optional == true ? FieldLabel.Optional : null,
        FieldLabel.Optional when level == SyntaxLevel.Editions || field.OneofIndex is not null => null,
        FieldLabel.Optional or FieldLabel.Required or FieldLabel.Repeated => field.Label,
        _ => null,
    };

    // A number that no type has is no type: so readers of closed enums take it.
    private static FieldType? Known(FieldType? type) => type is >= FieldType.Double and <= FieldType.SInt64 ? type : null;

    private TypeSyntax ImportType(FieldDescriptorProto field)
    {
        // Without a type the name tells, and without a name the type is the first of all types: that is how a field of an enum type reads when it is absent.
        FieldType? type = Known(field.Type) ?? (field.TypeName is null ? FieldType.Double : null);
        bool isNamed = type is null or FieldType.Message or FieldType.Enum or FieldType.Group;
        if (isNamed && field.TypeName is not { Length: > 0 })
        {
            faults.Add("Field with message or enum type missing type_name.");
        }
        else if (!isNamed && field.TypeName is not null)
        {
            faults.Add("Field with primitive type has type_name.");
        }

        return new TypeSyntax { Scalar = type, Name = isNamed ? field.TypeName ?? "" : null };
    }

    private static ExtensionsSyntax ImportExtensionRange(ExtensionRange range)
    {
        var syntax = new ExtensionsSyntax { Options = CarriedOptions.InBrackets(range.Options) };
        syntax.Ranges.Add(Numbers.Range(range.Start ?? 0, (range.End ?? 0) - 1L));
        return syntax;
    }

    private static void AddReserved(DescriptorProto message, MessageSyntax syntax)
    {
        if (message.ReservedRanges.Count == 0 && message.ReservedNames.Count == 0)
        {
            return;
        }

        var reserved = new ReservedSyntax();
        reserved.Ranges.AddRange(message.ReservedRanges.Select(range => Numbers.Range(range.Start ?? 0, (range.End ?? 0) - 1L)));
        reserved.Names.AddRange(message.ReservedNames.Select(name => new StringSyntax(Encoding.UTF8.GetBytes(name))));
        syntax.Members.Add(reserved);
    }
}
