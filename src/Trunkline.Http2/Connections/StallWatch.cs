using Trunkline.Http2.Diagnostics;
using Trunkline.Http2.Limits;

namespace Trunkline.Http2.Connections;

/// <summary>
/// Ends what a slow or silent peer keeps standing: a frame or header block that does not get finished, a link that takes no bytes, streams whose data
/// nobody gives credit for. A timer looks every few seconds, and only while one of these is under way; who works with the connection just notes where it
/// stands. So a limit is kept to within two looks.
/// </summary>
internal sealed class StallWatch(ConnectionCore core) : IDisposable
{
    private readonly Http2Limits _limits = core.Options.Limits;
    private readonly TimeProvider _time = core.Options.TimeProvider;
    private readonly TimeSpan _interval = core.Options.Limits.ShortestTimeout / 5;
    private readonly Lock _lock = new();

    // Noted by the read loop and by the flusher.
    private long _receiving;
    private long _sending;
    private long _sends;

    // 1 while the timer runs.
    private int _isArmed;

    // Guarded by _lock.
    private ITimer? _timer;
    private long _startedAt;
    private Standstill _frame;
    private Standstill _block;
    private Standstill _link;
    private bool _isOver;

    /// <summary>Where the read loop stands at the end of a batch. Costs a comparison while the watch is on or nothing is unfinished.</summary>
    /// <param name="unfinished">The number of the frame that is not whole; that of the header block, negative; 0 for neither.</param>
    public void NoteReceiving(long unfinished)
    {
        Volatile.Write(ref _receiving, unfinished);
        if (unfinished != 0)
        {
            NoteUnfinished();
        }
    }

    /// <summary>A send waits for the link. Called by the flusher, of which there is one at a time.</summary>
    public void NoteSending()
    {
        Volatile.Write(ref _sending, ++_sends);
        NoteUnfinished();
    }

    /// <summary>The link has taken what it waited with.</summary>
    public void NoteSent() => Volatile.Write(ref _sending, 0);

    /// <summary>Something is under way that has to come to an end.</summary>
    public void NoteUnfinished()
    {
        if (Volatile.Read(ref _isArmed) == 0 && Interlocked.Exchange(ref _isArmed, 1) == 0)
        {
            Arm();
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

    private void Arm()
    {
        lock (_lock)
        {
            if (_isOver)
            {
                return;
            }

            if (_timer is null)
            {
                _startedAt = _time.GetTimestamp();
                _timer = _time.CreateTimer(static state => ((StallWatch)state!).Look(), this, _interval, Timeout.InfiniteTimeSpan);
            }
            else
            {
                _timer.Change(_interval, Timeout.InfiniteTimeSpan);
            }

            Observe();
        }
    }

    private void Look()
    {
        Http2Error error;
        TimeSpan now;
        lock (_lock)
        {
            if (_isOver)
            {
                return;
            }

            (error, now) = Observe();
        }

        bool isWaiting = core.Output.WaitingBytes > 0;
        if (error.IsNone && isWaiting)
        {
            EndStalled(now);
        }

        if (!error.IsNone)
        {
            Http2Meters.NoteExhaustion("stalls");
            core.Fail(error);
            return;
        }

        if (isWaiting || Volatile.Read(ref _receiving) != 0 || Volatile.Read(ref _sending) != 0)
        {
            Arm();
            return;
        }

        Interlocked.Exchange(ref _isArmed, 0);

        // What was noted between the look and the line above has found the watch on.
        if (Volatile.Read(ref _receiving) != 0 || Volatile.Read(ref _sending) != 0 || core.Output.WaitingBytes > 0)
        {
            NoteUnfinished();
        }
    }

    private (Http2Error Error, TimeSpan Now) Observe()
    {
        TimeSpan now = _time.GetElapsedTime(_startedAt);
        long receiving = Volatile.Read(ref _receiving);
        TimeSpan frame = _frame.Observe(Math.Max(receiving, 0), now);
        TimeSpan block = _block.Observe(Math.Min(receiving, 0), now);
        TimeSpan link = _link.Observe(Volatile.Read(ref _sending), now);
        if (block >= _limits.HeaderBlockTimeout)
        {
            return (Calm($"a header block was not finished within {_limits.HeaderBlockTimeout.TotalSeconds} s", nameof(_limits.HeaderBlockTimeout)), now);
        }

        if (frame >= _limits.FrameTimeout)
        {
            return (Calm($"a frame was not finished within {_limits.FrameTimeout.TotalSeconds} s", nameof(_limits.FrameTimeout)), now);
        }

        return link >= _limits.WriteTimeout
            ? (Calm($"the peer took no bytes for {_limits.WriteTimeout.TotalSeconds} s", nameof(_limits.WriteTimeout)), now)
            : (Http2Error.None, now);
    }

    // Streams of which nothing has left for too long hold memory for a peer that may never want it. A little may wait as long as it likes.
    private void EndStalled(TimeSpan now)
    {
        List<ConnectionStream> stalled = core.Output.FindStalled(now, _limits.StallTimeout, out long bytes);
        if (bytes <= _limits.MaxStalledBytes)
        {
            return;
        }

        Http2Meters.NoteExhaustion("stalled_streams");
        foreach (ConnectionStream stream in stalled)
        {
            core.Output.Reset(stream, Http2Error.Stream(
                Http2ErrorCode.EnhanceYourCalm,
                $"the peer gave no credit for {_limits.StallTimeout.TotalSeconds} s while {bytes} bytes waited (Http2Limits.{nameof(_limits.MaxStalledBytes)})"));
        }
    }

    private static Http2Error Calm(string what, string limit) =>
        Http2Error.Connection(Http2ErrorCode.EnhanceYourCalm, $"{what} (Http2Limits.{limit})");
}
