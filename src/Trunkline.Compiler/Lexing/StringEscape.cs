using System.Buffers;
using System.Globalization;
using System.Text;

namespace Trunkline.Compiler.Lexing;

internal enum EscapeError : byte
{
    None,
    Unknown,
    HexDigits,
    FourHexDigits,
    EightHexDigits,
}

/// <summary>One escape in a string literal: how many source bytes it takes and what it stands for.</summary>
internal readonly record struct StringEscape(int Length, int Value, bool IsRune, EscapeError Error)
{
    private const int LastCodePoint = 0x10FFFF;

    /// <summary>Reads the escape at the start of <paramref name="text"/>, which begins with a backslash.</summary>
    public static StringEscape Read(ReadOnlySpan<byte> text)
    {
        if (text.Length < 2)
        {
            return new StringEscape(1, 0, false, EscapeError.Unknown);
        }

        byte kind = text[1];
        int simple = SimpleValue(kind);
        if (simple >= 0)
        {
            return new StringEscape(2, simple, false, EscapeError.None);
        }

        return kind switch
        {
            >= (byte)'0' and <= (byte)'7' => ReadOctal(text),
            (byte)'x' or (byte)'X' => ReadHex(text),
            (byte)'u' => ReadRune(text, 4, EscapeError.FourHexDigits),
            (byte)'U' => ReadLongRune(text),
            _ => new StringEscape(1, 0, false, EscapeError.Unknown),
        };
    }

    /// <summary>Decodes the inside of a literal that lexed without an error; after an error the result is merely harmless.</summary>
    public static void Decode(ReadOnlySpan<byte> inside, IBufferWriter<byte> output)
    {
        while (true)
        {
            int backslash = inside.IndexOf((byte)'\\');
            if (backslash < 0)
            {
                output.Write(inside);
                return;
            }

            output.Write(inside[..backslash]);
            inside = inside[backslash..];
            StringEscape escape = Read(inside);
            escape.Write(output);
            inside = inside[escape.Length..];
            if (char.IsHighSurrogate((char)escape.Value) && escape.Value < 0x10000 && escape.IsRune)
            {
                inside = WritePair(escape.Value, inside, output);
            }
        }
    }

    /// <summary>\ud83d\ude00 is one character written as a pair; a lone half has no UTF-8 form and becomes three bytes that no reader accepts.</summary>
    private static ReadOnlySpan<byte> WritePair(int high, ReadOnlySpan<byte> rest, IBufferWriter<byte> output)
    {
        if (rest.StartsWith("\\u"u8))
        {
            StringEscape low = Read(rest);
            if (low.Error == EscapeError.None && low.IsRune && low.Value is >= 0xDC00 and <= 0xDFFF)
            {
                WriteCodePoint(0x10000 + ((high - 0xD800) << 10) + (low.Value - 0xDC00), output);
                return rest[low.Length..];
            }
        }

        WriteCodePoint(high, output);
        return rest;
    }

    private void Write(IBufferWriter<byte> output)
    {
        if (Error != EscapeError.None || (IsRune && Value is >= 0xD800 and <= 0xDBFF))
        {
            return;
        }

        if (IsRune)
        {
            WriteCodePoint(Value, output);
        }
        else
        {
            output.Write([(byte)Value]);
        }
    }

    private static void WriteCodePoint(int value, IBufferWriter<byte> output)
    {
        if (Rune.TryCreate(value, out Rune rune))
        {
            Span<byte> encoded = stackalloc byte[4];
            output.Write(encoded[..rune.EncodeToUtf8(encoded)]);
            return;
        }

        if (value > LastCodePoint)
        {
            // protoc lets them through its reader and then has no bytes for them, so the text keeps the escape.
            Span<byte> kept = stackalloc byte[10];
            value.TryFormat(kept[2..], out _, "x8", CultureInfo.InvariantCulture);
            "\\U"u8.CopyTo(kept);
            output.Write(kept);
            return;
        }

        output.Write([(byte)(0xE0 | (value >> 12)), (byte)(0x80 | ((value >> 6) & 0x3F)), (byte)(0x80 | (value & 0x3F))]);
    }

    private static int SimpleValue(byte kind) => (char)kind switch
    {
        'a' => 7,
        'b' => 8,
        'f' => 12,
        'n' => 10,
        'r' => 13,
        't' => 9,
        'v' => 11,
        '\\' => '\\',
        '?' => '?',
        '\'' => '\'',
        '"' => '"',
        _ => -1,
    };

    private static StringEscape ReadOctal(ReadOnlySpan<byte> text)
    {
        int value = 0;
        int length = 1;
        while (length < 4 && length < text.Length && CharacterClass.IsOctalDigit(text[length]))
        {
            value = (value * 8) + (text[length] - '0');
            length++;
        }

        return new StringEscape(length, value & 0xFF, false, EscapeError.None);
    }

    private static StringEscape ReadHex(ReadOnlySpan<byte> text)
    {
        int value = 0;
        int length = 2;
        while (length < 4 && length < text.Length && CharacterClass.IsHexDigit(text[length]))
        {
            value = (value * 16) + CharacterClass.HexValue(text[length]);
            length++;
        }

        return new StringEscape(length, value, false, length == 2 ? EscapeError.HexDigits : EscapeError.None);
    }

    private static StringEscape ReadRune(ReadOnlySpan<byte> text, int digits, EscapeError error)
    {
        uint value = 0;
        int length = 2;
        while (length < digits + 2 && length < text.Length && CharacterClass.IsHexDigit(text[length]))
        {
            value = (value * 16) + (uint)CharacterClass.HexValue(text[length]);
            length++;
        }

        bool whole = length == digits + 2;
        return new StringEscape(length, whole ? (int)value : 0, true, whole ? EscapeError.None : error);
    }

    /// <summary>Eight digits of which the first three are 000 or 001, which lets a few numbers past the last code point in.</summary>
    private static StringEscape ReadLongRune(ReadOnlySpan<byte> text)
    {
        int length = 2;
        while (length < 5 && length < text.Length && (text[length] == '0' || (length == 4 && text[length] == '1')))
        {
            length++;
        }

        return length < 5
            ? new StringEscape(length, 0, true, EscapeError.EightHexDigits)
            : ReadRune(text, 8, EscapeError.EightHexDigits);
    }
}
