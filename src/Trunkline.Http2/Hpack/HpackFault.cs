namespace Trunkline.Http2.Hpack;

/// <summary>What can be wrong with a header block. Passed around inside the decoder, where it is a byte; outside it becomes an <see cref="Http2Error"/>.</summary>
internal enum HpackFault : byte
{
    None,
    IntegerTooLarge,
    IndexZero,
    IndexBeyondTable,
    HuffmanEndOfString,
    HuffmanPadding,
    TableSizeInsideBlock,
    TooManyTableSizes,
    TableSizeAboveLimit,
    TableSizeNotReduced,
    BlockCutOff,
    StringTooLong,
    ListFarTooLarge,
}

/// <summary>The errors that the faults stand for.</summary>
internal static class HpackFaults
{
    /// <summary>Always a connection error: after any of these the two sides' tables may differ (RFC 9113 4.3).</summary>
    public static Http2Error ToError(this HpackFault fault) => fault switch
    {
        HpackFault.None => Http2Error.None,
        HpackFault.StringTooLong => Http2Error.Connection(Http2ErrorCode.EnhanceYourCalm, "a string in a header block is far above the header list limit"),
        HpackFault.ListFarTooLarge => Http2Error.Connection(Http2ErrorCode.EnhanceYourCalm, "a header list is far above the limit that SETTINGS announced"),
        _ => Http2Error.Connection(Http2ErrorCode.CompressionError, Describe(fault)),
    };

    private static string Describe(HpackFault fault) => fault switch
    {
        HpackFault.IntegerTooLarge => "HPACK: an integer is too large or has no end (RFC 7541 5.1)",
        HpackFault.IndexZero => "HPACK: index 0 does not name a field (RFC 7541 6.1)",
        HpackFault.IndexBeyondTable => "HPACK: an index points beyond the dynamic table (RFC 7541 2.3.3)",
        HpackFault.HuffmanEndOfString => "HPACK: a Huffman string contains the end-of-string symbol (RFC 7541 5.2)",
        HpackFault.HuffmanPadding => "HPACK: a Huffman string ends in wrong or too long padding (RFC 7541 5.2)",
        HpackFault.TableSizeInsideBlock => "HPACK: a table size update stands behind a field (RFC 7541 4.2)",
        HpackFault.TooManyTableSizes => "HPACK: more than two table size updates in one block (RFC 7541 4.2)",
        HpackFault.TableSizeAboveLimit => "HPACK: a table size update is above SETTINGS_HEADER_TABLE_SIZE (RFC 7541 6.3)",
        HpackFault.TableSizeNotReduced => "HPACK: the table was not reduced after SETTINGS_HEADER_TABLE_SIZE was lowered (RFC 7541 4.2)",
        HpackFault.BlockCutOff => "HPACK: the header block ends within a field (RFC 7541 6)",
        _ => "HPACK: the header block cannot be decoded",
    };
}
