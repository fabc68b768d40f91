namespace Trunkline.Http2.Streams;

/// <summary>Where a stream stands (RFC 9113 5.1), seen from this side.</summary>
internal enum StreamPhase : byte
{
    Idle,
    ReservedLocal,
    ReservedRemote,
    Open,
    HalfClosedLocal,
    HalfClosedRemote,
    Closed,
}

/// <summary>What closed a stream; what may still arrive for it depends on that.</summary>
internal enum CloseCause : byte
{
    /// <summary>It is not closed.</summary>
    None,

    /// <summary>Both sides have sent END_STREAM.</summary>
    EndStream,

    /// <summary>The peer sent RST_STREAM.</summary>
    ResetReceived,

    /// <summary>This side sent RST_STREAM. For about a round trip the peer does not know.</summary>
    ResetSent,

    /// <summary>The connection ended around it.</summary>
    ConnectionEnded,
}

/// <summary>
/// The life of one stream (RFC 9113 5.1) as a pure value: each event moves it, or says what the event breaks and leaves it where it was.
/// <code>
///                         PP sent +------+ PP received
///                      ,----------| idle |----------.
///                      v          +------+          v
///               +----------+         |         +----------+
///               | reserved |         | H       | reserved |
///               | (local)  |         |         | (remote) |
///               +----------+         v         +----------+
///                  |   |         +------+          |   |
///                  |   | H sent  | open |  H rcvd  |   |
///                  |   v         +------+          v   |
///                  | +-------------+  | +-------------+|
///                  | | half-closed |&lt;-'-&gt;| half-closed ||
///                  | | (remote)    |ES  | (local)     ||
///                  | +-------------+    +-------------+|
///                  |        | ES, R           | ES, R  |
///                  |    R   v                 v    R   |
///                  '-----&gt;+--------------------+&lt;------'
///                         |       closed       |  with its cause
///                         +--------------------+
///   PP = PUSH_PROMISE   H = HEADERS   ES = END_STREAM   R = RST_STREAM, either way, also from open
/// </code>
/// Receiving methods return what the peer broke. Sending methods return why this side must not send now: the stream may have ended meanwhile.
/// After <see cref="CloseCause.ResetSent"/> everything may still arrive and is to be ignored, see <see cref="IgnoresFrames"/>.
/// </summary>
internal struct StreamState
{
    /// <summary>A stream that nobody has used.</summary>
    public static StreamState Idle => default;

    /// <summary>Where it stands.</summary>
    public StreamPhase Phase { get; private set; }

    /// <summary>What closed it.</summary>
    public CloseCause Cause { get; private set; }

    /// <summary>The code of the RST_STREAM that closed it; NO_ERROR where there was none.</summary>
    public Http2ErrorCode ResetCode { get; private set; }

    public readonly bool IsClosed => Phase == StreamPhase.Closed;

    /// <summary>Whether it counts against SETTINGS_MAX_CONCURRENT_STREAMS (RFC 9113 5.1.2).</summary>
    public readonly bool IsCounted => Phase is StreamPhase.Open or StreamPhase.HalfClosedLocal or StreamPhase.HalfClosedRemote;

    /// <summary>
    /// Whether what arrives is to be dropped, though not without its effect on what all streams share: the HPACK table, the connection's window,
    /// and promised streams.
    /// </summary>
    public readonly bool IgnoresFrames => Cause is CloseCause.ResetSent or CloseCause.ConnectionEnded;

    /// <summary>Whether this side may send DATA, or HEADERS that end the stream.</summary>
    public readonly bool MaySend => Phase is StreamPhase.Open or StreamPhase.HalfClosedRemote;

    /// <summary>Whether the peer may send DATA.</summary>
    public readonly bool MayReceive => Phase is StreamPhase.Open or StreamPhase.HalfClosedLocal;

