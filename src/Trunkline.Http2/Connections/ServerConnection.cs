namespace Trunkline.Http2.Connections;

/// <summary>The server's side: takes the streams that the client opens.</summary>
internal sealed class ServerConnection : Http2ServerConnection
{
    private readonly ConnectionCore _core;
    private readonly ServerSide _side;

    public ServerConnection(Link link, IServerConnectionHandler handler, Http2Options options)
    {
        _side = new ServerSide(handler, options.MaxConcurrentStreams);
        _core = new ConnectionCore(this, _side, link, handler, options);
        _side.Attach(_core);
    }

    public override LinkInfo LinkInfo => _core.LinkInfo;

    public override int OpenStreams => _core.Streams.OpenCount + _side.ActivePushes;

    public override Task<Http2Error> Closed => _core.Closed;

    public override Task StartAsync(CancellationToken cancellationToken) => _core.StartAsync(cancellationToken);

    public override Task<TimeSpan> PingAsync(CancellationToken cancellationToken) => _core.Pings.SendAsync(cancellationToken);

    public override Task ShutdownAsync(CancellationToken cancellationToken) => _core.ShutdownAsync(cancellationToken);

    public override void Abort(Http2ErrorCode code, string reason) => _core.Fail(Http2Error.ClosedByUser(code, reason));

    public override ValueTask DisposeAsync() => _core.DisposeAsync();

    private sealed class ServerSide(IServerConnectionHandler handler, int maxStreams) : ConnectionSide
    {
        private int _highestSeen = -1;
        private ServerPushes _pushes = null!;

        public ConnectionCore Core { get; private set; } = null!;

        public int ActivePushes => _pushes.ActiveCount;

        public override bool IsServer => true;

        public void Attach(ConnectionCore core)
        {
            Core = core;
            _pushes = new ServerPushes(core);
        }

        public override bool IsOpened(StreamId id) => id.IsClientOpened ? id.Value <= _highestSeen : _pushes.IsPromised(id);

        public override void NoteOpened(StreamId id, in Outgoing request) => throw new InvalidOperationException("This side opens no streams but by promise.");

        public override Http2Error Accept(StreamId id, out ConnectionStream? stream)
        {
            stream = null;
            if (!id.IsClientOpened)
            {
                return Http2Error.Connection(Http2ErrorCode.ProtocolError, $"the client opened stream {id}, an even id (RFC 9113 5.1.1)");
            }

            Core.Streams.AddGap(new StreamId(_highestSeen), id);
            _highestSeen = id.Value;
            if (Core.Streams.OpenCount >= maxStreams)
            {
                return Http2Error.Stream(Http2ErrorCode.RefusedStream, $"stream {id} is above SETTINGS_MAX_CONCURRENT_STREAMS of {maxStreams} (RFC 9113 5.1.2)");
            }

            if (Core.Unfinished.IsFull)
            {
                return Http2Error.Stream(
                    Http2ErrorCode.RefusedStream,
                    $"the handlers of {Core.Unfinished.Limit} streams that are over still run (Http2Limits.{nameof(Http2Limits.MaxUnfinishedStreams)})");
            }

            if (Core.Output.WaitingBytes > Core.Options.Limits.MaxWaitingBytes)
            {
                return Http2Error.Stream(
                    Http2ErrorCode.RefusedStream,
                    $"{Core.Output.WaitingBytes} bytes wait on other streams for the peer to take them (Http2Limits.{nameof(Http2Limits.MaxWaitingBytes)})");
            }

            lock (TakeLock)
            {
                if (!IsTaking)
                {
                    // GOAWAY has told that nothing above its last stream is processed; the block was decoded and that is all (RFC 9113 6.8).
                    Core.Streams.AddReset(id);
                    return Http2Error.None;
                }

                LastTaken = id;
                stream = Core.Streams.Rent(id, handler: null, Core.Settings.StreamWindow);
                Core.Output.Accept(stream);
                Core.Streams.Add(stream, id);
                Core.Tally.Received.CountStream();
            }

            return Http2Error.None;
        }

        public override void Dispatch(ConnectionStream stream, in FieldBlock request)
        {
            _pushes.NoteRequest(request);
            stream.SetHandler(handler.OnStream(stream));
        }

        // What this side opens are pushes alone.
        public override void SetMaxConcurrentStreams(uint limit) => _pushes.SetLimit(limit);

        public override void SetPushEnabled(bool isEnabled) => _pushes.SetEnabled(isEnabled);

        public override PushOutcome TryPush(ConnectionStream associated, FieldSection request, IStreamHandler streamHandler, out Http2Stream? promised) =>
            _pushes.TryPush(associated, request, streamHandler, out promised);

        public override bool MaySendPushed(ConnectionStream stream) => _pushes.TryStart(stream);

        public override Http2Error ReservePushed(StreamId associated, StreamId promised) =>
            Http2Error.Connection(Http2ErrorCode.ProtocolError, "PUSH_PROMISE came from a client (RFC 9113 8.4)");

        public override Http2Error OfferPushed(HeaderBlockReader block) => throw new InvalidOperationException("A server reserves no stream by PUSH_PROMISE.");

        // What the client sends on a promised stream is the state's to judge.
        public override bool MayReceivePushed(ConnectionStream stream) => true;

        public override void OnStreamFinished(ConnectionStream stream)
        {
            if (stream.Id.IsServerOpened)
            {
                _pushes.End(stream);
            }
        }
    }
}
