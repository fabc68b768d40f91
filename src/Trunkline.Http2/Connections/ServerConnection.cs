namespace Trunkline.Http2.Connections;

/// <summary>The server's side: takes the streams that the client opens.</summary>
internal sealed class ServerConnection : Http2ServerConnection
{
    private readonly ConnectionCore _core;

    public ServerConnection(Link link, IServerConnectionHandler handler, Http2Options options)
    {
        var side = new ServerSide(handler, options.MaxConcurrentStreams);
        _core = new ConnectionCore(this, side, link, handler, options);
        side.Core = _core;
    }

    public override LinkInfo LinkInfo => _core.LinkInfo;

    public override int OpenStreams => _core.Streams.OpenCount;

    public override Task<Http2Error> Closed => _core.Closed;

    public override Task StartAsync(CancellationToken cancellationToken) => _core.StartAsync(cancellationToken);

    public override Task<TimeSpan> PingAsync(CancellationToken cancellationToken) => _core.Pings.SendAsync(cancellationToken);

    public override Task ShutdownAsync(CancellationToken cancellationToken) => _core.ShutdownAsync(cancellationToken);

    public override void Abort(Http2ErrorCode code, string reason) => _core.Fail(Http2Error.ClosedByUser(code, reason));

    public override ValueTask DisposeAsync() => _core.DisposeAsync();

    private sealed class ServerSide(IServerConnectionHandler handler, int maxStreams) : ConnectionSide
    {
        private int _highestSeen = -1;

        public ConnectionCore Core { get; set; } = null!;

        public override bool IsServer => true;

        public override bool IsOpened(StreamId id) => id.IsClientOpened && id.Value <= _highestSeen;

        public override void NoteOpened(StreamId id) => throw new InvalidOperationException("This side opens no streams.");

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
            }

            return Http2Error.None;
        }

        public override void Dispatch(ConnectionStream stream) => stream.SetHandler(handler.OnStream(stream));

        // A server that pushes nothing has no use for the client's limit.
        public override void SetMaxConcurrentStreams(uint limit)
        {
        }

        public override void OnStreamFinished()
        {
        }
    }
}
