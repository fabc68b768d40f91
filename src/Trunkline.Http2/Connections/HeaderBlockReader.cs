using Trunkline.Http2.Fields;
using Trunkline.Http2.Hpack;

namespace Trunkline.Http2.Connections;

/// <summary>
/// Puts a header block together from HEADERS and CONTINUATION (RFC 9113 4.3), decoding as it comes: the compressed block is never gathered. Owned by
/// the read loop.
/// </summary>
internal sealed class HeaderBlockReader(int tableSize, int listSize)
{
    private readonly HpackDecoder _decoder = new(tableSize, listSize);
    private readonly FieldBuffer _fields = new();

    /// <summary>The stream whose block waits for CONTINUATION; stream 0 when none does.</summary>
    public StreamId OpenBlock { get; private set; }

    /// <summary>The stream of the block at hand.</summary>
    public StreamId StreamId { get; private set; }

    /// <summary>Whether HEADERS had END_STREAM.</summary>
    public bool IsEndStream { get; private set; }

    /// <summary>What is wrong with the frame that began the block, but must not keep the block from the decoder.</summary>
    public Http2Error FrameError { get; private set; }

    /// <summary>Whether the block passed the list limit, so that its fields are not all there.</summary>
    public bool IsTooLarge => _decoder.IsListTooLarge;

    /// <summary>The size of the block, uncompressed, in bytes as RFC 9113 6.5.2 counts them.</summary>
    public long ListSize => _decoder.ListSize;

    /// <summary>The fields of the block, whole once END_HEADERS has come; valid until the next block begins.</summary>
    public FieldBlock Fields => new(_fields);

    /// <summary>HEADERS begins a block.</summary>
    public Http2Error Begin(StreamId id, bool endStream, in Http2Error frameError, ReadOnlySpan<byte> fragment, bool endHeaders)
    {
        StreamId = id;
        IsEndStream = endStream;
        FrameError = frameError;
        _fields.Clear();
        _decoder.BeginBlock();
        return Continue(fragment, endHeaders);
    }

    /// <summary>CONTINUATION goes on with it.</summary>
    public Http2Error Continue(ReadOnlySpan<byte> fragment, bool endHeaders)
    {
        OpenBlock = endHeaders ? Http2.StreamId.Connection : StreamId;
        return _decoder.Decode(fragment, endHeaders, _fields);
    }

    /// <summary>The peer has acknowledged this side's table size.</summary>
    public void SetTableSizeLimit(int limit) => _decoder.SetTableSizeLimit(limit);
}
