using System.Text;
using Trunkline.Compiler.Diagnostics;
using Trunkline.Compiler.Linking;
using Trunkline.Compiler.Syntax;
using Trunkline.Descriptors;

namespace Trunkline.Compiler.Options;

/// <summary>Reads a message in text form into an <see cref="OptionMessage"/>. The text format is laxer than option statements about numbers and booleans.</summary>
internal sealed class AggregateReader(FileSymbol file, SymbolTable table, NameResolver names, DiagnosticBag diagnostics)
{
    private string _option = "";

    /// <summary>Reads <paramref name="aggregate"/> into <paramref name="message"/>; false after a report.</summary>
    /// <param name="message">The message, which may have values already.</param>
    /// <param name="aggregate">The text.</param>
    /// <param name="option">The option's name for reports.</param>
    public bool Read(OptionMessage message, AggregateSyntax aggregate, string option)
    {
        _option = option;
        return ReadFields(message, aggregate);
    }

    private bool ReadFields(OptionMessage message, AggregateSyntax aggregate)
    {
        foreach (AggregateFieldSyntax entry in aggregate.Fields)
        {
            bool read = entry.UrlPrefix is null ? ReadField(message, entry) : ReadAny(message, entry);
            if (!read)
            {
                return false;
            }
        }

        return true;
    }

    private bool ReadField(OptionMessage message, AggregateFieldSyntax entry)
    {
        FieldSymbol? field = entry.IsExtension ? FindExtension(message.Type, entry) : FindField(message.Type, entry.Name);
        if (field is null)
        {
            return Fail(entry, entry.IsExtension
                ? $"Extension \"{entry.Name}\" is not defined or is not an extension of \"{message.Type.FullName}\"."
                : $"Message type \"{message.Type.FullName}\" has no field named \"{entry.Name}\".");
        }

        if (field.Type is null)
        {
            // Its type was not found, which has been reported where it is declared.
            return false;
        }

        if (entry.Value is ListSyntax list)
        {
            return field.IsRepeated
                ? list.Items.TrueForAll(item => ReadValue(message, field, item))
                : Fail(list, $"Field \"{field.Name}\" is not repeated and cannot be set to a list.");
        }

        if (!field.IsRepeated && message.Has(field))
        {
            return Fail(entry, $"Non-repeated field \"{field.Name}\" is specified multiple times.");
        }

        if (message.FindOneofSibling(field) is { } sibling)
        {
            return Fail(entry, $"Field \"{field.Name}\" is specified along with field \"{sibling.Name}\", another member of oneof \"{message.Type.Oneofs[field.OneofIndex!.Value].Name}\".");
        }

        return ReadValue(message, field, entry.Value);
    }

    /// <summary>A group, and a field that could have been one, may be named as its message is.</summary>
    private static FieldSymbol? FindField(MessageSymbol type, string name)
        => type.FindField(name) ?? (type.FindField(name.ToLowerInvariant()) is { IsLikeGroup: true } field && field.MessageType!.Name == name ? field : null);

    private FieldSymbol? FindExtension(MessageSymbol type, AggregateFieldSyntax entry)
        => names.Find(entry.Name, type.FullName, typesOnly: false) is FieldSymbol { IsExtension: true } extension && extension.ContainingType == type
            ? extension
            : null;

    /// <summary>[type.googleapis.com/pkg.Type] { ... } inside an Any is that message, packed.</summary>
    private bool ReadAny(OptionMessage message, AggregateFieldSyntax entry)
    {
        if (message.Type.FullName != "google.protobuf.Any" || message.Type.FindField("type_url") is not { } url || message.Type.FindField("value") is not { } content)
        {
            return Fail(entry, $"Message type \"{message.Type.FullName}\" is not google.protobuf.Any and cannot hold \"{entry.UrlPrefix}/{entry.Name}\".");
        }

        if (entry.UrlPrefix is not ("type.googleapis.com" or "type.googleprod.com") || table.Find(entry.Name) is not MessageSymbol packedType)
        {
            return Fail(entry, $"Could not find type \"{entry.UrlPrefix}/{entry.Name}\" stored in google.protobuf.Any.");
        }

        if (entry.Value is not AggregateSyntax body)
        {
            return Fail(entry.Value, "Expected \"{\".");
        }

        var packed = new OptionMessage(packedType);
        if (!ReadFields(packed, body))
        {
            return false;
        }

        message.Add(url, new OptionValue(0, Encoding.UTF8.GetBytes($"{entry.UrlPrefix}/{entry.Name}")), entry);
        message.Add(content, new OptionValue(0, null, packed), entry);
        return true;
    }

