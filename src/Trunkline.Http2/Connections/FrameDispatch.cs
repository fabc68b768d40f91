using Trunkline.Http2.FlowControl;
using Trunkline.Http2.Frames;
using Trunkline.Http2.Limits;
using Trunkline.Http2.Streams;

namespace Trunkline.Http2.Connections;

/// <summary>
/// What each frame does to a connection, one method a type. Returns connection errors; stream errors end their streams here. Owned by the read loop.
/// </summary>
internal sealed class FrameDispatch(ConnectionCore core, HeaderBlockReader headers)
{
    // DATA below this is charged, in bytes: no gRPC message is shorter.
    private const int ShortestUseful = 5;

    // RFC 9113 3.4: the first frame of either side is SETTINGS.
    private bool _isFirstFrameSeen;
    private readonly ClientPriorities _priorities = new(core);
    private bool _isFirstGoAwaySeen;
    private StreamId _lastGoAway = new(StreamId.MaxValue);

    // Credit for the connection goes back on arrival: what bounds memory are the streams' windows, so that a stalled reader cannot take the credit
    // of all others (RFC 9113 5.2.2).
    private readonly BandwidthProbe _probe = new(core);
    private ReceiveWindow _window = new(Math.Max(core.Options.ConnectionWindow, Window.InitialSize));

    /// <summary>What the header alone gives away.</summary>
    public Http2Error CheckHeader(in FrameHeader header)
    {
        if (!_isFirstFrameSeen && (header.Type != FrameType.Settings || header.IsAck))
        {
            return Http2Error.Connection(Http2ErrorCode.ProtocolError, $"the first frame is {header.Type.ToSpecName()} instead of SETTINGS (RFC 9113 3.4)");
        }

        Http2Error error = FrameRules.Check(header, FrameHeader.DefaultMaxLength, headers.OpenBlock);

        // An oversized frame does not fit the receive buffer and cannot be skipped cheaply: it always ends the connection (RFC 9113 4.2 allows it).
        return header.Length > FrameHeader.DefaultMaxLength ? error.AsConnectionError() : error;
    }

    /// <summary>Works off one frame.</summary>
    public Http2Error Dispatch(in FrameHeader header, ReadOnlyMemory<byte> payload)
    {
        _isFirstFrameSeen = true;
        core.Tally.Received.CountFrame(header.Type);
        return header.Type switch
        {
            FrameType.Data => OnData(header, payload),
            FrameType.Headers => OnHeaders(header, payload.Span),
            FrameType.Priority => OnPriority(header, payload.Span),
            FrameType.RstStream => OnRstStream(header, payload.Span),
            FrameType.Settings => OnSettings(header, payload.Span),
            FrameType.PushPromise => OnPushPromise(header, payload.Span),
            FrameType.Ping => OnPing(header, payload.Span),
            FrameType.GoAway => OnGoAway(payload.Span),
            FrameType.WindowUpdate => OnWindowUpdate(header, payload.Span),
            FrameType.Continuation => OnContinuation(header, payload.Span),
            FrameType.PriorityUpdate => OnPriorityUpdate(payload.Span),
            _ => core.Charges.Charge(BudgetKind.Glitches, PeerCharges.OddFrame), // RFC 9113 4.1: unknown types are ignored.
        };
    }

    /// <summary>A stream error: ends the stream, or the connection where there is no stream that could be ended.</summary>
    public Http2Error EndStream(StreamId id, in Http2Error error)
    {
        if (core.Streams.Find(id) is { } stream)
        {
            return End(stream, error);
        }

        if (!core.Side.IsOpened(id))
        {
            return error.AsConnectionError();
        }

        Http2Error spent = core.Charges.ChargeReset(error.Code);
        if (!spent.IsNone)
        {
            return spent;
        }

        // At most one RST_STREAM a stream (RFC 9113 5.4.2).
        if (core.Streams.CauseOf(id, out _) != CloseCause.ResetSent)
        {
            core.Streams.AddReset(id);
            core.Output.WriteReset(id, error.Code);
        }

        return Http2Error.None;
    }

