using Trunkline.Http2.Diagnostics;
using Trunkline.Http2.FlowControl;
using Trunkline.Http2.Frames;
using Trunkline.Http2.Transports;

namespace Trunkline.Http2.Connections;

/// <summary>
/// Wires the parts of a connection and carries its life from start to end. What differs between client and server is the <see cref="ConnectionSide"/>'s;
/// what comes is the read loop's; what goes is the output gate's.
/// </summary>
internal sealed class ConnectionCore
{
    // How long the last GOAWAY may take to leave before the link is torn down.
    private static readonly TimeSpan CloseGrace = TimeSpan.FromSeconds(2);

    // Immutable.
    private readonly Link _link;
    private readonly ReadLoop _readLoop;
    private readonly TaskCompletionSource<Http2Error> _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Guarded by _lifeLock.
    private readonly Lock _lifeLock = new();
    private Http2Error _fatal;
    private Task _closing = Task.CompletedTask;
    private bool _isRunning;
    private bool _isEnding;
    private bool _isShuttingDown;
    private bool _isLastWordSaid;
    private bool _isPeerGoingAway;

    public ConnectionCore(Http2Connection connection, ConnectionSide side, Link link, IConnectionHandler handler, Http2Options options)
    {
        Connection = connection;
        Side = side;
        Handler = handler;
        Options = options;
        _link = link = FrameTrace.Wrap(link, side.IsServer, options.FrameTrace, options.TimeProvider, options.Logger);
        Streams = new StreamTable(this);
        Growth = new WindowGrowth(options.InitialStreamWindow, options.MaxWindowGrowth);
        Tally = new ConnectionTally(side.IsServer, () => Streams.OpenCount, () => options.MaxWindowGrowth - Growth.Left);
        Output = new OutputGate(this, options);
        Flusher = new Flusher(this, link);
        Settings = new SettingsExchange(this, side.IsServer);
        Pings = new Pings(this);
        KeepAlive = new KeepAlive(this);
        Charges = new PeerCharges(this);
        Unfinished = new UnfinishedStreams(this);
        Stalls = new StallWatch(this);
        HeaderBlocks = new HeaderBlockReader(Settings.FirstTableSize, options, Tally.Received);
        _readLoop = new ReadLoop(this, link);
    }

    public Http2Connection Connection { get; }

    public ConnectionSide Side { get; }

    public IConnectionHandler Handler { get; }

    public Http2Options Options { get; }

    public LinkInfo LinkInfo => _link.Info;

    public StreamTable Streams { get; }

    /// <summary>What the connection has done, for the meters.</summary>
    public ConnectionTally Tally { get; }

    public OutputGate Output { get; }

    public Flusher Flusher { get; }

    public SettingsExchange Settings { get; }

    public Pings Pings { get; }

    /// <summary>How far the receive windows of streams grow.</summary>
    public WindowGrowth Growth { get; }

    public KeepAlive KeepAlive { get; }

    /// <summary>Owned by the read loop.</summary>
    public PeerCharges Charges { get; }

    public UnfinishedStreams Unfinished { get; }

    public StallWatch Stalls { get; }

    /// <summary>Owned by the read loop.</summary>
    public HeaderBlockReader HeaderBlocks { get; }

    public Task<Http2Error> Closed => _closed.Task;

    /// <summary>Whether new streams may begin: no side has said GOAWAY and the connection stands.</summary>
    public bool AcceptsStreams
    {
        get
        {
            lock (_lifeLock)
            {
                return !_isEnding && !_isShuttingDown && !_isPeerGoingAway;
            }
        }
    }

    /// <summary>Whether the connection has failed or was closed, and only its end is left.</summary>
    public bool IsEnding
    {
        get
        {
            lock (_lifeLock)
            {
                return _isEnding;
            }
        }
    }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        lock (_lifeLock)
        {
            if (_isRunning || _isEnding)
            {
                throw new InvalidOperationException("The connection was started before.");
            }

            _isRunning = true;
        }

        if (!Side.IsServer || LinkInfo.IsSecure)
        {
            Settings.SendFirst();
        }

        KeepAlive.Start();
        Http2Meters.Add(Tally);
        Http2Error insecure = TlsRules.Check(LinkInfo);
        if (!insecure.IsNone)
        {
            Fail(insecure);
        }

