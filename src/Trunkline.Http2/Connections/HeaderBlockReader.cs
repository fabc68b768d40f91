using Trunkline.Http2.Diagnostics;
using Trunkline.Http2.Fields;
using Trunkline.Http2.Hpack;

namespace Trunkline.Http2.Connections;

/// <summary>
/// Puts a header block together from HEADERS and CONTINUATION (RFC 9113 4.3), decoding as it comes: the compressed block is never gathered. Owned by
/// the read loop.
/// </summary>
internal sealed class HeaderBlockReader(int tableSize, Http2Options options, TrafficTally tally)
{
    private readonly HpackDecoder _decoder = new(tableSize, options.MaxHeaderListSize);
    private readonly FieldBuffer _fields = new();
    private readonly int _maxContinuations = options.Limits.MaxContinuationsFor(options.MaxHeaderListSize);
    private int _continuations;
    private long _encodedLength;

    /// <summary>The stream whose block waits for CONTINUATION; stream 0 when none does.</summary>
    public StreamId OpenBlock { get; private set; }

    /// <summary>The number of the block at hand, from 1.</summary>
    public long Number { get; private set; }

    /// <summary>The stream of the block at hand.</summary>
    public StreamId StreamId { get; private set; }

    /// <summary>The stream that the block at hand promises, where PUSH_PROMISE began it; else stream 0.</summary>
    public StreamId Promised { get; private set; }

    /// <summary>Whether HEADERS had END_STREAM.</summary>
    public bool IsEndStream { get; private set; }

    /// <summary>What is wrong with the frame that began the block, but must not keep the block from the decoder.</summary>
    public Http2Error FrameError { get; private set; }

    /// <summary>Whether the block is above a limit: its size, so that its fields are not all there, or their number.</summary>
    public Http2Error CheckSize()
    {
        if (_decoder.IsListTooLarge)
        {
            return Http2Error.Stream(
                Http2ErrorCode.EnhanceYourCalm,
                $"a header list of {_decoder.ListSize} bytes is above the limit of {options.MaxHeaderListSize} bytes (RFC 9113 6.5.2)");
        }

        return _fields.Count <= options.Limits.MaxHeaderFields
            ? Http2Error.None
            : Http2Error.Stream(
                Http2ErrorCode.EnhanceYourCalm,
                $"a header list of {_fields.Count} fields is above the limit of {options.Limits.MaxHeaderFields} (Http2Limits.{nameof(Http2Limits.MaxHeaderFields)})");
    }

    /// <summary>The fields of the block, whole once END_HEADERS has come; valid until the next block begins.</summary>
    public FieldBlock Fields => new(_fields);

    /// <summary>HEADERS begins a block.</summary>
    public Http2Error Begin(StreamId id, bool endStream, in Http2Error frameError, ReadOnlySpan<byte> fragment, bool endHeaders)
    {
        Number++;
        StreamId = id;
        Promised = Http2.StreamId.Connection;
        IsEndStream = endStream;
        FrameError = frameError;
        _fields.Clear();
        _continuations = 0;
        _encodedLength = 0;
        _decoder.BeginBlock();
        return Decode(fragment, endHeaders);
    }

    /// <summary>PUSH_PROMISE begins a block (RFC 9113 6.6).</summary>
    public Http2Error BeginPromise(StreamId id, StreamId promised, ReadOnlySpan<byte> fragment, bool endHeaders)
    {
        Http2Error error = Begin(id, endStream: false, frameError: Http2Error.None, fragment, endHeaders);
        Promised = promised;
        return error;
    }

    /// <summary>CONTINUATION goes on with it.</summary>
    public Http2Error Continue(ReadOnlySpan<byte> fragment, bool endHeaders) =>
        ++_continuations <= _maxContinuations
            ? Decode(fragment, endHeaders)
            : Http2Error.Connection(
                Http2ErrorCode.EnhanceYourCalm,
                $"a header block has more than {_maxContinuations} CONTINUATION frames (Http2Limits.{nameof(Http2Limits.MaxContinuations)})");

    /// <summary>The peer has acknowledged this side's table size.</summary>
    public void SetTableSizeLimit(int limit) => _decoder.SetTableSizeLimit(limit);

    private Http2Error Decode(ReadOnlySpan<byte> fragment, bool endHeaders)
    {
        OpenBlock = endHeaders ? Http2.StreamId.Connection : StreamId;
        _encodedLength += fragment.Length;
        Http2Error error = _decoder.Decode(fragment, endHeaders, _fields);
        if (endHeaders && !_decoder.IsListTooLarge)
        {
            tally.CountFields(_decoder.ListSize - ((long)Hpack.HpackEntry.Overhead * _fields.Count), _encodedLength);
        }

        return error;
    }
}
