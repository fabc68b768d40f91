using System.Globalization;
using System.Text;
using Trunkline.Compiler.Lexing;

namespace Trunkline.Compiler.Parsing;

/// <summary>Values of number tokens.</summary>
internal static class NumberReader
{
    /// <summary>Reads a decimal, octal or hexadecimal token; false when it is larger than <paramref name="most"/> (or has digits that it may not have).</summary>
    public static bool TryReadInteger(ReadOnlySpan<byte> text, ulong most, out ulong value)
    {
        value = 0;
        uint radix = 10;
        if (text.Length > 1 && text[0] == '0')
        {
            bool isHex = (text[1] | 0x20) == 'x';
            radix = isHex ? 16u : 8u;
            text = text[(isHex ? 2 : 1)..];
        }

        ulong result = 0;
        foreach (byte digit in text)
        {
            uint digitValue = CharacterClass.IsHexDigit(digit) ? (uint)CharacterClass.HexValue(digit) : radix;
            if (digitValue >= radix || result > (most - digitValue) / radix || digitValue > most)
            {
                return false;
            }

            result = (result * radix) + digitValue;
        }

        value = result;
        return true;
    }

    /// <summary>Whether all digits fit the radix; a token with others was reported when it was cut.</summary>
    public static bool IsWellFormedInteger(ReadOnlySpan<byte> text)
    {
        if (text.Length < 2 || text[0] != '0')
        {
            return !text.ContainsAnyExceptInRange((byte)'0', (byte)'9');
        }

        return (text[1] | 0x20) == 'x' ? text.Length > 2 : !text.ContainsAnyExceptInRange((byte)'0', (byte)'7');
    }

    /// <summary>Reads an integer or float token as a double; out of range becomes infinity or 0, as in C.</summary>
    public static double ReadDouble(ReadOnlySpan<byte> text, TokenKind kind)
    {
        if (kind == TokenKind.Integer && TryReadInteger(text, ulong.MaxValue, out ulong integer))
        {
            return integer;
        }

        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value : ReadPrefix(text);
    }

    /// <summary>A token that was reported as malformed, such as <c>1e</c>, still has a value up to the fault.</summary>
    private static double ReadPrefix(ReadOnlySpan<byte> text)
    {
        string digits = Encoding.ASCII.GetString(text).TrimEnd('e', 'E', '+', '-', '.');
        return double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value : 0;
    }
}
