using Trunkline.Compiler.Diagnostics;
using Trunkline.Compiler.Linking;
using Trunkline.Compiler.Syntax;
using Trunkline.Descriptors;

namespace Trunkline.Compiler.Options;

/// <summary>Turns the value of an option into bits of the field's type, or says why it does not fit.</summary>
internal sealed class OptionValueReader(FileSymbol file, SymbolTable table, DiagnosticBag diagnostics)
{
    /// <summary>Reads a value of any type but message; null after a report.</summary>
    public OptionValue? Read(FieldSymbol field, OptionSyntax option)
    {
        ValueSyntax value = option.Value;
        FieldType type = field.Type!.Value;
        return type switch
        {
            FieldType.Float or FieldType.Double => ReadNumber(field, value),
            FieldType.Bool => ReadBoolean(field, value),
            FieldType.Enum => ReadEnum(field, value),
            FieldType.String or FieldType.Bytes => ReadText(field, value),
            _ => ReadInteger(field, value),
        };
    }

    public static double? AsDouble(ValueSyntax value) => value switch
    {
        FloatSyntax number => number.Value,

        // An integer has no negative zero.
        IntegerSyntax number => number.IsNegative && number.Magnitude != 0 ? -(double)number.Magnitude : number.Magnitude,
        IdentifierSyntax word => AsSpecialNumber(word),
        _ => null,
    };

    private static double? AsSpecialNumber(IdentifierSyntax word)
    {
        double? magnitude = word.Text.ToLowerInvariant() switch
        {
            "inf" or "infinity" => double.PositiveInfinity,

            // The quiet NaN with a clear sign bit, which is what C++ has; .NET's own constant has it set.
            "nan" => BitConverter.UInt64BitsToDouble(0x7FF8_0000_0000_0000),
            _ => null,
        };
        return word.IsNegative && magnitude is { } value && !double.IsNaN(value) ? -value : magnitude;
    }

    private static string NameOf(FieldSymbol field) => field.FullName;

    private OptionValue? ReadInteger(FieldSymbol field, ValueSyntax value)
    {
        NumberRange range = NumberRange.Of(field.Type!.Value)!.Value;
        string least = range.Least.ToString(System.Globalization.CultureInfo.InvariantCulture);
        string most = range.Most.ToString(System.Globalization.CultureInfo.InvariantCulture);
        if (value is not IntegerSyntax number)
        {
            return Fail(new OptionValueNotInteger(file.Span(value), NameOf(field), range.Type, least, most));
        }

        if (!range.Contains(number.Magnitude, number.IsNegative))
        {
            return Fail(number.IsNegative && range.Least == 0
                ? new OptionValueNotInteger(file.Span(value), NameOf(field), range.Type, least, most)
                : new OptionValueOutOfRange(file.Span(value), NameOf(field), range.Type, least, most));
        }

        return new OptionValue(NumberRange.ToBits(field.Type.Value, number.Magnitude, number.IsNegative));
    }

    private OptionValue? ReadNumber(FieldSymbol field, ValueSyntax value)
    {
        string type = field.Type == FieldType.Float ? "float" : "double";
        return value is not IdentifierSyntax { Text: not ("inf" or "nan") } && AsDouble(value) is { } number
            ? new OptionValue(NumberRange.ToBits(field.Type!.Value, number))
            : Fail(new OptionValueNotNumber(file.Span(value), NameOf(field), type));
    }

    private OptionValue? ReadBoolean(FieldSymbol field, ValueSyntax value)
    {
        if (value is not IdentifierSyntax { IsNegative: false } word)
        {
            return Fail(new OptionValueNotBoolean(file.Span(value), NameOf(field), IsIdentifier: false));
        }

        return word.Text is "true" or "false"
            ? new OptionValue(word.Text == "true" ? 1u : 0u)
            : Fail(new OptionValueNotBoolean(file.Span(value), NameOf(field), IsIdentifier: true));
    }

    private OptionValue? ReadEnum(FieldSymbol field, ValueSyntax value)
    {
        if (value is not IdentifierSyntax { IsNegative: false } word)
        {
            return Fail(new OptionValueNotEnum(file.Span(value), NameOf(field)));
        }

        return field.EnumType!.FindValue(word.Text) is { } found
            ? new OptionValue(unchecked((ulong)(long)found.Number))
            : Fail(new OptionEnumValueUnknown(file.Span(value), NameOf(field), field.EnumType.FullName, word.Text, field.EnumType.Values.Select(value => value.Name), IsOfSibling(field.EnumType, word.Text)));
    }

    /// <summary>Values are declared beside their enum, so another enum there may have the value that was meant.</summary>
    private bool IsOfSibling(EnumSymbol type, string value)
    {
        int dot = type.FullName.LastIndexOf('.');
        return table.Find(type.FullName[..(dot + 1)] + value) is EnumValueSymbol;
    }

    private OptionValue? ReadText(FieldSymbol field, ValueSyntax value)
    {
        if (value is not StringSyntax text)
        {
            return Fail(new OptionValueNotString(file.Span(value), NameOf(field)));
        }

        return CheckUtf8(field, text, file.Span(value), diagnostics) ? new OptionValue(0, text.Value) : null;
    }

    /// <summary>protoc takes such text for some options, but a reader of the descriptor that checks its text would refuse the whole file.</summary>
    public static bool CheckUtf8(FieldSymbol field, StringSyntax text, SourceSpan place, DiagnosticBag diagnostics)
    {
        if (field.Type == FieldType.Bytes || text.IsUtf8)
        {
            return true;
        }

        diagnostics.Add(new StringNotUtf8(place, $"option \"{NameOf(field)}\""));
        return false;
    }

    private OptionValue? Fail(Diagnostic diagnostic)
    {
        diagnostics.Add(diagnostic);
        return null;
    }
}
