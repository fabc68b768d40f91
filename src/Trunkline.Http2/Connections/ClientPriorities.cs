using Trunkline.Http2.Frames;
using Trunkline.Http2.Scheduling;

namespace Trunkline.Http2.Connections;

/// <summary>
/// What a client asks for by way of priority: the <c>priority</c> field, PRIORITY_UPDATE, and the deprecated weights for as long as it uses nothing newer
/// (RFC 9218 2.1, 5, 7.1). Owned by the read loop.
/// </summary>
internal sealed class ClientPriorities(ConnectionCore core)
{
    // Created with the first PRIORITY_UPDATE that comes before its stream: most connections never see one.
    private EarlyPriorities? _early;
    private bool _isExtensible;

    // Of the header block at hand: the weight in its HEADERS frame, 0 for none, and what PRIORITY_UPDATE said before it.
    private int _weight;
    private bool _hasEarlySignal;
    private PrioritySignal _earlySignal;

    // A client that has used RFC 9218, or says that it does not use RFC 7540, means nothing by a weight.
    private bool TakesWeights => core.Side.IsServer && !_isExtensible && !core.Settings.PeerUsesNoWeights;

    /// <summary>HEADERS begins a block.</summary>
    public void BeginBlock(PriorityFields? deprecated) => _weight = deprecated?.Weight ?? 0;

    /// <summary>A block opens a stream, or would: what was said about it before is taken, and forgotten if the stream is refused.</summary>
    public void BeginStream(StreamId id)
    {
        _hasEarlySignal = false;
        if (_early is not null)
        {
            _hasEarlySignal = _early.TryTake(id, out _earlySignal);
        }
    }

    /// <summary>A request's head is sound: the stream gets its priority before anybody writes on it.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="hasField">Whether a <c>priority</c> field is among the fields.</param>
    /// <param name="fields">The fields.</param>
    public void OnRequest(ConnectionStream stream, bool hasField, in FieldBlock fields)
    {
        if (!hasField && !_hasEarlySignal && _weight == 0)
        {
            return;
        }

        _isExtensible |= hasField;
        PrioritySignal signal = _hasEarlySignal ? _earlySignal
            : hasField ? PriorityField.Read(fields)
            : TakesWeights ? PrioritySignal.OfWeight(_weight)
            : PrioritySignal.None;
        if (!signal.IsNone)
        {
            core.Output.SetAskedPriority(stream, stream.Id, signal);
        }
    }

    /// <summary>PRIORITY came, for any stream in any state (RFC 9113 6.3).</summary>
    public void OnPriority(StreamId id, in PriorityFields fields)
    {
        if (TakesWeights && core.Streams.Find(id) is { } stream)
        {
            core.Output.SetAskedPriority(stream, id, PrioritySignal.OfWeight(fields.Weight));
        }
    }

    /// <summary>PRIORITY_UPDATE came: it replaces what was asked for before. A value that is no dictionary names no key.</summary>
    public Http2Error OnPriorityUpdate(ReadOnlySpan<byte> payload)
    {
        if (!core.Side.IsServer)
        {
            return Http2Error.Connection(Http2ErrorCode.ProtocolError, "PRIORITY_UPDATE came from a server (RFC 9218 7.1)");
        }

        Http2Error error = PriorityUpdateFrame.Parse(payload, out PriorityUpdateFrame frame);
        if (!error.IsNone)
        {
            return error;
        }

        _isExtensible = true;
        PrioritySignal signal = PriorityField.Parse(frame.FieldValue);
        if (core.Streams.Find(frame.Prioritized) is { } stream)
        {
            core.Output.SetAskedPriority(stream, frame.Prioritized, signal);
            return Http2Error.None;
        }

        // On a stream that is over it has come too late to matter.
        return core.Side.IsOpened(frame.Prioritized) ? Http2Error.None : Remember(frame.Prioritized, signal);
    }

    private Http2Error Remember(StreamId id, PrioritySignal signal)
    {
        if (!id.IsClientOpened)
        {
            return Http2Error.Connection(Http2ErrorCode.ProtocolError, $"PRIORITY_UPDATE names stream {id}, which was not promised (RFC 9218 7.1)");
        }

        _early ??= new EarlyPriorities();
        if (!_early.Contains(id) && _early.Count + core.Streams.OpenCount >= core.Options.MaxConcurrentStreams)
        {
            // A client that does not know the limit yet cannot be blamed; its word is not kept.
            return core.Settings.IsAcknowledged
                ? Http2Error.Connection(
                    Http2ErrorCode.ProtocolError,
                    $"PRIORITY_UPDATE for stream {id}: open streams and idle ones with a priority are above SETTINGS_MAX_CONCURRENT_STREAMS of {core.Options.MaxConcurrentStreams} (RFC 9218 7.1)")
                : Http2Error.None;
        }

        _early.Set(id, signal);
        return Http2Error.None;
    }
}
