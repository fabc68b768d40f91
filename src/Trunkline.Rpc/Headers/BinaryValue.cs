using System.Buffers;
using System.Buffers.Text;

namespace Trunkline.Rpc.Headers;

/// <summary>
/// The value of a field whose name ends in <c>-bin</c>: base64 with the standard alphabet (RFC 4648 4), written without padding, read with or without
/// it (gRPC over HTTP/2, "Requests", Binary-Header).
/// </summary>
internal static class BinaryValue
{
    /// <summary>The length of the encoded value in bytes.</summary>
    public static int EncodedLength(int length) => checked((int)((((long)length * 4) + 2) / 3));

    /// <summary>Encodes a value.</summary>
    /// <param name="value">The bytes.</param>
    /// <param name="destination">As long as <see cref="EncodedLength"/> says.</param>
    public static void Encode(ReadOnlySpan<byte> value, Span<byte> destination)
    {
        int whole = value.Length / 3 * 3;
        _ = Base64.EncodeToUtf8(value[..whole], destination, out _, out int written);
        if (whole < value.Length)
        {
            Span<byte> last = stackalloc byte[4];
            _ = Base64.EncodeToUtf8(value[whole..], last, out _, out _);
            last[..(destination.Length - written)].CopyTo(destination[written..]);
        }
    }

    /// <summary>Decodes one value: no comma in it.</summary>
    /// <param name="encoded">The text; spaces around it do not count.</param>
    /// <param name="value">The bytes.</param>
    /// <returns>False for a text that is not base64.</returns>
    public static bool TryDecode(ReadOnlySpan<byte> encoded, out byte[] value)
    {
        encoded = encoded.Trim((byte)' ').TrimEnd((byte)'=');
        int whole = encoded.Length / 4 * 4;
        int rest = encoded.Length - whole;
        value = new byte[(whole / 4 * 3) + (rest == 0 ? 0 : rest - 1)];
        if (rest == 1
            || Base64.DecodeFromUtf8(encoded[..whole], value, out _, out int written) != OperationStatus.Done
            || written != whole / 4 * 3)
        {
            return false;
        }

        return rest == 0 || TryDecodeLast(encoded[whole..], value.AsSpan(written));
    }

    private static bool TryDecodeLast(ReadOnlySpan<byte> encoded, Span<byte> destination)
    {
        Span<byte> group = [(byte)'=', (byte)'=', (byte)'=', (byte)'='];
        encoded.CopyTo(group);
        return Base64.DecodeFromUtf8(group, destination, out _, out int written) == OperationStatus.Done && written == destination.Length;
    }
}
