using System.Buffers.Binary;

namespace Trunkline.Http2.Hpack;

/// <summary>Writes strings in HPACK's Huffman code (RFC 7541 5.2).</summary>
internal static class HuffmanEncoder
{
    /// <summary>The bytes that <see cref="Encode"/> writes for a string. Not above 30/8 of its length.</summary>
    public static int EncodedLength(ReadOnlySpan<byte> source)
    {
        byte[] lengths = HuffmanTables.Lengths;
        long bits = 0;
        foreach (byte octet in source)
        {
            bits += lengths[octet];
        }

        return checked((int)((bits + 7) / 8));
    }

    /// <summary>Writes a string's code, padded to a byte with ones.</summary>
    /// <param name="source">The string.</param>
    /// <param name="destination">At least <see cref="EncodedLength"/> bytes.</param>
    /// <returns>The bytes written.</returns>
    public static int Encode(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        byte[] lengths = HuffmanTables.Lengths;
        uint[] codes = HuffmanTables.Codes;
        int written = 0;

        // Below 32 bits wait between two symbols, and no code has more than 30: 64 bits always suffice.
        ulong pending = 0;
        int pendingBits = 0;
        foreach (byte octet in source)
        {
            pending = (pending << lengths[octet]) | codes[octet];
            pendingBits += lengths[octet];
            if (pendingBits >= 32)
            {
                pendingBits -= 32;
                BinaryPrimitives.WriteUInt32BigEndian(destination[written..], (uint)(pending >> pendingBits));
                written += 4;
            }
        }

        while (pendingBits >= 8)
        {
            pendingBits -= 8;
            destination[written++] = (byte)(pending >> pendingBits);
        }

        if (pendingBits > 0)
        {
            destination[written++] = (byte)((pending << (8 - pendingBits)) | (0xFFu >> pendingBits));
        }

        return written;
    }
}