        _ = RunAsync();
        try
        {
            await _started.Task.WaitAsync(Options.HandshakeTimeout, Options.TimeProvider, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            Fail(Http2Error.Connection(
                Http2ErrorCode.ProtocolError,
                $"the peer sent no HTTP/2 preface with SETTINGS within {Options.HandshakeTimeout.TotalSeconds} s (RFC 9113 3.4)"));
            throw new Http2Exception(await Closed.ConfigureAwait(false));
        }
        catch (OperationCanceledException)
        {
            Fail(Http2Error.ClosedByUser(Http2ErrorCode.NoError, "the start of the connection was cancelled"));
            throw;
        }
    }

    /// <summary>The peer has taken this side's settings: what they lower may be enforced from here on. Called on the read loop.</summary>
    public void OnSettingsAcknowledged() => HeaderBlocks.SetTableSizeLimit(Options.HeaderTableSize);

    /// <summary>The peer's first SETTINGS are here.</summary>
    public void NoteStarted() => _started.TrySetResult();

    /// <summary>
    /// Ends the connection: says why to the peer if it can be said, then closes the link, which ends the read loop, which tells the streams and the
    /// layer above. The first error counts.
    /// </summary>
    public void Fail(in Http2Error error)
    {
        bool isRunning;
        lock (_lifeLock)
        {
            if (_isEnding)
            {
                return;
            }

            _isEnding = true;
            _fatal = error;
            isRunning = _isRunning;
        }

        ConnectionLog.Ending(Options.Logger, error);
        if (error.Origin == ErrorOrigin.Link)
        {
            Output.Close();
            Flusher.GiveUp();
        }
        else
        {
            // GOAWAY may be the answer to a peer that has sent nothing yet; SETTINGS stand first in any case (RFC 9113 3.4).
            Settings.SendFirst();
            Flusher.BeginClose();
            Output.WriteGoAway(Side.StopTaking(), error.Code, DebugData.Encode(error), last: true);
        }

        Unfinished.Relieve();
        Output.EndDrain();
        _closing = CloseLinkAsync(error.Origin == ErrorOrigin.Link);
        if (!isRunning)
        {
            _ = EndAsync();
        }
    }

    /// <summary>Sending failed: the link is gone.</summary>
    public void OnLinkFailed(string what, Exception cause) => Fail(Http2Error.LinkLost(what, cause));

    /// <summary>The peer said GOAWAY (RFC 9113 6.8).</summary>
    public void OnPeerGoAway(StreamId lastStreamId, Http2ErrorCode code, string debugData)
    {
        lock (_lifeLock)
        {
            _isPeerGoingAway = true;
        }

        CloseOwnStreamsAbove(lastStreamId, Http2Error.GoneAway(code, debugData, unprocessed: true));

        Handler.OnGoAway(Http2Error.GoneAway(code, debugData, unprocessed: false));
        EndIfDrained();
    }

    /// <summary>This side's stream ids are used up: the layer above goes on with another connection (RFC 9113 5.1.1).</summary>
    public void OnIdsUsedUp()
    {
        Handler.OnGoAway(Http2Error.ClosedByUser(Http2ErrorCode.NoError, "the connection's stream ids are used up"));
        _ = ShutdownAsync(CancellationToken.None);
    }

