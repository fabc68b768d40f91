using Trunkline.Http2.Fields;
using Trunkline.Http2.Push;
using Trunkline.Http2.Streams;

namespace Trunkline.Http2.Connections;

/// <summary>
/// The client's half of push (RFC 9113 8.4): checks promises, offers sound ones to the layer above, and refuses the rest by RST_STREAM. Owned by the
/// read loop but for what says otherwise.
/// </summary>
internal sealed class ClientPushes(ConnectionCore core, IClientConnectionHandler handler)
{
    /// <summary>
    /// Promises whose response has not begun that a server may hold open here. They escape SETTINGS_MAX_CONCURRENT_STREAMS, so this is their only
    /// bound: a stream object and a handler each, and no data yet.
    /// </summary>
    public const int MaxReserved = 200;

    // Noted inside the output gate, asked on the read loop.
    private readonly KnownOrigins _origins = new();

    private readonly Lock _lock = new();

    // Guarded by _lock.
    private PushCounts _counts;

    // Written by the read loop, read from any thread.
    private int _lastPromised;

    /// <summary>Whether a stream of this id was promised.</summary>
    public bool IsPromised(StreamId id) => id.Value <= Volatile.Read(ref _lastPromised);

    /// <summary>A request goes out: the server answers for its origin. Called inside the output gate.</summary>
    public void NoteRequest(in Outgoing request)
    {
        ReadOnlySpan<byte> scheme = default;
        ReadOnlySpan<byte> authority = default;
        FindOrigin(request.Headers?.Fields, ref scheme, ref authority);
        FindOrigin(request.MoreHeaders, ref scheme, ref authority);
        _origins.Note(scheme, authority);
    }

    /// <summary>PUSH_PROMISE begins: reserves the stream, whatever becomes of it once its header block is whole.</summary>
    /// <returns>A connection error where the frame breaks a rule (RFC 9113 6.6, 8.4).</returns>
    public Http2Error Reserve(StreamId associated, StreamId promised)
    {
        if (core.Settings.IsPushOffAcknowledged)
        {
            return Broken("PUSH_PROMISE came although SETTINGS_ENABLE_PUSH is 0 and acknowledged (RFC 9113 6.6)");
        }

        if (!promised.IsServerOpened || promised <= new StreamId(_lastPromised))
        {
            return Broken($"PUSH_PROMISE promises stream {promised}, which is not an idle stream of the server's (RFC 9113 6.6)");
        }

        Http2Error error = CheckAssociated(associated);
        if (error.IsNone)
        {
            core.Streams.AddGap(new StreamId(_lastPromised), promised);
            Volatile.Write(ref _lastPromised, promised.Value);
        }

        return error;
    }

    /// <summary>The promise's header block is whole.</summary>
    /// <returns>
    /// None where the layer above was offered it; else a stream error for the promised stream, or a connection error where too many refusals wait for a
    /// server that does not read them.
    /// </returns>
    public Http2Error Offer(HeaderBlockReader block)
    {
        Http2Error refusal = Judge(block, out bool isHead);
        if (!refusal.IsNone)
        {
            return refusal;
        }

        PushStage stage = PushStage.None;
        lock (_lock)
        {
            if (!_counts.TryReserve(ref stage, MaxReserved))
            {
                return Refused($"more than {MaxReserved} promised streams wait for their response");
            }
        }

        ConnectionStream stream = core.Streams.Rent(block.Promised, handler: null, core.Settings.StreamWindow);
        stream.PushStage = stage;
        stream.BeginOffer();
        stream.Incoming.AnswersHead = isHead;
        if (!core.Side.TryTakePromised(core.Streams, stream, block.Promised))
        {
            End(stream);
            return Refused("PUSH_PROMISE came on a connection that is shutting down");
        }

        Http2Error error = Http2Error.None;
        if (handler.OnPush(new PushOffer(block.Fields, block.StreamId, stream)) is { } taker)
        {
            stream.SetHandler(taker);
        }
        else
        {
            error = core.Output.RefusePromise(stream);
        }

        if (stream.EndDelivery())
        {
            core.Finish(stream);
        }

        return error;
    }

    /// <summary>HEADERS came on a promised stream.</summary>
    /// <returns>False where its response is above this side's SETTINGS_MAX_CONCURRENT_STREAMS (RFC 9113 5.1.2).</returns>
    public bool TryStart(ConnectionStream stream)
    {
        lock (_lock)
        {
            return _counts.TryStart(ref stream.PushStage, (uint)core.Options.MaxConcurrentStreams);
        }
    }

    /// <summary>A stream is over. Called from any thread.</summary>
    public void End(ConnectionStream stream)
    {
        lock (_lock)
        {
            _counts.End(ref stream.PushStage);
        }
    }

    private static void FindOrigin(FieldSection? fields, ref ReadOnlySpan<byte> scheme, ref ReadOnlySpan<byte> authority)
    {
        // Pseudo fields come first.
        for (int i = 0; i < (fields?.Count ?? 0) && fields!.Name(i) is [(byte)':', ..]; i++)
        {
            if (fields.Name(i).SequenceEqual(":scheme"u8))
            {
                scheme = fields.Value(i);
            }
            else if (fields.Name(i).SequenceEqual(":authority"u8))
            {
                authority = fields.Value(i);
            }
        }
    }

    // RFC 9113 8.4: on a stream that the client opened and whose response is not over. One that this side has reset is another matter: the server may
    // not know, and its promise counts.
    private Http2Error CheckAssociated(StreamId id)
    {
        if (core.Streams.Find(id) is { } stream)
        {
            return id.IsServerOpened ? Broken($"PUSH_PROMISE came on stream {id}, which was itself promised (RFC 9113 8.4)") : stream.ReceivePushPromise(id);
        }

        if (id.IsServerOpened || !core.Side.IsOpened(id))
        {
            return Broken($"PUSH_PROMISE came on stream {id}, which this side has not opened (RFC 9113 6.6)");
        }

        return core.Streams.CauseOf(id, out _) is CloseCause.EndStream or CloseCause.ResetReceived
            ? Broken($"PUSH_PROMISE came on stream {id}, which is closed (RFC 9113 6.6)")
            : Http2Error.None;
    }

    private Http2Error Judge(HeaderBlockReader block, out bool isHead)
    {
        isHead = false;
        if (core.Settings.IsPushOff)
        {
            return Refused("PUSH_PROMISE came before SETTINGS_ENABLE_PUSH 0 was acknowledged");
        }

        if (core.Streams.Find(block.StreamId) is not { IsClosed: false })
        {
            return Refused($"PUSH_PROMISE came on stream {block.StreamId}, which this side has reset");
        }

        Http2Error error = block.CheckSize();
        if (error.IsNone)
        {
            error = PushedRequest.Read(block.Fields, _origins, out RequestHead request);
            isHead = error.IsNone && request.IsHead;
        }

        return error;
    }

    private static Http2Error Refused(string reason) => Http2Error.Stream(Http2ErrorCode.RefusedStream, reason);

    private static Http2Error Broken(string reason) => Http2Error.Connection(Http2ErrorCode.ProtocolError, reason);
}
