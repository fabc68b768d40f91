using Trunkline.Http2.Push;

namespace Trunkline.Http2.Connections;

/// <summary>
/// The server's half of push (RFC 9113 8.4): which promises may be made, and how many stand. The promise itself and its response leave through the
/// output gate like all else.
/// </summary>
internal sealed class ServerPushes(ConnectionCore core)
{
    /// <summary>
    /// Promises whose response has not begun that one connection may hold, each a stream object here and on the other side. A page has fewer, and a client
    /// on nghttp2 takes twice as many.
    /// </summary>
    public const int MaxReserved = 100;

    private readonly KnownOrigins _origins = new();
    private readonly Lock _lock = new();

    // Guarded by _lock.
    private PushCounts _counts;
    private uint _limit = uint.MaxValue;

    // Written by the read loop. A client that says nothing takes pushes (RFC 9113 6.5.2).
    private volatile bool _isEnabled = true;
    private volatile bool _knowsOrigins = true;

    // Written inside the gate, where ids are given out.
    private int _lastPromised;

    /// <summary>Promised streams whose response is under way.</summary>
    public int ActiveCount
    {
        get
        {
            lock (_lock)
            {
                return _counts.Active;
            }
        }
    }

    /// <summary>Whether a stream of this id was promised.</summary>
    public bool IsPromised(StreamId id) => id.Value <= Volatile.Read(ref _lastPromised);

    /// <summary>A request came: its origin is one that may be promised for. Called on the read loop.</summary>
    public void NoteRequest(in FieldBlock request)
    {
        if (_isEnabled && request.TryGetValue(FieldName.Scheme, out ReadOnlySpan<byte> scheme)
            && (request.TryGetValue(FieldName.Authority, out ReadOnlySpan<byte> authority) || request.TryGetValue(FieldName.Host, out authority)))
        {
            _origins.Note(scheme, authority);
        }
    }

    /// <summary>The client's SETTINGS_ENABLE_PUSH.</summary>
    public void SetEnabled(bool isEnabled)
    {
        // The origins of what came while push was off were not noted; a client that switches it on again is rare enough to trust the handler then.
        _knowsOrigins &= _isEnabled || !isEnabled;
        _isEnabled = isEnabled;
    }

    /// <summary>The client's SETTINGS_MAX_CONCURRENT_STREAMS.</summary>
    public void SetLimit(uint limit)
    {
        lock (_lock)
        {
            _limit = limit;
        }
    }

    /// <summary>Promises a request, if the client takes promises and there is room for one more.</summary>
    public PushOutcome TryPush(ConnectionStream associated, FieldSection request, IStreamHandler handler, out Http2Stream? promised)
    {
        promised = null;
        if (associated.Id.IsServerOpened)
        {
            ThrowHelper.PushOnPushedStream(associated.Id);
        }

        if (!_isEnabled)
        {
            return PushOutcome.PeerRefuses;
        }

        Http2Error broken = PushedRequest.Check(request, _knowsOrigins ? _origins : null);
        if (!broken.IsNone)
        {
            ThrowHelper.BadPushedRequest(broken.Reason!, nameof(request));
        }

        return core.Output.Promise(this, associated, request, handler, out promised);
    }

    /// <summary>Takes the next id and a place for it; called inside the gate.</summary>
    public PushOutcome TryReserve(ref PushStage stage, out StreamId id)
    {
        if (!new StreamId(_lastPromised).TryNext(out id))
        {
            return PushOutcome.Closed;
        }

        lock (_lock)
        {
            if (_counts.Reserved + _counts.Active >= _limit || !_counts.TryReserve(ref stage, MaxReserved))
            {
                return PushOutcome.AtLimit;
            }
        }

        Volatile.Write(ref _lastPromised, id.Value);
        return PushOutcome.Pushed;
    }

    /// <summary>A promised stream's response is about to begin; called inside the gate.</summary>
    /// <returns>False where the client has lowered its limit since the promise.</returns>
    public bool TryStart(ConnectionStream stream)
    {
        lock (_lock)
        {
            return _counts.TryStart(ref stream.PushStage, _limit);
        }
    }

    /// <summary>A stream is over.</summary>
    public void End(ConnectionStream stream)
    {
        lock (_lock)
        {
            _counts.End(ref stream.PushStage);
        }
    }
}