    private Http2Error OnData(in FrameHeader header, ReadOnlyMemory<byte> payload)
    {
        Http2Error error = DataFrame.Parse(header, payload.Span, out DataFrame frame);
        if (!error.IsNone)
        {
            return error;
        }

        if (!_window.TryReceive(header.Length))
        {
            return Http2Error.Connection(
                Http2ErrorCode.FlowControlError,
                $"DATA of {header.Length} bytes is more than the connection's window of {_window.Available} bytes allows (RFC 9113 6.9.1)");
        }

        if (_window.Consume(header.Length) is var increment and > 0)
        {
            core.Output.GiveCredit(StreamId.Connection, increment);
        }

        _probe.OnData(header.Length, ref _window);
        if (frame.Length < ShortestUseful && !header.IsEndStream)
        {
            error = core.Charges.ChargeTinyData(frame.Length);
            if (!error.IsNone)
            {
                return error;
            }
        }

        if (core.Streams.Find(header.StreamId) is not { } stream)
        {
            return OnLate(header);
        }

        int padding = header.Length - frame.Length;
        switch (stream.ReceiveData(header.StreamId, header.Length, padding, header.IsEndStream, out int credit, out error))
        {
            case Reception.Late:
                return OnLate(header);
            case Reception.Broken:
                return End(stream, error);
            default:
                if (credit > 0)
                {
                    core.Output.GiveCredit(header.StreamId, credit);
                }

                return DeliverData(stream, payload.Slice(frame.Start, frame.Length), header.IsEndStream);
        }
    }

    private Http2Error DeliverData(ConnectionStream stream, ReadOnlyMemory<byte> data, bool endStream)
    {
        Http2Error malformed = stream.Incoming.ReadData(data.Length, endStream);
        if (malformed.IsNone)
        {
            stream.Handler!.OnData(data, endStream);
        }

        return EndDelivery(stream, malformed);
    }

    private Http2Error OnHeaders(in FrameHeader header, ReadOnlySpan<byte> payload)
    {
        Http2Error error = HeadersFrame.Parse(header, payload, out HeadersFrame frame);
        if (!error.IsNone)
        {
            return error;
        }

        Http2Error frameError = frame.Priority is { } priority ? priority.Check(header.StreamId) : Http2Error.None;
        _priorities.BeginBlock(frame.Priority);
        error = headers.Begin(header.StreamId, header.IsEndStream, frameError, frame.Fragment, header.IsEndHeaders);
        return error.IsNone ? AfterFragment(header, frame.Fragment.Length) : error;
    }

    private Http2Error OnContinuation(in FrameHeader header, ReadOnlySpan<byte> payload)
    {
        ReadOnlySpan<byte> fragment = ContinuationFrame.Parse(payload);
        Http2Error error = headers.Continue(fragment, header.IsEndHeaders);
        return error.IsNone ? AfterFragment(header, fragment.Length) : error;
    }

    private Http2Error AfterFragment(in FrameHeader header, int length) =>
        header.IsEndHeaders ? OnBlock()
        : length == 0 ? core.Charges.Charge(BudgetKind.EmptyFrames)
        : Http2Error.None;

    // A header block is whole and the table has taken it in; what is said below cannot disturb compression any more.
    private Http2Error OnBlock()
    {
        if (!headers.Promised.IsConnection)
        {
            return OnPromiseBlock();
        }

        StreamId id = headers.StreamId;
        ConnectionStream? stream = core.Streams.Find(id);
        if (stream is null)
        {
            if (core.Side.IsOpened(id))
            {
                return OnLate(new FrameHeader(0, FrameType.Headers, headers.IsEndStream ? FrameFlags.EndStream : FrameFlags.None, id));
            }

            _priorities.BeginStream(id);
            Http2Error refusal = core.Side.Accept(id, out stream);
            if (stream is null)
            {
                return refusal.Scope == ErrorScope.Stream ? EndStream(id, refusal)
                    : refusal.IsNone ? core.Charges.Charge(BudgetKind.LateFrames)
                    : refusal;
            }
        }

        if (id.IsServerOpened && !core.Side.MayReceivePushed(stream))
        {
            return End(stream, Http2Error.Stream(Http2ErrorCode.RefusedStream, $"pushed stream {id} is above SETTINGS_MAX_CONCURRENT_STREAMS (RFC 9113 5.1.2)"));
        }

        return stream.ReceiveHeaders(id, headers.IsEndStream, out Http2Error error) switch
        {
            Reception.Late => Http2Error.None,
            Reception.Broken => End(stream, error),

            // The stream is opened by a block whose frame is wrong as well: a reset belongs to it, and is remembered as such.
            _ => EndDelivery(stream, headers.FrameError.IsNone ? DeliverBlock(stream) : headers.FrameError),
        };
    }

