namespace Trunkline.Rpc.Deadlines;

/// <summary>
/// All deadlines of one clock, driven by a single timer of its <see cref="TimeProvider"/> with a resolution of one millisecond. A deadline never
/// passes early and takes no memory beyond its own node. The timer is armed for the earliest one only; cancelling leaves it armed, so that short
/// calls in a row do not rearm it each time, and it goes off at most once more before it rests.
/// </summary>
internal sealed class DeadlineTimer
{
    private const long Unarmed = long.MaxValue;

    private static readonly DeadlineTimer SystemTimer = new(TimeProvider.System);

    private readonly Lock _lock = new();
    private readonly DeadlineWheel _wheel = new();
    private readonly TimeProvider _time;
    private readonly long _start;
    private ITimer? _timer;
    private long _armedTick = Unarmed;

    private DeadlineTimer(TimeProvider time)
    {
        _time = time;
        _start = time.GetTimestamp();
    }

    /// <summary>The number of deadlines scheduled.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _wheel.Count;
            }
        }
    }

    /// <summary>The deadlines of a clock: one for the whole process where that is the system's.</summary>
    public static DeadlineTimer For(TimeProvider time) => ReferenceEquals(time, TimeProvider.System) ? SystemTimer : new DeadlineTimer(time);

    /// <summary>Schedules a deadline that is not scheduled at present.</summary>
    /// <param name="deadline">The deadline.</param>
    /// <param name="remaining">The time until it passes; one that has passed already is reported at the next tick.</param>
    public void Schedule(Deadline deadline, TimeSpan remaining)
    {
        lock (_lock)
        {
            TimeSpan elapsed = _time.GetElapsedTime(_start);
            if (_wheel.Count == 0)
            {
                _wheel.Rebase(FloorTick(elapsed));
            }

            _wheel.Add(deadline, DueTick(elapsed, remaining));
            ArmLocked(elapsed);
        }
    }

    /// <summary>Takes a deadline back.</summary>
    /// <returns>False when it is not scheduled, so that its owner has been told, is being told, or will be told at any moment.</returns>
    public bool Cancel(Deadline deadline)
    {
        lock (_lock)
        {
            if (!deadline.IsScheduled)
            {
                return false;
            }

            _wheel.Remove(deadline);
            return true;
        }
    }

    private static long FloorTick(TimeSpan elapsed) => elapsed.Ticks / TimeSpan.TicksPerMillisecond;

    /// <summary>The first tick that is not before the deadline; saturates, since grpc-timeout can name 11,000 years.</summary>
    private static long DueTick(TimeSpan elapsed, TimeSpan remaining)
    {
        long wait = Math.Max(remaining.Ticks, 0);
        long due = elapsed.Ticks > long.MaxValue - wait ? long.MaxValue : elapsed.Ticks + wait;
        return (due / TimeSpan.TicksPerMillisecond) + (due % TimeSpan.TicksPerMillisecond == 0 ? 0 : 1);
    }

    private void ArmLocked(TimeSpan elapsed)
    {
        long next = _wheel.NextTick();
        if (next >= _armedTick)
        {
            return;
        }

        _timer ??= CreateTimer();
        _armedTick = next;
        long wait = (next * TimeSpan.TicksPerMillisecond) - elapsed.Ticks;
        _timer.Change(ToTimerWait(wait), Timeout.InfiniteTimeSpan);
    }

    /// <summary>Whole milliseconds, rounded up, at least one, and within what timers take (49 days): a timer that goes off early is armed again.</summary>
    private static TimeSpan ToTimerWait(long ticks)
    {
        long milliseconds = (ticks + TimeSpan.TicksPerMillisecond - 1) / TimeSpan.TicksPerMillisecond;
        return TimeSpan.FromMilliseconds(Math.Clamp(milliseconds, 1, uint.MaxValue - 1));
    }

    private ITimer CreateTimer()
    {
        // The timer lives as long as the process or the clock; it must not carry the first caller's async locals along.
        bool restore = !ExecutionContext.IsFlowSuppressed();
        AsyncFlowControl flow = restore ? ExecutionContext.SuppressFlow() : default;
        try
        {
            return _time.CreateTimer(
                static state => ((DeadlineTimer)state!).OnTimer(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
        finally
        {
            if (restore)
            {
                flow.Undo();
            }
        }
    }

    private void OnTimer()
    {
        Deadline? due;
        lock (_lock)
        {
            TimeSpan elapsed = _time.GetElapsedTime(_start);
            _armedTick = Unarmed;
            due = _wheel.Advance(FloorTick(elapsed));
            ArmLocked(elapsed);
        }

        while (due is not null)
        {
            Deadline? next = due.Next;
            due.Next = null;
            due.Owner.OnDeadline();
            due = next;
        }
    }
}
