using System.Globalization;
using Trunkline.Descriptors.Text;

namespace Trunkline.Descriptors.Schemas;

/// <summary>Reads the default value that a descriptor holds as text.</summary>
internal static class DefaultValueReader
{
    public static FieldValue Read(FieldSchema field)
    {
        if (field.Descriptor.DefaultValue is not { } text)
        {
            return field.Kind == FieldValueKind.Enum ? FieldValue.OfEnum(field.Enum!.DefaultNumber) : FieldValue.Zero(field.Kind);
        }

        var integer = NumberStyles.AllowLeadingSign;
        var culture = CultureInfo.InvariantCulture;
        return field.Kind switch
        {
            FieldValueKind.Int32 when int.TryParse(text, integer, culture, out var number) => number,
            FieldValueKind.Int64 when long.TryParse(text, integer, culture, out var number) => number,
            FieldValueKind.UInt32 when uint.TryParse(text, integer, culture, out var number) => number,
            FieldValueKind.UInt64 when ulong.TryParse(text, integer, culture, out var number) => number,
            FieldValueKind.Float when ReadDouble(text) is { } number => (float)number,
            FieldValueKind.Double when ReadDouble(text) is { } number => number,
            FieldValueKind.Bool when text is "true" or "false" => text == "true",
            FieldValueKind.String => text,
            FieldValueKind.Bytes => FieldValue.OfBytes(TextEscapes.Unescape(text)),
            FieldValueKind.Enum when field.Enum!.FindNumber(text) is { } number => FieldValue.OfEnum(number),
            _ => throw new SchemaException(field.File, $"the default \"{text}\" of {field.FullName} is not a value of its type."),
        };
    }

    private static double? ReadDouble(string text) => text switch
    {
        "inf" => double.PositiveInfinity,
        "-inf" => double.NegativeInfinity,
        "nan" or "-nan" => double.NaN,
        _ => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null,
    };
}
