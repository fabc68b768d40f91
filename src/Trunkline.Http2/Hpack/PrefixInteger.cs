namespace Trunkline.Http2.Hpack;

/// <summary>
/// HPACK's integers (RFC 7541 5.1): the value sits in the low bits of a byte whose high bits say what it is for; a value that does not fit leaves
/// them all ones and continues in groups of seven bits, the least significant first.
/// </summary>
internal static class PrefixInteger
{
    /// <summary>The most bytes that <see cref="Write"/> needs: the prefix and five groups of seven bits, enough for 32 bits.</summary>
    public const int MaxLength = 6;

    /// <summary>Writes a value behind a pattern.</summary>
    /// <param name="destination">At least <see cref="MaxLength"/> bytes, or <see cref="Length"/> of them.</param>
    /// <param name="pattern">The first byte's high bits; its prefix bits are zero.</param>
    /// <param name="prefixBits">How many low bits of the first byte belong to the value: 1 to 8.</param>
    /// <param name="value">The value; not negative.</param>
    /// <returns>The bytes written.</returns>
    public static int Write(Span<byte> destination, byte pattern, int prefixBits, int value)
    {
        var mask = (1 << prefixBits) - 1;
        if (value < mask)
        {
            destination[0] = (byte)(pattern | value);
            return 1;
        }

        destination[0] = (byte)(pattern | mask);
        var rest = (uint)(value - mask);
        var written = 1;
        while (rest >= 0x80)
        {
            destination[written++] = (byte)(rest | 0x80);
            rest >>= 7;
        }

        destination[written++] = (byte)rest;
        return written;
    }

    /// <summary>The bytes that <see cref="Write"/> needs for a value.</summary>
    public static int Length(int prefixBits, int value)
    {
        var mask = (1 << prefixBits) - 1;
        if (value < mask)
        {
            return 1;
        }

        var length = 2;
        for (var rest = (uint)(value - mask) >> 7; rest != 0; rest >>= 7)
        {
            length++;
        }

        return length;
    }
}
