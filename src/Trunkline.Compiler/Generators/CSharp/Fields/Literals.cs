using System.Globalization;
using System.Numerics;
using System.Text;
using Trunkline.Descriptors;

namespace Trunkline.Compiler.Generators.CSharp.Fields;

/// <summary>Values as C# spells them.</summary>
internal static class Literals
{
    /// <summary>An expression for a number, a truth value, text or bytes.</summary>
    public static string Of(FieldValue value) => value.Kind switch
    {
        FieldValueKind.Int32 => Number(value.AsInt32()),
        FieldValueKind.UInt32 => Number(value.AsUInt32()),
        FieldValueKind.Int64 => Number(value.AsInt64()) + "L",
        FieldValueKind.UInt64 => Number(value.AsUInt64()) + "UL",
        FieldValueKind.Float => Float(value.AsFloat(), "float", "F"),
        FieldValueKind.Double => Float(value.AsDouble(), "double", "D"),
        FieldValueKind.Bool => value.AsBool() ? "true" : "false",
        FieldValueKind.String => Text(value.AsString()),
        FieldValueKind.Bytes => $"pb::ByteString.FromBase64(\"{Convert.ToBase64String(value.AsBytes().Span)}\")",
        _ => throw new ArgumentException($"There is no literal for a value of kind {value.Kind}.", nameof(value)),
    };

    /// <summary>A string literal of plain ASCII.</summary>
    public static string Text(string text)
    {
        var result = new StringBuilder("\"", text.Length + 2);
        foreach (var letter in text)
        {
            _ = letter switch
            {
                '"' or '\\' => result.Append('\\').Append(letter),
                >= ' ' and <= '~' => result.Append(letter),
                _ => result.Append(CultureInfo.InvariantCulture, $"\\u{(int)letter:X4}"),
            };
        }

        return result.Append('"').ToString();
    }

    private static string Number(IFormattable number) => number.ToString(null, CultureInfo.InvariantCulture);

    private static string Float<T>(T number, string type, string suffix)
        where T : IFloatingPointIeee754<T> => T.IsNaN(number) ? $"{type}.NaN"
        : T.IsPositiveInfinity(number) ? $"{type}.PositiveInfinity"
        : T.IsNegativeInfinity(number) ? $"{type}.NegativeInfinity"
        : number.ToString("R", CultureInfo.InvariantCulture) + suffix;
}
