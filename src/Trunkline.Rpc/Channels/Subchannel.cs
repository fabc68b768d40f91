using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Trunkline.Http2;
using Trunkline.Rpc.Clients;
using Trunkline.Rpc.Diagnostics;
using Trunkline.Rpc.Dispatching;

namespace Trunkline.Rpc.Channels;

/// <summary>
/// Keeps one connection to the target, makes a new one when it is lost, and holds the calls that wait: for a connection, or for a free stream of it.
/// Calls begin in the order in which they came. A connection that goes away finishes its calls beside the new one.
/// </summary>
#pragma warning disable CA1001 // A token source without a timer and without a wait handle holds nothing to dispose.
internal sealed class Subchannel(string target, Connector connector, Backoff backoff, WorkFan completions, TimeProvider time, ILogger logger)
#pragma warning restore CA1001
{
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _closing = new();

    // Guarded by _lock; _ready and _waitingCount are also read without it on the way of a call that need not wait.
    private readonly LinkedList<ClientCall> _waiting = [];
    private readonly HashSet<ChannelConnection> _connections = [];
    private volatile ChannelConnection? _ready;
    private volatile int _waitingCount;
    private Connectivity _connectivity;
    private ConnectFailure? _lastFailure;
    private TaskCompletionSource _changed = NewSignal();

    public ChannelState State
    {
        get
        {
            lock (_lock)
            {
                return _connectivity.State;
            }
        }
    }

    /// <summary>Where calls that have ended go to run their callers' continuations.</summary>
    public WorkFan Completions => completions;

    private static CallOutcome ClosedOutcome => CallOutcome.Failed(
        StatusCode.Cancelled, "The channel was closed.", new CallFailure { Phase = CallPhase.Queued, IsRetrySafe = true });

    /// <summary>Takes a call: begins it at once where there is a free stream, keeps it waiting, or fails it.</summary>
    public void Submit(ClientCall call)
    {
        if (_ready is { } connection && _waitingCount == 0 && call.TryClaim())
        {
            if (connection.TryOpen(call, out Http2Stream? stream) == OpenOutcome.Opened)
            {
                call.Opened(stream!, connection.Peer);
                return;
            }

            call.Unclaim();
        }

        SubmitToQueue(call);
    }

    /// <summary>Takes a call that has ended out of the queue.</summary>
    public void Withdraw(ClientCall call)
    {
        lock (_lock)
        {
            RemoveLocked(call);
        }
    }

    /// <summary>Begins waiting calls for as long as there are free streams.</summary>
    public void StartWaiting()
    {
        while (TryOpenNext(out ClientCall? call, out Http2Stream? stream, out string peer))
        {
            call!.Opened(stream!, peer);
        }
    }

    /// <summary>Asks for a connection.</summary>
    public void RequestConnection()
    {
        lock (_lock)
        {
            ConnectLocked();
        }
    }

    /// <summary>A task that completes once the state is no longer the given one.</summary>
    public Task ChangedFrom(ChannelState state)
    {
        lock (_lock)
        {
            return _connectivity.State == state ? _changed.Task : Task.CompletedTask;
        }
    }

    /// <summary>What a call that waited too long waited for.</summary>
    public string DescribeWait(string what)
    {
        lock (_lock)
        {
            return _connectivity.State == ChannelState.Ready
                ? $"{what} while the call waited for a free stream on the connection to {target}."
                : $"{what} while the call waited for a connection to {target}{(_lastFailure is null ? "" : $"; last attempt: {_lastFailure.Text}")}.";
        }
    }

    /// <summary>Ends it for good.</summary>
    /// <param name="abort">True to end open calls CANCELLED, false to let them finish.</param>
    public async Task CloseAsync(bool abort)
    {
        ChannelConnection[] connections;
        ClientCall[] waiting;
        lock (_lock)
        {
            ChangeLocked(ConnectivityEvent.Shutdown);
            _ready = null;
            connections = [.. _connections];
            waiting = [.. _waiting];
        }

        await _closing.CancelAsync().ConfigureAwait(false);
        foreach (ClientCall call in waiting)
        {
            call.End(ClosedOutcome);
        }

        if (abort)
        {
            Array.ForEach(connections, static connection => connection.Abort());
            await Task.WhenAll(connections.Select(static connection => connection.DisposeAsync().AsTask())).ConfigureAwait(false);
        }
        else
        {
            await Task.WhenAll(connections.Select(static connection => connection.ShutdownAsync())).ConfigureAwait(false);
        }
    }

    /// <summary>The peer takes no new streams on a connection; those that it has go on.</summary>
    public void OnGoingAway(ChannelConnection connection, in Http2Error error)
    {
        ChannelLog.GoingAway(logger, target, connection.Peer, error.ToString());
        if (error.Code == Http2ErrorCode.EnhanceYourCalm && error.Reason!.Contains("too_many_pings", StringComparison.Ordinal))
        {
            ChannelLog.TooManyPings(logger, target, connection.Peer, connector.EasePings());
        }

        Leave(connection, isOver: false);
    }

    /// <summary>A connection is over.</summary>
    public void OnLost(ChannelConnection connection, in Http2Error error)
    {
        if (!error.IsNone)
        {
            ChannelLog.ConnectionLost(logger, target, connection.Peer, error.ToString(), error.Cause);
        }

        Leave(connection, isOver: true);
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void SubmitToQueue(ClientCall call)
    {
        call.PrepareToWait();
        CallOutcome? refusal = null;
        lock (_lock)
        {
            switch (_connectivity.State)
            {
                case ChannelState.Shutdown:
                    refusal = ClosedOutcome;
                    break;
                case ChannelState.TransientFailure when !call.IsWaitForReady:
                    refusal = _lastFailure!.ToOutcome();
                    break;
                default:
                    call.Place = _waiting.AddLast(call);
                    _waitingCount = _waiting.Count;
                    ConnectLocked();
                    break;
            }
        }

        if (refusal is not null)
        {
            call.End(refusal);
            return;
        }

        if (call.Outcome is not null)
        {
            // It ended before it stood in the queue, so its end could not take it out.
            Withdraw(call);
        }

        StartWaiting();
    }

    private bool TryOpenNext(out ClientCall? call, out Http2Stream? stream, out string peer)
    {
        lock (_lock)
        {
            stream = null;
            call = null;
            peer = "";
            while (_ready is { } connection && _waiting.First?.Value is { } first)
            {
                if (!first.TryClaim())
                {
                    RemoveLocked(first);
                    continue;
                }

                // Under the lock, so that the word of a free stream cannot come between the look and the wait.
                if (connection.TryOpen(first, out stream) != OpenOutcome.Opened)
                {
                    first.Unclaim();
                    return false;
                }

                RemoveLocked(first);
                call = first;
                peer = connection.Peer;
                return true;
            }

            return false;
        }
    }

    private void RemoveLocked(ClientCall call)
    {
        if (call.Place is { } place)
        {
            _waiting.Remove(place);
            call.Place = null;
            _waitingCount = _waiting.Count;
        }
    }

    private void Leave(ChannelConnection connection, bool isOver)
    {
        lock (_lock)
        {
            connection.IsGone = true;
            connection.IsOver |= isOver;
            if (isOver)
            {
                _connections.Remove(connection);
            }

            if (_ready != connection)
            {
                return;
            }

            _ready = null;
            ChangeLocked(ConnectivityEvent.ConnectionLost);
            if (_waiting.Count > 0)
            {
                ConnectLocked();
            }
        }
    }

    private void ConnectLocked()
    {
        if (ChangeLocked(ConnectivityEvent.ConnectRequested))
        {
            // Off the caller's thread, whose locks and context have nothing to do with the connection.
            ThreadPool.UnsafeQueueUserWorkItem(static self => _ = self.ConnectUntilReadyAsync(), this, preferLocal: false);
        }
    }

    private bool ChangeLocked(ConnectivityEvent change)
    {
        ChannelState before = _connectivity.State;
        if (!_connectivity.Apply(change))
        {
            return false;
        }

        ChannelLog.StateChanged(logger, target, before, _connectivity.State);
        TaskCompletionSource changed = _changed;
        _changed = NewSignal();
        changed.SetResult();
        return true;
    }

    /// <summary>Makes attempts until one succeeds or the channel is closed. One at a time: it runs from the state Connecting to Ready.</summary>
    private async Task ConnectUntilReadyAsync()
    {
        while (true)
        {
            long started = time.GetTimestamp();
            TimeSpan pause = backoff.Next();
            ConnectResult result = await AttemptAsync(pause > Backoff.MinConnectTimeout ? pause : Backoff.MinConnectTimeout).ConfigureAwait(false);
            if (result.Connection is { } connection)
            {
                await AdoptAsync(connection).ConfigureAwait(false);
                return;
            }

            if (!TryFail(result.Failure!))
            {
                return;
            }

            TimeSpan rest = pause - time.GetElapsedTime(started);
            await Task.Delay(rest > TimeSpan.Zero ? rest : TimeSpan.Zero, time, _closing.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            lock (_lock)
            {
                if (!ChangeLocked(ConnectivityEvent.BackoffElapsed))
                {
                    return;
                }
            }
        }
    }

    private async Task<ConnectResult> AttemptAsync(TimeSpan timeout)
    {
        using var timer = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, _closing.Token);
        return await connector.ConnectAsync(this, () => timer.IsCancellationRequested, either.Token).ConfigureAwait(false);
    }

    private async Task AdoptAsync(ChannelConnection connection)
    {
        bool isClosed;
        lock (_lock)
        {
            Debug.Assert(_ready is null, "There is one connection to begin calls on.");
            isClosed = _connectivity.State == ChannelState.Shutdown;
            if (!isClosed)
            {
                backoff.Reset();
                _lastFailure = null;
                ChangeLocked(ConnectivityEvent.Connected);
                _connections.Add(connection);
                _ready = connection;
                ChannelLog.Connected(logger, target, connection.Peer);
            }
        }

        if (isClosed)
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            return;
        }

        if (connection.IsGone)
        {
            // It was lost, or went away, before anybody knew it.
            Leave(connection, connection.IsOver);
            return;
        }

        StartWaiting();
    }

    private bool TryFail(ConnectFailure failure)
    {
        List<ClientCall> failing;
        lock (_lock)
        {
            if (!ChangeLocked(ConnectivityEvent.AttemptFailed))
            {
                return false;
            }

            _lastFailure = failure;
            failing = [.. _waiting.Where(static call => !call.IsWaitForReady)];
        }

        ChannelLog.AttemptFailed(logger, target, failure.Text);
        CallOutcome outcome = failure.ToOutcome();
        foreach (ClientCall call in failing)
        {
            call.End(outcome);
        }

        return true;
    }
}