    /// <summary>HEADERS arrived: the first block, an interim block, or trailers.</summary>
    public Http2Error ReceiveHeaders(bool endStream)
    {
        switch (Phase)
        {
            case StreamPhase.Idle:
                Phase = endStream ? StreamPhase.HalfClosedRemote : StreamPhase.Open;
                return Http2Error.None;
            case StreamPhase.ReservedRemote:
                Phase = StreamPhase.HalfClosedLocal;
                return ReceiveEnd(endStream);
            case StreamPhase.Open or StreamPhase.HalfClosedLocal:
                return ReceiveEnd(endStream);
            case StreamPhase.ReservedLocal:
                return Broken("HEADERS came on a stream that this side has promised (RFC 9113 5.1)");
            default:
                return AfterEnd("HEADERS came after the peer had ended the stream (RFC 9113 5.1)");
        }
    }

    /// <summary>DATA arrived.</summary>
    public Http2Error ReceiveData(bool endStream)
    {
        switch (Phase)
        {
            case StreamPhase.Open or StreamPhase.HalfClosedLocal:
                return ReceiveEnd(endStream);
            case StreamPhase.Idle or StreamPhase.ReservedLocal or StreamPhase.ReservedRemote:
                return Broken("DATA came on a stream that has no HEADERS yet (RFC 9113 5.1)");
            default:
                return AfterEnd("DATA came after the peer had ended the stream (RFC 9113 6.1)");
        }
    }

    /// <summary>RST_STREAM arrived. One that crosses another end of the stream is ignored: it must not be answered in kind (RFC 9113 5.4.2).</summary>
    public Http2Error ReceiveReset(Http2ErrorCode code)
    {
        switch (Phase)
        {
            case StreamPhase.Idle:
                return Broken("RST_STREAM came on an idle stream (RFC 9113 6.4)");
            case StreamPhase.Closed:
                return Http2Error.None;
            default:
                Close(CloseCause.ResetReceived, code);
                return Http2Error.None;
        }
    }

    /// <summary>WINDOW_UPDATE arrived.</summary>
    public readonly Http2Error ReceiveWindowUpdate() => (Phase, Cause) switch
    {
        (StreamPhase.Idle, _) => Broken("WINDOW_UPDATE came on an idle stream (RFC 9113 5.1)"),
        (StreamPhase.ReservedRemote, _) => Broken("WINDOW_UPDATE came on a stream that the peer has promised (RFC 9113 5.1)"),
        (_, CloseCause.ResetReceived) => AfterEnd("WINDOW_UPDATE came after RST_STREAM (RFC 9113 5.1)"),
        _ => Http2Error.None,
    };

    /// <summary>PRIORITY arrived: allowed in every state (RFC 9113 5.1).</summary>
#pragma warning disable CA1822 // An event of the state machine, like the others: that it depends on nothing is the rule it states.
    public readonly Http2Error ReceivePriority() => Http2Error.None;
#pragma warning restore CA1822

    /// <summary>PUSH_PROMISE arrived on this stream, which reserves another (RFC 9113 6.6).</summary>
    public readonly Http2Error ReceivePushPromise() =>
        MayReceive || IgnoresFrames
            ? Http2Error.None
            : Broken("PUSH_PROMISE came on a stream that is neither open nor half-closed by this side (RFC 9113 6.6)");

    /// <summary>PUSH_PROMISE arrived that reserves this stream.</summary>
    public Http2Error ReserveRemote()
    {
        if (Phase != StreamPhase.Idle)
        {
            return Broken("PUSH_PROMISE promises a stream that is not idle (RFC 9113 6.6)");
        }

        Phase = StreamPhase.ReservedRemote;
        return Http2Error.None;
    }

    /// <summary>This side sends HEADERS: the first block, an interim block, or trailers.</summary>
    public Http2Error SendHeaders(bool endStream)
    {
        switch (Phase)
        {
            case StreamPhase.Idle:
                Phase = endStream ? StreamPhase.HalfClosedLocal : StreamPhase.Open;
                return Http2Error.None;
            case StreamPhase.ReservedLocal:
                Phase = StreamPhase.HalfClosedRemote;
                return SendEnd(endStream);
            case StreamPhase.Open or StreamPhase.HalfClosedRemote:
                return SendEnd(endStream);
            default:
                return NotNow("HEADERS");
        }
    }