    private Http2Error DeliverBlock(ConnectionStream stream)
    {
        Http2Error size = headers.CheckSize();
        if (!size.IsNone)
        {
            return size;
        }

        Http2Error error = stream.Incoming.ReadSection(headers.Fields, core.Side.IsServer, headers.IsEndStream, out SectionKind kind);
        if (!error.IsNone)
        {
            return error;
        }

        if (kind == SectionKind.Trailers)
        {
            stream.Handler!.OnTrailers(headers.Fields);
            return Http2Error.None;
        }

        if (stream.Handler is null)
        {
            _priorities.OnRequest(stream, stream.Incoming.HasPriority, headers.Fields);
            core.Side.Dispatch(stream, headers.Fields);
        }

        stream.Handler!.OnHeaders(headers.Fields, headers.IsEndStream);
        return Http2Error.None;
    }

    private Http2Error OnPriority(in FrameHeader header, ReadOnlySpan<byte> payload)
    {
        Http2Error error = PriorityFrame.Parse(header, payload, out PriorityFields fields);
        if (!error.IsNone)
        {
            return EndStream(header.StreamId, error);
        }

        _priorities.OnPriority(header.StreamId, fields);
        return core.Charges.Charge(BudgetKind.Priorities);
    }

    private Http2Error OnPriorityUpdate(ReadOnlySpan<byte> payload)
    {
        Http2Error error = _priorities.OnPriorityUpdate(payload);
        return error.IsNone ? core.Charges.Charge(BudgetKind.Priorities) : error;
    }

    private Http2Error OnRstStream(in FrameHeader header, ReadOnlySpan<byte> payload)
    {
        if (core.Streams.Find(header.StreamId) is not { } stream)
        {
            return core.Side.IsOpened(header.StreamId)
                ? core.Charges.Charge(BudgetKind.LateFrames)
                : Http2Error.Connection(Http2ErrorCode.ProtocolError, $"RST_STREAM came on idle stream {header.StreamId} (RFC 9113 6.4)");
        }

        if (stream.ReceiveReset(header.StreamId, RstStreamFrame.Parse(payload)))
        {
            core.Output.Drop(stream);
            core.Finish(stream);
        }

        return Http2Error.None;
    }

    private Http2Error OnPushPromise(in FrameHeader header, ReadOnlySpan<byte> payload)
    {
        Http2Error error = PushPromiseFrame.Parse(header, payload, out PushPromiseFrame frame);
        if (error.IsNone)
        {
            error = core.Side.ReservePushed(header.StreamId, frame.Promised);
        }

        if (error.IsNone)
        {
            error = headers.BeginPromise(header.StreamId, frame.Promised, frame.Fragment, header.IsEndHeaders);
        }

        return error.IsNone && header.IsEndHeaders ? OnPromiseBlock() : error;
    }

    private Http2Error OnPromiseBlock()
    {
        Http2Error refusal = core.Side.OfferPushed(headers);
        return refusal.IsNone ? refusal : EndStream(headers.Promised, refusal);
    }

    private Http2Error OnPing(in FrameHeader header, ReadOnlySpan<byte> payload)
    {
        long opaque = PingFrame.Parse(payload);
        if (!header.IsAck)
        {
            Http2Error spent = core.Charges.ChargePing();
            return spent.IsNone ? core.Output.AcknowledgePing(opaque) : spent;
        }

        if (_probe.TryEnd(opaque, ref _window))
        {
            return Http2Error.None;
        }

        core.Pings.Receive(opaque);
        return core.Charges.Charge(BudgetKind.LateFrames);
    }

    private Http2Error OnSettings(in FrameHeader header, ReadOnlySpan<byte> payload)
    {
        // One each is due: the preface's, and the acknowledgement of this side's.
        bool isDue = header.IsAck ? core.Settings.IsAcknowledgementDue : !core.Settings.IsFirstReceived;
        Http2Error spent = isDue ? Http2Error.None : core.Charges.Charge(header.IsAck ? BudgetKind.LateFrames : BudgetKind.Settings);
        return spent.IsNone ? core.Settings.Receive(header, payload) : spent;
    }

