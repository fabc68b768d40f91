using System.Text;

namespace Trunkline.Compiler.Generators.Python;

/// <summary>Bytes as they stand between the quotes of a Python literal. protoc writes descriptors in one way and options in another.</summary>
internal static class PythonBytes
{
    /// <summary>
    /// With hexadecimal escapes, <c>\x0a</c>. After one of those, a character that is a hexadecimal digit is escaped as well: C would read it as a part of the escape.
    /// </summary>
    public static string Hexadecimal(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(bytes.Length * 2);
        var isAfterEscape = false;
        foreach (var value in bytes)
        {
            if (Named(value) is { } name)
            {
                text.Append(name);
                isAfterEscape = false;
            }
            else if (!IsPrintable(value) || (isAfterEscape && char.IsAsciiHexDigit((char)value)))
            {
                text.Append("\\x").Append(HexDigit(value >> 4)).Append(HexDigit(value & 15));
                isAfterEscape = true;
            }
            else
            {
                text.Append((char)value);
                isAfterEscape = false;
            }
        }

        return text.ToString();
    }

    /// <summary>With octal escapes of three digits, <c>\012</c>.</summary>
    public static string Octal(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(bytes.Length * 2);
        foreach (var value in bytes)
        {
            if (Named(value) is { } name)
            {
                text.Append(name);
            }
            else if (IsPrintable(value))
            {
                text.Append((char)value);
            }
            else
            {
                text.Append('\\').Append((char)('0' + (value >> 6))).Append((char)('0' + ((value >> 3) & 7))).Append((char)('0' + (value & 7)));
            }
        }

        return text.ToString();
    }

    private static string? Named(byte value) => value switch
    {
        (byte)'\n' => "\\n",
        (byte)'\r' => "\\r",
        (byte)'\t' => "\\t",
        (byte)'"' => "\\\"",
        (byte)'\'' => "\\'",
        (byte)'\\' => "\\\\",
        _ => null,
    };

    private static bool IsPrintable(byte value) => value is >= 0x20 and < 0x7f;

    private static char HexDigit(int value) => "0123456789abcdef"[value];
}
