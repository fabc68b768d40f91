using System.Globalization;
using System.Text;
using Trunkline.Compiler.Diagnostics;
using Trunkline.Compiler.Linking;
using Trunkline.Compiler.Syntax;
using Trunkline.Descriptors;

namespace Trunkline.Compiler.Options;

/// <summary>Checks the default of a proto2 field against its type and puts it into the text that descriptors carry.</summary>
internal static class DefaultValues
{
    public static void Resolve(FileSymbol file, DiagnosticBag diagnostics)
    {
        file.Extensions.ForEach(field => Resolve(field, diagnostics));
        file.Messages.ForEach(message => Resolve(message, diagnostics));
    }

    private static void Resolve(MessageSymbol message, DiagnosticBag diagnostics)
    {
        message.Fields.ForEach(field => Resolve(field, diagnostics));
        message.Extensions.ForEach(field => Resolve(field, diagnostics));
        message.Messages.ForEach(nested => Resolve(nested, diagnostics));
    }

    private static void Resolve(FieldSymbol field, DiagnosticBag diagnostics)
    {
        if (field.DefaultSyntax is not { } syntax || field.Type is not { } type)
        {
            return;
        }

        string? text = ToText(field, type, syntax.Value);
        if (text is null)
        {
            diagnostics.Add(new DefaultDoesNotFit(field.File.Span(syntax), field.FullName));
            return;
        }

        field.DefaultValue = text;
    }

    private static string? ToText(FieldSymbol field, FieldType type, ValueSyntax value) => type switch
    {
        FieldType.Bool => value is IdentifierSyntax { Text: "true" or "false" } word ? word.Text : null,
        FieldType.Enum => value is IdentifierSyntax name ? field.EnumType!.FindValue(name.Text)?.Name : null,
        FieldType.String => value is StringSyntax { IsUtf8: true } text ? text.Text : null,
        FieldType.Bytes => value is StringSyntax bytes ? Escape(bytes.Value) : null,
        FieldType.Float => OptionValueReader.AsDouble(value) is { } number ? FromSingle((float)number) : null,
        FieldType.Double => OptionValueReader.AsDouble(value) is { } number ? FromDouble(number) : null,
        FieldType.Message or FieldType.Group => null,
        _ => value is IntegerSyntax integer && NumberRange.Of(type)!.Value.Contains(integer.Magnitude, integer.IsNegative)
            ? (integer.IsNegative && integer.Magnitude != 0 ? "-" : "") + integer.Magnitude.ToString(CultureInfo.InvariantCulture)
            : null,
    };

    private static string FromDouble(double value)
    {
        string shorter = value.ToString("G15", CultureInfo.InvariantCulture);
        return double.IsFinite(value)
            ? Lower(double.Parse(shorter, CultureInfo.InvariantCulture) == value ? shorter : value.ToString("G17", CultureInfo.InvariantCulture))
            : Special(value);
    }

    private static string FromSingle(float value)
    {
        // protoc reads a number below the normal ones back as out of range, so it writes all digits.
        string shorter = value.ToString("G6", CultureInfo.InvariantCulture);
        return float.IsFinite(value)
            ? Lower(!float.IsSubnormal(value) && float.Parse(shorter, CultureInfo.InvariantCulture) == value ? shorter : value.ToString("G9", CultureInfo.InvariantCulture))
            : Special(value);
    }

    private static string Special(double value) => double.IsNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";

    private static string Lower(string number) => number.Replace('E', 'e');

    /// <summary>Bytes as C would write them: printable characters stay, the rest is octal.</summary>
    private static string Escape(byte[] bytes)
    {
        var text = new StringBuilder(bytes.Length);
        foreach (byte value in bytes)
        {
            text.Append((char)value switch
            {
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                '"' => "\\\"",
                '\'' => "\\'",
                '\\' => "\\\\",
                >= ' ' and <= '~' => ((char)value).ToString(),
                _ => "\\" + Convert.ToString(value, 8).PadLeft(3, '0'),
            });
        }

        return text.ToString();
    }
}
