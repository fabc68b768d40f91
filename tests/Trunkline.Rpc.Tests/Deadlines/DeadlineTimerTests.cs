using Trunkline.Harness;
using Trunkline.Rpc.Deadlines;

namespace Trunkline.Rpc.Tests.Deadlines;

public sealed class DeadlineTimerTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly DeadlineTimer _timer;
    private readonly List<string> _passed = [];

    public DeadlineTimerTests() => _timer = DeadlineTimer.For(_time);

    [Fact]
    public void Schedule_ManyDeadlines_PassInOrderAtTheirTimes()
    {
        _timer.Schedule(Named("c"), TimeSpan.FromSeconds(3));
        _timer.Schedule(Named("a"), TimeSpan.FromMilliseconds(1));
        _timer.Schedule(Named("b"), TimeSpan.FromSeconds(2));
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(["a"], _passed);
        _time.Advance(TimeSpan.FromMilliseconds(1998));
        Assert.Equal(["a"], _passed);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(["a", "b"], _passed);
        _time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(["a", "b", "c"], _passed);
        Assert.Equal(0, _time.ArmedTimers);
    }

    [Fact]
    public void Schedule_FractionOfAMillisecond_IsNotEarly()
    {
        _time.Advance(TimeSpan.FromTicks(7));
        _timer.Schedule(Named("a"), TimeSpan.FromTicks(15_000));
        _time.Advance(TimeSpan.FromTicks(14_999));
        Assert.Empty(_passed);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(["a"], _passed);
    }

    [Fact]
    public void Schedule_PastDeadline_PassesAtTheNextTick()
    {
        _timer.Schedule(Named("a"), TimeSpan.FromSeconds(-1));
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(["a"], _passed);
    }

    [Fact]
    public void Schedule_LargestTimeSpan_SaturatesAndNeverPasses()
    {
        _timer.Schedule(Named("a"), TimeSpan.MaxValue);
        _time.Advance(TimeSpan.FromDays(365 * 100));
        Assert.Empty(_passed);
        Assert.Equal(1, _timer.Count);
    }

    [Fact]
    public void Cancel_Scheduled_NeverPassesAndTheTimerRestsAfterOneMoreTime()
    {
        Deadline deadline = Named("a");
        _timer.Schedule(deadline, TimeSpan.FromSeconds(5));
        Assert.True(_timer.Cancel(deadline));
        Assert.False(_timer.Cancel(deadline));
        _time.Advance(TimeSpan.FromSeconds(6));
        Assert.Empty(_passed);
        Assert.Equal(0, _timer.Count);
        Assert.Equal(0, _time.ArmedTimers);
    }

    [Fact]
    public void Cancel_AfterItPassed_SaysSo()
    {
        Deadline deadline = Named("a");
        _timer.Schedule(deadline, TimeSpan.FromSeconds(1));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.False(_timer.Cancel(deadline));
    }

    [Fact]
    public void Schedule_SameNodeAgain_PassesAgain()
    {
        Deadline deadline = Named("a");
        for (int round = 1; round <= 3; round++)
        {
            _timer.Schedule(deadline, TimeSpan.FromMinutes(1));
            _time.Advance(TimeSpan.FromMinutes(1));
            Assert.Equal(round, _passed.Count);
        }
    }

    [Fact]
    public void Schedule_Nothing_ArmsNoTimer() => Assert.Equal(0, _time.ArmedTimers);

    [Fact]
    public void Schedule_SteadyState_AllocatesNothing()
    {
        Deadline deadline = Named("a");
        for (int warm = 0; warm < 2; warm++)
        {
            _timer.Schedule(deadline, TimeSpan.FromSeconds(10));
            _timer.Cancel(deadline);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int round = 0; round < 1000; round++)
        {
            _timer.Schedule(deadline, TimeSpan.FromSeconds(20));
            _timer.Cancel(deadline);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private Deadline Named(string name) => new(new Recorder(name, _passed));

    private sealed class Recorder(string name, List<string> passed) : IDeadlineOwner
    {
        public void OnDeadline() => passed.Add(name);
    }
}
