namespace Trunkline.Http2.Hpack;

/// <summary>
/// Reads strings in HPACK's Huffman code (RFC 7541 5.2), piece by piece. Two steps through a table of 256 states by 16 nibbles (16 KiB, which stays
/// in the first-level cache) per byte. The default value is ready for a string.
/// </summary>
internal struct HuffmanDecoder
{
    private byte _state;
    private bool _isUnfinished;

    /// <summary>The most octets that a number of coded bytes can hold: the shortest code has five bits, and one may be left from before.</summary>
    public static int MaxDecodedLength(int encodedLength) => checked((int)((encodedLength * 8L / 5) + 1));

    /// <summary>Whether the string may end here: no symbol is cut off, and the padding is ones and shorter than a byte.</summary>
    public readonly bool MayEnd => !_isUnfinished;

    /// <summary>Decodes one piece of a string.</summary>
    /// <param name="source">The piece.</param>
    /// <param name="destination">At least <see cref="MaxDecodedLength"/> bytes.</param>
    /// <param name="written">The octets that the piece completed.</param>
    /// <returns>False when the end-of-string symbol occurs, which no string may contain.</returns>
    public bool TryDecode(ReadOnlySpan<byte> source, Span<byte> destination, out int written)
    {
        uint[] transitions = HuffmanTables.Transitions;
        uint transition = (uint)_state | (_isUnfinished ? 0 : HuffmanTables.MayEnd);
        uint seen = 0;
        written = 0;
        foreach (byte octet in source)
        {
            transition = transitions[(int)((transition & 0xFF) << 4) | (octet >> 4)];
            seen |= transition;
            if ((transition & HuffmanTables.Emits) != 0)
            {
                destination[written++] = (byte)(transition >> 8);
            }

            transition = transitions[(int)((transition & 0xFF) << 4) | (octet & 0xF)];
            seen |= transition;
            if ((transition & HuffmanTables.Emits) != 0)
            {
                destination[written++] = (byte)(transition >> 8);
            }
        }

        _state = (byte)transition;
        _isUnfinished = (transition & HuffmanTables.MayEnd) == 0;
        return (seen & HuffmanTables.Fails) == 0;
    }
}