    private Http2Error OnGoAway(ReadOnlySpan<byte> payload)
    {
        GoAwayFrame frame = GoAwayFrame.Parse(payload);
        if (frame.LastStreamId > _lastGoAway)
        {
            return Http2Error.Connection(
                Http2ErrorCode.ProtocolError, $"GOAWAY raised the last stream id from {_lastGoAway} to {frame.LastStreamId} (RFC 9113 6.8)");
        }

        if (_isFirstGoAwaySeen && core.Charges.Charge(BudgetKind.Glitches, PeerCharges.OddFrame) is { IsNone: false } spent)
        {
            return spent;
        }

        _isFirstGoAwaySeen = true;
        _lastGoAway = frame.LastStreamId;
        core.OnPeerGoAway(frame.LastStreamId, frame.Code, DebugData.Decode(frame.DebugData));
        return Http2Error.None;
    }

    private Http2Error OnWindowUpdate(in FrameHeader header, ReadOnlySpan<byte> payload)
    {
        Http2Error spent = core.Charges.ChargeWindowUpdate();
        if (!spent.IsNone)
        {
            return spent;
        }

        Http2Error error = WindowUpdateFrame.Parse(header, payload, out int increment);
        if (header.StreamId.IsConnection)
        {
            return error.IsNone ? core.Output.GrowConnectionWindow(increment) : error;
        }

        if (core.Streams.Find(header.StreamId) is not { } stream)
        {
            // On a stream that is over it may be late (RFC 9113 5.1); on one that never was it is an error.
            return core.Side.IsOpened(header.StreamId)
                ? Http2Error.None
                : Http2Error.Connection(Http2ErrorCode.ProtocolError, $"WINDOW_UPDATE came on idle stream {header.StreamId} (RFC 9113 5.1)");
        }

        if (error.IsNone && header.StreamId.IsServerOpened)
        {
            // One that is promised and not begun takes no credit; for any other the state has nothing against it.
            error = stream.ReceiveWindowUpdate(header.StreamId);
        }

        if (error.IsNone)
        {
            error = core.Output.GrowStreamWindow(stream, header.StreamId, increment);
        }

        return error.IsNone ? error : End(stream, error);
    }

    // HEADERS or DATA for a stream that is over (RFC 9113 5.1, "closed"). Their effect on what all streams share has already been taken.
    private Http2Error OnLate(in FrameHeader header)
    {
        if (!core.Side.IsOpened(header.StreamId))
        {
            return Http2Error.Connection(Http2ErrorCode.ProtocolError, $"{header.Type.ToSpecName()} came on idle stream {header.StreamId} (RFC 9113 5.1)");
        }

        CloseCause cause = core.Streams.CauseOf(header.StreamId, out bool isSkipped);
        string reason = $"{header.Type.ToSpecName()} came on stream {header.StreamId}, which is closed (RFC 9113 5.1)";
        if (isSkipped)
        {
            return Http2Error.Connection(Http2ErrorCode.ProtocolError, reason);
        }

        return cause switch
        {
            CloseCause.EndStream => Http2Error.Connection(Http2ErrorCode.StreamClosed, reason),
            CloseCause.ResetReceived => EndStream(header.StreamId, Http2Error.Stream(Http2ErrorCode.StreamClosed, reason)),

            // This side reset it and the peer may not have known; or it is too long ago to tell.
            _ => core.Charges.Charge(BudgetKind.LateFrames),
        };
    }

    private Http2Error End(ConnectionStream stream, in Http2Error error)
    {
        if (error.Scope == ErrorScope.Connection)
        {
            return error;
        }

        core.Output.Reset(stream, error, onReadLoop: true);
        return core.Charges.ChargeReset(error.Code);
    }

    private Http2Error EndDelivery(ConnectionStream stream, in Http2Error malformed)
    {
        Http2Error error = malformed.IsNone ? Http2Error.None : End(stream, malformed);
        if (stream.EndDelivery())
        {
            core.Finish(stream);
        }

        return error;
    }
}
