using System.Buffers;
using System.Globalization;
using System.Text;
using Trunkline.Compiler.Lexing;
using Trunkline.Compiler.Syntax;
using Trunkline.Descriptors;

namespace Trunkline.Compiler.Importing;

/// <summary>Makes syntax of the text in which descriptors carry a default.</summary>
internal static class DefaultValueImporter
{
    /// <summary>The value; text that is no value of its type becomes an identifier, which no such type takes, so that it is reported where all defaults are.</summary>
    public static ValueSyntax Import(FieldType? type, string text) => type switch
    {
        FieldType.String => new StringSyntax(Encoding.UTF8.GetBytes(text)),
        FieldType.Bytes => new StringSyntax(Unescape(text)),
        FieldType.Bool or FieldType.Enum or FieldType.Message or FieldType.Group or null => new IdentifierSyntax(text),
        FieldType.Float or FieldType.Double => ImportFloat(text),
        _ => ImportInteger(text),
    };

    private static byte[] Unescape(string text)
    {
        var bytes = new ArrayBufferWriter<byte>();
        StringEscape.Decode(Encoding.UTF8.GetBytes(text), bytes);
        return bytes.WrittenSpan.ToArray();
    }

    private static ValueSyntax ImportFloat(string text) => text switch
    {
        "-inf" or "-nan" => new IdentifierSyntax(text[1..]) { IsNegative = true },
        _ => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value)
            ? new FloatSyntax(value)
            : new IdentifierSyntax(text),
    };

    private static ValueSyntax ImportInteger(string text)
    {
        bool isNegative = text.StartsWith('-');
        return ulong.TryParse(text.AsSpan(isNegative ? 1 : 0), NumberStyles.None, CultureInfo.InvariantCulture, out ulong magnitude)
            ? new IntegerSyntax(magnitude, isNegative)
            : new IdentifierSyntax(text);
    }
}