    /// <summary>Ends gracefully: GOAWAY, the open streams, then the link.</summary>
    public async Task ShutdownAsync(CancellationToken cancellationToken)
    {
        bool first;
        lock (_lifeLock)
        {
            first = !_isShuttingDown && !_isEnding;
            _isShuttingDown = true;
        }

        if (first)
        {
            _ = SayGoAwayAsync();
        }

        try
        {
            await Closed.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            Fail(Http2Error.ClosedByUser(Http2ErrorCode.Cancel, "the time to finish open streams is over"));
            await Closed.ConfigureAwait(false);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Fail(Http2Error.ClosedByUser(Http2ErrorCode.NoError, "the connection was disposed"));
        await Closed.ConfigureAwait(false);
    }

    /// <summary>A stream is over: takes it out of the table and tells the layer above. Called exactly once a stream, outside gate and stream lock.</summary>
    public void Finish(ConnectionStream stream)
    {
        StreamId id = stream.Id;
        if (!id.IsConnection)
        {
            Streams.Remove(id, stream.CloseCause);
        }

        Side.OnStreamFinished(stream);
        stream.TellClosed();
        if (stream.EndLife())
        {
            Streams.Recycle(stream);
        }

        EndIfDrained();
    }

    /// <summary>Ends a stream that could not even be opened: nothing of it has been on the wire, so it ends as unprocessed. Without effect on others.</summary>
    public void FinishUnopened(ConnectionStream stream)
    {
        if (stream.Id.IsConnection && stream.Close(UnopenedError(), out bool finish) && finish)
        {
            Finish(stream);
        }
    }

    /// <summary>Why a stream cannot be opened any more.</summary>
    public Http2Error UnopenedError()
    {
        lock (_lifeLock)
        {
            return _isEnding && !_fatal.IsNone
                ? _fatal.AsUnprocessed()
                : Http2Error.ClosedByUser(Http2ErrorCode.RefusedStream, "the connection takes no new streams").AsUnprocessed();
        }
    }

    // A server first asks for no more streams, waits until those under way must have arrived, and only then names the last one: a request that crosses
    // GOAWAY is answered, not lost (RFC 9113 6.8). Never throws.
    private async Task SayGoAwayAsync()
    {
        Settings.SendFirst();
        if (Side.IsServer)
        {
            Output.WriteGoAway(new StreamId(StreamId.MaxValue), Http2ErrorCode.NoError, default, last: false);
            try
            {
                await Pings.SendAsync(CancellationToken.None).WaitAsync(Options.GoAwayPatience, Options.TimeProvider).ConfigureAwait(false);
            }
            catch (TimeoutException)
            {
                // The peer answers no PING; it has had its time.
            }
            catch (Http2Exception)
            {
                // The connection has ended meanwhile, and its end is what everybody hears.
                return;
            }
        }

        Output.WriteGoAway(Side.StopTaking(), Http2ErrorCode.NoError, default, last: false);
        lock (_lifeLock)
        {
            _isLastWordSaid = true;
        }

        EndIfDrained();
    }

    // Once a side has said its last GOAWAY and the last stream is over, nothing more can happen here.
    private void EndIfDrained()
    {
        bool isOver;
        lock (_lifeLock)
        {
            isOver = (_isLastWordSaid || _isPeerGoingAway) && !_isEnding && Streams.Count == 0;
        }

        if (isOver)
        {
            Fail(Http2Error.ClosedByUser(Http2ErrorCode.NoError, "the connection was shut down"));
        }
    }

    private async Task RunAsync()
    {
        // The read loop returns only when the connection ends, with the reason; if something else ended it first, that counts.
        Http2Error error = await _readLoop.RunAsync().ConfigureAwait(false);
        Fail(error);
        await EndAsync().ConfigureAwait(false);
    }

    private async Task CloseLinkAsync(bool isLost)
    {
        try
        {
            await Flusher.Drained.WaitAsync(CloseGrace, Options.TimeProvider).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // The peer does not read; it will not learn why, and the link goes all the same.
            isLost = true;
        }

        if (isLost)
        {
            _link.Abort(reason: null);
        }

        await _link.DisposeAsync().ConfigureAwait(false);
    }

    private async Task EndAsync()
    {
        Http2Error error;
        lock (_lifeLock)
        {
            error = _fatal;
        }

        Output.Close();
        Settings.Dispose();
        KeepAlive.Dispose();
        Stalls.Dispose();
        Http2Meters.Remove(Tally);
        Pings.FailAll(error);
        CloseStreams(static _ => true, error);
        _started.TrySetException(new Http2Exception(error));
        _ = _started.Task.Exception; // Observed: StartAsync may not have been waited for.
        Handler.OnClosed(IsGraceful(error) ? Http2Error.None : error);
        await _closing.ConfigureAwait(false);
        Output.Discard();
        _closed.TrySetResult(IsGraceful(error) ? Http2Error.None : error);
    }

    private static bool IsGraceful(in Http2Error error) => error.Origin == ErrorOrigin.User && error.Code == Http2ErrorCode.NoError;

    // GOAWAY speaks of the streams that its receiver has opened, or promised (RFC 9113 6.8).
    private void CloseOwnStreamsAbove(StreamId last, in Http2Error error) =>
        CloseStreams(id => id > last && id.IsServerOpened == Side.IsServer, error);

    private void CloseStreams(Func<StreamId, bool> isMeant, in Http2Error error)
    {
        foreach (ConnectionStream stream in Streams.Snapshot())
        {
            if (isMeant(stream.Id))
            {
                Output.EndWithConnection(stream, error);
            }
        }
    }
}
