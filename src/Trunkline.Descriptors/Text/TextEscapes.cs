using System.Text;

namespace Trunkline.Descriptors.Text;

/// <summary>Escapes in quoted text: those of C, and <c>\u</c> and <c>\U</c> for code points.</summary>
internal static class TextEscapes
{
    private const uint LargestCodePoint = 0x10FFFF;

    /// <summary>Writes bytes as printable ASCII: what has a letter escape by it, everything else outside ASCII as three octal digits.</summary>
    public static void Escape(ReadOnlySpan<byte> bytes, StringBuilder output)
    {
        foreach (var value in bytes)
        {
            switch (value)
            {
                case (byte)'\n':
                    output.Append("\\n");
                    break;
                case (byte)'\r':
                    output.Append("\\r");
                    break;
                case (byte)'\t':
                    output.Append("\\t");
                    break;
                case (byte)'"' or (byte)'\'' or (byte)'\\':
                    output.Append('\\').Append((char)value);
                    break;
                case >= 0x20 and < 0x7F:
                    output.Append((char)value);
                    break;
                default:
                    output.Append('\\').Append((char)('0' + (value >> 6))).Append((char)('0' + ((value >> 3) & 7))).Append((char)('0' + (value & 7)));
                    break;
            }
        }
    }

    /// <summary>The bytes that an escaped text, without quotes, stands for.</summary>
    public static byte[] Unescape(string text)
    {
        var output = new WireWriter(text.Length);
        Unescape(Encoding.UTF8.GetBytes(text), output);
        return output.Written.ToArray();
    }

    /// <summary>
    /// Writes the bytes that an escaped text, without quotes, stands for. What is no escape is taken as it is: the tokenizer has reported it.
    /// </summary>
    public static void Unescape(ReadOnlySpan<byte> text, WireWriter output)
    {
        while (text.IndexOf((byte)'\\') is >= 0 and var next && next + 1 < text.Length)
        {
            output.WriteRaw(text[..next]);
            text = text[(next + 1)..];
            text = text[TakeEscape(text, output)..];
        }

        output.WriteRaw(text);
    }

    /// <summary>Whether a byte after a backslash is a whole escape.</summary>
    public static bool IsLetterEscape(int value) => value is 'a' or 'b' or 'f' or 'n' or 'r' or 't' or 'v' or '\\' or '?' or '\'' or '"';

    /// <summary>Takes the escape whose backslash has been taken.</summary>
    /// <returns>How many bytes it has.</returns>
    private static int TakeEscape(ReadOnlySpan<byte> text, WireWriter output)
    {
        switch (text[0])
        {
            case >= (byte)'0' and <= (byte)'7':
                return TakeNumber(text, 0, 3, 8, output);
            case (byte)'x' or (byte)'X':
                return TakeNumber(text, 1, 2, 16, output);
            case (byte)'u' or (byte)'U':
                return TakeCodePoint(text, output);
            default:
                output.WriteRaw([Letter(text[0])]);
                return 1;
        }
    }

    private static byte Letter(byte value) => value switch
    {
        (byte)'a' => 7,
        (byte)'b' => 8,
        (byte)'t' => 9,
        (byte)'n' => 10,
        (byte)'v' => 11,
        (byte)'f' => 12,
        (byte)'r' => 13,
        (byte)'\\' or (byte)'?' or (byte)'\'' or (byte)'"' => value,
        _ => (byte)'?',
    };

    private static int TakeNumber(ReadOnlySpan<byte> text, int start, int digits, int radix, WireWriter output)
    {
        var (code, length) = (0, start);
        while (length < text.Length && length < start + digits && DigitOf(text[length]) is var digit && digit < radix)
        {
            code = (code * radix) + digit;
            length++;
        }

        output.WriteRaw([(byte)code]);
        return length;
    }

    private static int TakeCodePoint(ReadOnlySpan<byte> text, WireWriter output)
    {
        var length = text[0] == 'u' ? 5 : 9;
        if (!TryReadHex(text, length, out var code))
        {
            output.WriteRaw(text[..1]);
            return 1;
        }

        // Two halves of a surrogate pair in two escapes are one code point.
        if (code is >= 0xD800 and < 0xDC00 && text.Length > length + 1 && text[length] == '\\' && text[length + 1] == 'u'
            && TryReadHex(text[(length + 1)..], 5, out var low) && low is >= 0xDC00 and < 0xE000)
        {
            code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
            length += 6;
        }

        if (code > LargestCodePoint)
        {
            output.WriteRaw([(byte)'\\', (byte)'U', .. text[1..length]]);
            return length;
        }

        WriteCodePoint(code, output);
        return length;
    }

    private static bool TryReadHex(ReadOnlySpan<byte> text, int length, out uint code)
    {
        code = 0;
        if (text.Length < length)
        {
            return false;
        }

        foreach (var value in text[1..length])
        {
            var digit = DigitOf(value);
            if (digit > 15)
            {
                return false;
            }

            code = (code << 4) | (uint)digit;
        }

        return true;
    }

    // Half of a surrogate pair is written as if it were a code point, which Rune refuses.
    private static void WriteCodePoint(uint code, WireWriter output)
    {
        switch (code)
        {
            case < 0x80:
                output.WriteRaw([(byte)code]);
                break;
            case < 0x800:
                output.WriteRaw([(byte)(0xC0 | (code >> 6)), Tail(code)]);
                break;
            case < 0x10000:
                output.WriteRaw([(byte)(0xE0 | (code >> 12)), Tail(code >> 6), Tail(code)]);
                break;
            default:
                output.WriteRaw([(byte)(0xF0 | ((code >> 18) & 7)), Tail(code >> 12), Tail(code >> 6), Tail(code)]);
                break;
        }

        static byte Tail(uint bits) => (byte)(0x80 | (bits & 0x3F));
    }

    private static int DigitOf(byte value) => value switch
    {
        >= (byte)'0' and <= (byte)'9' => value - '0',
        >= (byte)'a' and <= (byte)'f' => value - 'a' + 10,
        >= (byte)'A' and <= (byte)'F' => value - 'A' + 10,
        _ => 99,
    };
}
