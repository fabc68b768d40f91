using System.Globalization;
using System.Text;
using System.Text.Json;
using Trunkline.Descriptors.Text;

namespace Trunkline.Descriptors.Json;

/// <summary>Reads values that are no messages. Numbers may stand in quotes, and whole numbers may be written with a point or an exponent.</summary>
internal static class JsonScalars
{
    private const NumberStyles NumberForm = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    /// <summary>The value; null when it does not fit the field.</summary>
    public static FieldValue? Read(FieldSchema field, JsonElement element) => field.Kind switch
    {
        FieldValueKind.Bool => element.ValueKind is JsonValueKind.True or JsonValueKind.False ? element.GetBoolean() : null,
        FieldValueKind.String => element.ValueKind == JsonValueKind.String ? ReadText(element) : null,
        FieldValueKind.Bytes => ReadBase64(element),
        FieldValueKind.Enum => ReadEnum(field, element),
        _ => NumberText(element) is { } text ? ReadNumber(field.Kind, text) : null,
    };

    /// <summary>The key of a map, which is always text; null when it does not fit.</summary>
    public static FieldValue? ReadKey(FieldSchema field, string text) => field.Kind switch
    {
        FieldValueKind.String => text,
        FieldValueKind.Bool => text is "true" or "false" ? text == "true" : null,
        _ => ReadNumber(field.Kind, text),
    };

    private static FieldValue? ReadText(JsonElement element)
    {
        try
        {
            return element.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // An escape for half of a surrogate pair: no text in UTF-8.
            return null;
        }
    }

    private static string? NumberText(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Number => element.GetRawText(),
        JsonValueKind.String => ReadText(element)?.AsString(),
        _ => null,
    };

    private static FieldValue? ReadNumber(FieldValueKind kind, string text)
    {
        switch (kind)
        {
            case FieldValueKind.Double:
                return ReadDouble(text) is { } number ? number : null;
            case FieldValueKind.Float:
                // A finite number that no float comes near is an error, not infinity.
                return ReadDouble(text) is { } wide && (float.IsFinite(TextNumbers.ToFloat(wide)) || !double.IsFinite(wide)) ? TextNumbers.ToFloat(wide) : null;
            case FieldValueKind.Int32:
                return ReadWhole(text) is { } whole && whole >= int.MinValue && whole <= int.MaxValue ? (int)whole : null;
            case FieldValueKind.UInt32:
                return ReadWhole(text) is { } unsigned && unsigned >= 0 && unsigned <= uint.MaxValue ? (uint)unsigned : null;
            case FieldValueKind.Int64:
                return ReadWhole(text) is { } large && large >= long.MinValue && large <= long.MaxValue ? (long)large : null;
            default:
                return ReadWhole(text) is { } largest && largest >= 0 && largest <= ulong.MaxValue ? (ulong)largest : null;
        }
    }

    // A decimal holds 28 digits and so every number of 64 bits; what overflows it overflows those, too.
    private static decimal? ReadWhole(string text)
        => text.Length > 0 && !char.IsWhiteSpace(text[0]) && !char.IsWhiteSpace(text[^1]) && text[0] != '+'
            && decimal.TryParse(text, NumberForm, CultureInfo.InvariantCulture, out var number)
            && decimal.Truncate(number) == number
            && (number != 0 || IsZero(text))
            ? number
            : null;

    // A fraction too small for a decimal is read as zero, and is none.
    private static bool IsZero(string text)
        => text.AsSpan(0, text.AsSpan().IndexOfAny('e', 'E') is >= 0 and var exponent ? exponent : text.Length).IndexOfAnyInRange('1', '9') < 0;

    private static double? ReadDouble(string text) => text switch
    {
        "NaN" => double.NaN,
        "Infinity" => double.PositiveInfinity,
        "-Infinity" => double.NegativeInfinity,
        _ when double.TryParse(text, NumberForm, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) && text[0] != '+' => number,
        _ => null,
    };

    private static FieldValue? ReadEnum(FieldSchema field, JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.Null && WellKnownForms.IsNullEnum(field))
        {
            return FieldValue.OfEnum(0);
        }

        if (element.ValueKind == JsonValueKind.String)
        {
            return ReadText(element)?.AsString() is { } name && field.Enum!.FindNumber(name) is { } named ? FieldValue.OfEnum(named) : (FieldValue?)null;
        }

        return element.ValueKind == JsonValueKind.Number && ReadNumber(FieldValueKind.Int32, element.GetRawText())?.AsInt32() is { } number
            && (!field.IsClosedEnum || field.Enum!.FindName(number) is not null)
            ? FieldValue.OfEnum(number)
            : (FieldValue?)null;
    }

    /// <summary>Takes both alphabets, with and without padding.</summary>
    private static FieldValue? ReadBase64(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.String || ReadText(element)?.AsString() is not { } text)
        {
            return null;
        }

        var normal = new StringBuilder(text.TrimEnd('=')).Replace('-', '+').Replace('_', '/');
        normal.Append('=', (4 - (normal.Length % 4)) % 4);
        var bytes = new byte[normal.Length / 4 * 3];
        return Convert.TryFromBase64String(normal.ToString(), bytes, out var length) ? FieldValue.OfBytes(bytes[..length]) : (FieldValue?)null;
    }
}
