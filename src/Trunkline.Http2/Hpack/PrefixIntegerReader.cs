namespace Trunkline.Http2.Hpack;

/// <summary>What reading one more byte of an integer led to.</summary>
internal enum PrefixIntegerResult
{
    /// <summary>More bytes belong to it.</summary>
    Incomplete,

    /// <summary>The value is whole.</summary>
    Complete,

    /// <summary>The value passes 2^31-1, or is padded with zeros without end.</summary>
    TooLarge,
}

/// <summary>
/// Reads one of HPACK's integers byte by byte (RFC 7541 5.1), so that it may lie across fragments. Nothing that HPACK counts may pass 2^31-1 here:
/// the indexes, string lengths and table sizes that a decoder accepts are all far below.
/// </summary>
internal struct PrefixIntegerReader
{
    // Five groups of seven bits carry 32 bits; a sixth can only be an overflow or padding.
    private const int MaxShift = 28;

    private long _value;
    private int _shift;

    /// <summary>The value, once <see cref="PrefixIntegerResult.Complete"/> was returned.</summary>
    public readonly int Value => (int)_value;

    /// <summary>Takes the first byte, whose low <paramref name="prefixBits"/> bits belong to the value.</summary>
    public PrefixIntegerResult Begin(byte first, int prefixBits)
    {
        var mask = (1 << prefixBits) - 1;
        _value = first & mask;
        _shift = 0;
        return _value < mask ? PrefixIntegerResult.Complete : PrefixIntegerResult.Incomplete;
    }

    /// <summary>Takes one of the bytes after the first.</summary>
    public PrefixIntegerResult Continue(byte next)
    {
        _value += (long)(next & 0x7F) << _shift;
        if (_value > int.MaxValue)
        {
            return PrefixIntegerResult.TooLarge;
        }

        if ((next & 0x80) == 0)
        {
            return PrefixIntegerResult.Complete;
        }

        if (_shift == MaxShift)
        {
            return PrefixIntegerResult.TooLarge;
        }

        _shift += 7;
        return PrefixIntegerResult.Incomplete;
    }
}
