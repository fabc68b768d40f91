namespace Trunkline.Http2.Connections;

/// <summary>
/// Keeps watch over a connection's peer: a timer asks <see cref="Liveness"/> and does what it says. Costs one reading of the clock per batch of frames
/// while it is switched on, nothing else.
/// </summary>
internal sealed class KeepAlive(ConnectionCore core) : IDisposable
{
    // PINGs that a caller waits for count upward from 1; nobody waits for this one, any byte answers it.
    private const long Opaque = -1;

    private readonly TimeSpan _interval = core.Options.KeepAliveIntervalOf(core.Side.IsServer);
    private readonly Lock _lock = new();
    private long _lastReceived;

    // Guarded by _lock.
    private Liveness _liveness = new(core.Options.KeepAliveIntervalOf(core.Side.IsServer), core.Options.KeepAliveTimeout);
    private ITimer? _timer;
    private bool _isOver;

    private bool IsOn => _interval != Timeout.InfiniteTimeSpan;

    public void Start()
    {
        if (!IsOn)
        {
            return;
        }

        NoteReceived();
        lock (_lock)
        {
            _timer = core.Options.TimeProvider.CreateTimer(
                static state => ((KeepAlive)state!).Look(), this, _interval, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Bytes came from the peer. Called on the read loop.</summary>
    public void NoteReceived()
    {
        if (IsOn)
        {
            Volatile.Write(ref _lastReceived, core.Options.TimeProvider.GetTimestamp());
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _isOver = true;
            _timer?.Dispose();
        }
    }

    private void Look()
    {
        LivenessAction action;
        lock (_lock)
        {
            if (_isOver)
            {
                return;
            }

            TimeProvider time = core.Options.TimeProvider;
            TimeSpan now = time.GetElapsedTime(0, time.GetTimestamp());
            TimeSpan lastReceived = time.GetElapsedTime(0, Volatile.Read(ref _lastReceived));

            // Who has said nothing yet is the handshake timeout's to watch.
            bool isWatched = core.Settings.IsFirstReceived && (core.Options.KeepAliveWithoutStreams || core.Streams.Count > 0);
            (action, TimeSpan next) = _liveness.Decide(now, lastReceived, isWatched);
            _timer!.Change(next, Timeout.InfiniteTimeSpan);
        }

        switch (action)
        {
            case LivenessAction.SendPing:
                core.Output.WritePing(Opaque);
                break;
            case LivenessAction.GiveUp:
                core.Fail(Http2Error.LinkLost(
                    $"the peer did not answer a PING within {core.Options.KeepAliveTimeout.TotalSeconds} s, after {_interval.TotalSeconds} s without a byte from it"));
                break;
        }
    }
}