    private bool ReadValue(OptionMessage message, FieldSymbol field, ValueSyntax value)
    {
        if (field.Type is FieldType.Message or FieldType.Group)
        {
            if (value is not AggregateSyntax body)
            {
                return Fail(value, "Expected \"{\".");
            }

            var nested = new OptionMessage(field.MessageType!);
            if (!ReadFields(nested, body))
            {
                return false;
            }

            message.Add(field, new OptionValue(0, null, nested), value);
            return true;
        }

        if (ReadScalar(field, value) is not { } scalar)
        {
            return false;
        }

        message.Add(field, scalar, value);
        return true;
    }

    private OptionValue? ReadScalar(FieldSymbol field, ValueSyntax value)
    {
        FieldType type = field.Type!.Value;
        switch (type)
        {
            case FieldType.Float or FieldType.Double:
                return ReadDouble(type, value);
            case FieldType.Bool:
                return ReadBoolean(value);
            case FieldType.Enum:
                return ReadEnum(field.EnumType!, value);
            case FieldType.String or FieldType.Bytes:
                return value is StringSyntax text && (type == FieldType.Bytes || text.IsUtf8) ? new OptionValue(0, text.Value) : Expected(value, "Expected string");
            default:
                return ReadInteger(type, value);
        }
    }

    private OptionValue? ReadDouble(FieldType type, ValueSyntax value)
    {
        if (OptionValueReader.AsDouble(value) is not { } number)
        {
            return Expected(value, "Expected double");
        }

        // Here, unlike in an option statement, a minus before nan reaches the sign bit.
        bool isNegativeNan = value is IdentifierSyntax { IsNegative: true } && double.IsNaN(number);
        return new OptionValue(NumberRange.ToBits(type, isNegativeNan ? -number : number));
    }

    private OptionValue? ReadInteger(FieldType type, ValueSyntax value)
    {
        if (value is not IntegerSyntax number)
        {
            return Expected(value, "Expected integer");
        }

        if (!NumberRange.Of(type)!.Value.Contains(number.Magnitude, number.IsNegative))
        {
            Fail(value, $"Integer out of range ({(number.IsNegative ? "-" : "")}{number.Magnitude})");
            return null;
        }

        return new OptionValue(NumberRange.ToBits(type, number.Magnitude, number.IsNegative));
    }

    private OptionValue? ReadBoolean(ValueSyntax value)
    {
        bool? result = value switch
        {
            IdentifierSyntax { Text: "true" or "True" or "t" } => true,
            IdentifierSyntax { Text: "false" or "False" or "f" } => false,
            IntegerSyntax { Magnitude: <= 1, IsNegative: false } number => number.Magnitude == 1,
            _ => null,
        };
        return result is { } flag ? new OptionValue(flag ? 1u : 0u) : Expected(value, "Invalid value for boolean field");
    }

    private OptionValue? ReadEnum(EnumSymbol type, ValueSyntax value)
    {
        switch (value)
        {
            case IdentifierSyntax word when type.FindValue(word.Text) is { } named:
                return new OptionValue(unchecked((ulong)(long)named.Number));
            case IdentifierSyntax word:
                Fail(value, $"Enumeration type \"{type.FullName}\" has no value named \"{word.Text}\".");
                return null;
            case IntegerSyntax number when NumberRange.Of(FieldType.Int32)!.Value.Contains(number.Magnitude, number.IsNegative):
                return new OptionValue(NumberRange.ToBits(FieldType.Int32, number.Magnitude, number.IsNegative));
            default:
                return Expected(value, "Expected integer or identifier");
        }
    }

    private OptionValue? Expected(ValueSyntax value, string problem)
    {
        Fail(value, problem + ".");
        return null;
    }

    private bool Fail(SyntaxNode place, string problem)
    {
        if (!file.IsIncomplete)
        {
            diagnostics.Add(new AggregateProblem(file.Span(place), _option, problem));
        }

        return false;
    }
}
