using System.Buffers;
using System.Text;

namespace Trunkline.Rpc.Headers;

/// <summary>
/// The encoding of <c>grpc-message</c> (gRPC over HTTP/2, "Responses", Percent-Encoded): printable ASCII but <c>%</c> stands for itself, every other
/// byte of the text's UTF-8 form is written as <c>%XX</c>. Decoding never fails.
/// </summary>
internal static class PercentEncoding
{
    private const int StackLimit = 256;

    /// <summary>The length of the encoded text in bytes.</summary>
    public static int EncodedLength(ReadOnlySpan<char> text)
    {
        int length = 0;
        Span<byte> utf8 = stackalloc byte[4];
        foreach (Rune rune in text.EnumerateRunes())
        {
            length += IsPlain(rune) ? 1 : 3 * rune.EncodeToUtf8(utf8);
        }

        return length;
    }

    /// <summary>Encodes a text.</summary>
    /// <param name="text">The text; a lone surrogate becomes U+FFFD.</param>
    /// <param name="destination">As long as <see cref="EncodedLength"/> says.</param>
    public static void Encode(ReadOnlySpan<char> text, Span<byte> destination)
    {
        int used = 0;
        Span<byte> utf8 = stackalloc byte[4];
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (IsPlain(rune))
            {
                destination[used++] = (byte)rune.Value;
                continue;
            }

            int count = rune.EncodeToUtf8(utf8);
            foreach (byte value in utf8[..count])
            {
                destination[used] = (byte)'%';
                destination[used + 1] = HexDigit(value >> 4);
                destination[used + 2] = HexDigit(value & 0xf);
                used += 3;
            }
        }
    }

    /// <summary>Decodes a field value: a broken escape stays as it is, broken UTF-8 becomes U+FFFD.</summary>
    public static string Decode(ReadOnlySpan<byte> value)
    {
        int escape = value.IndexOf((byte)'%');
        if (escape < 0)
        {
            return Encoding.UTF8.GetString(value);
        }

        byte[]? rented = null;
        Span<byte> bytes = value.Length <= StackLimit ? stackalloc byte[StackLimit] : (rented = ArrayPool<byte>.Shared.Rent(value.Length));
        string text = Encoding.UTF8.GetString(bytes[..Unescape(value, bytes)]);
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }

        return text;
    }

    private static int Unescape(ReadOnlySpan<byte> value, Span<byte> destination)
    {
        int used = 0;
        for (int i = 0; i < value.Length; i++)
        {
            if (value[i] == (byte)'%' && i + 2 < value.Length && TryHex(value[i + 1], out int high) && TryHex(value[i + 2], out int low))
            {
                destination[used++] = (byte)((high << 4) | low);
                i += 2;
            }
            else
            {
                destination[used++] = value[i];
            }
        }

        return used;
    }

    private static bool IsPlain(Rune rune) => rune.Value is >= ' ' and <= '~' and not '%';

    private static byte HexDigit(int value) => (byte)(value < 10 ? '0' + value : 'A' + value - 10);

    private static bool TryHex(byte digit, out int value)
    {
        value = digit switch
        {
            >= (byte)'0' and <= (byte)'9' => digit - '0',
            >= (byte)'A' and <= (byte)'F' => digit - 'A' + 10,
            >= (byte)'a' and <= (byte)'f' => digit - 'a' + 10,
            _ => -1,
        };
        return value >= 0;
    }
}