    /// <summary>This side sends DATA.</summary>
    public Http2Error SendData(bool endStream) => MaySend ? SendEnd(endStream) : NotNow("DATA");

    /// <summary>This side sends RST_STREAM: at most once, and not on an idle stream (RFC 9113 6.4).</summary>
    public Http2Error SendReset(Http2ErrorCode code)
    {
        if (Phase is StreamPhase.Idle or StreamPhase.Closed)
        {
            return NotNow("RST_STREAM");
        }

        Close(CloseCause.ResetSent, code);
        return Http2Error.None;
    }

    /// <summary>This side sends WINDOW_UPDATE.</summary>
    public readonly Http2Error SendWindowUpdate() =>
        Phase is StreamPhase.Idle or StreamPhase.ReservedLocal or StreamPhase.Closed ? NotNow("WINDOW_UPDATE") : Http2Error.None;

    /// <summary>This side sends PUSH_PROMISE on this stream, which reserves another (RFC 9113 8.4.1).</summary>
    public readonly Http2Error SendPushPromise() => MaySend ? Http2Error.None : NotNow("PUSH_PROMISE");

    /// <summary>This side sends PUSH_PROMISE that reserves this stream.</summary>
    public Http2Error ReserveLocal()
    {
        if (Phase != StreamPhase.Idle)
        {
            return NotNow("a promise");
        }

        Phase = StreamPhase.ReservedLocal;
        return Http2Error.None;
    }

    /// <summary>The connection ended, or GOAWAY left this stream behind. A stream that is closed already keeps its cause.</summary>
    public void EndWithConnection()
    {
        if (!IsClosed)
        {
            Close(CloseCause.ConnectionEnded, Http2ErrorCode.NoError);
        }
    }

    /// <inheritdoc/>
    public override readonly string ToString() => IsClosed ? $"{Phase} ({Cause}, {ResetCode.ToSpecName()})" : Phase.ToString();

    private static Http2Error Broken(string reason) => Http2Error.Connection(Http2ErrorCode.ProtocolError, reason);

    // RFC 9113 5.1: after END_STREAM from the peer a stream error while this side still sends, a connection error once both are done; after the
    // peer's RST_STREAM a stream error; after this side's RST_STREAM nothing, for the peer may not know.
    private readonly Http2Error AfterEnd(string reason) => Cause switch
    {
        CloseCause.None or CloseCause.ResetReceived => Http2Error.Stream(Http2ErrorCode.StreamClosed, reason),
        CloseCause.EndStream => Http2Error.Connection(Http2ErrorCode.StreamClosed, reason),
        _ => Http2Error.None,
    };

    private readonly Http2Error NotNow(string what) =>
        Http2Error.Stream(Http2ErrorCode.StreamClosed, $"{what} cannot be sent on a stream that is {ToString()} (RFC 9113 5.1)");

    private Http2Error ReceiveEnd(bool endStream)
    {
        if (endStream)
        {
            End(stillOpen: StreamPhase.HalfClosedRemote);
        }

        return Http2Error.None;
    }

    private Http2Error SendEnd(bool endStream)
    {
        if (endStream)
        {
            End(stillOpen: StreamPhase.HalfClosedLocal);
        }

        return Http2Error.None;
    }

    private void End(StreamPhase stillOpen)
    {
        if (Phase == StreamPhase.Open)
        {
            Phase = stillOpen;
        }
        else
        {
            Close(CloseCause.EndStream, Http2ErrorCode.NoError);
        }
    }

    private void Close(CloseCause cause, Http2ErrorCode code)
    {
        Phase = StreamPhase.Closed;
        Cause = cause;
        ResetCode = code;
    }
}
