namespace Trunkline.Http2.Connections;

/// <summary>The client's side: opens streams under the peer's limit.</summary>
internal sealed class ClientConnection : Http2ClientConnection
{
    private readonly ConnectionCore _core;
    private readonly ClientSide _side;

    public ClientConnection(Link link, IClientConnectionHandler handler, Http2Options options)
    {
        _side = new ClientSide(handler);
        _core = new ConnectionCore(this, _side, link, handler, options);
        _side.Attach(_core);
    }

    public override LinkInfo LinkInfo => _core.LinkInfo;

    public override int OpenStreams => _core.Streams.Count;

    public override Task<Http2Error> Closed => _core.Closed;

    public override bool AcceptsStreams => _core.AcceptsStreams && !_side.IsExhausted;

    public override OpenOutcome TryOpen(IStreamHandler handler, out Http2Stream? stream)
    {
        stream = null;
        if (!AcceptsStreams)
        {
            return OpenOutcome.Unavailable;
        }

        if (!_side.TryReserve())
        {
            return OpenOutcome.AtLimit;
        }

        stream = _core.Streams.Rent(StreamId.Connection, handler, _core.Settings.StreamWindow);
        return OpenOutcome.Opened;
    }

    public override void DisablePush()
    {
        if (!_core.Settings.IsFirstReceived)
        {
            ThrowHelper.NotStarted();
        }

        _core.Settings.SwitchPushOff();
    }

    public override Task StartAsync(CancellationToken cancellationToken) => _core.StartAsync(cancellationToken);

    public override Task<TimeSpan> PingAsync(CancellationToken cancellationToken) => _core.Pings.SendAsync(cancellationToken);

    public override Task ShutdownAsync(CancellationToken cancellationToken) => _core.ShutdownAsync(cancellationToken);

    public override void Abort(Http2ErrorCode code, string reason) => _core.Fail(Http2Error.ClosedByUser(code, reason));

    public override ValueTask DisposeAsync() => _core.DisposeAsync();

    /// <summary>Counts streams against the server's limit (RFC 9113 5.1.2).</summary>
    private sealed class ClientSide(IClientConnectionHandler handler) : ConnectionSide
    {
        private readonly Lock _lock = new();
        private uint _limit = uint.MaxValue;
        private uint _open;
        private bool _isWanted;
        private int _lastOpened = -1;
        private ClientPushes _pushes = null!;
        private bool _takesPushes;

        public ConnectionCore Core { get; private set; } = null!;

        public override bool IsServer => false;

        public bool IsExhausted => Volatile.Read(ref _lastOpened) > StreamId.MaxValue - 2;

        public void Attach(ConnectionCore core)
        {
            Core = core;
            _pushes = new ClientPushes(core, handler);
            _takesPushes = core.Options.EnablePush;
        }

        public override bool StillAllowsStreams
        {
            get
            {
                lock (_lock)
                {
                    return _open <= _limit;
                }
            }
        }

        public bool TryReserve()
        {
            lock (_lock)
            {
                bool isFree = _open < _limit;
                _open += isFree ? 1u : 0u;
                _isWanted |= !isFree;
                return isFree;
            }
        }

        public override bool IsOpened(StreamId id) => id.IsClientOpened ? id.Value <= Volatile.Read(ref _lastOpened) : _pushes.IsPromised(id);

        public override void NoteOpened(StreamId id, in Outgoing request)
        {
            Volatile.Write(ref _lastOpened, id.Value);
            if (_takesPushes)
            {
                _pushes.NoteRequest(request);
            }

            if (IsExhausted)
            {
                // Once in the life of a connection, and the gate is held here.
                ThreadPool.UnsafeQueueUserWorkItem(static core => core.OnIdsUsedUp(), Core, preferLocal: false);
            }
        }

        public override Http2Error Accept(StreamId id, out ConnectionStream? stream)
        {
            stream = null;
            return Http2Error.Connection(
                Http2ErrorCode.ProtocolError,
                id.IsServerOpened ? $"the server opened stream {id} without a promise (RFC 9113 5.1.1)" : $"HEADERS came on idle stream {id} (RFC 9113 5.1)");
        }

        public override void Dispatch(ConnectionStream stream, in FieldBlock request) =>
            throw new InvalidOperationException("A client's streams have their handlers from the start.");

        public override void SetMaxConcurrentStreams(uint limit)
        {
            lock (_lock)
            {
                _limit = limit;
            }

            TellAvailable();
        }

        // A server cannot take pushes; it may say so (RFC 9113 6.5.2).
        public override void SetPushEnabled(bool isEnabled)
        {
        }

        public override PushOutcome TryPush(ConnectionStream associated, FieldSection request, IStreamHandler streamHandler, out Http2Stream? promised)
        {
            ThrowHelper.PushFromClient();
            promised = null;
            return PushOutcome.Closed;
        }

        // The state refuses whatever this side would send on a promised stream.
        public override bool MaySendPushed(ConnectionStream stream) => true;

        public override Http2Error ReservePushed(StreamId associated, StreamId promised) => _pushes.Reserve(associated, promised);

        public override Http2Error OfferPushed(HeaderBlockReader block) => _pushes.Offer(block);

        public override bool MayReceivePushed(ConnectionStream stream) => _pushes.TryStart(stream);

        public override void OnStreamFinished(ConnectionStream stream)
        {
            if (stream.Id.IsServerOpened)
            {
                _pushes.End(stream);
                return;
            }

            lock (_lock)
            {
                _open--;
            }

            TellAvailable();
        }

        private void TellAvailable()
        {
            lock (_lock)
            {
                if (!_isWanted || _open >= _limit)
                {
                    return;
                }

                _isWanted = false;
            }

            handler.OnStreamsAvailable();
        }
    }
}
