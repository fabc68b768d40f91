using FsCheck;
using FsCheck.Fluent;
using Trunkline.Harness.Relays;

namespace Trunkline.Http2.Tests.Relays;

public class LinkScheduleTests
{
    private const long Frequency = TimeSpan.TicksPerSecond;

    [Fact]
    public void Send_WithoutDelayAndRate_ComesOutAtOnce()
    {
        var schedule = new LinkSchedule(LinkShape.Open, Frequency);
        Assert.Equal(77, schedule.Send(77, 1_000_000));
    }

    [Fact]
    public void Send_IdleLink_TakesItsTimeOnTheLinkAndTheDelay()
    {
        var schedule = new LinkSchedule(new LinkShape { Delay = TimeSpan.FromMilliseconds(10), BytesPerSecond = 1000 }, Frequency);
        Assert.Equal(TimeSpan.FromMilliseconds(110).Ticks, schedule.Send(0, 100));
        Assert.Equal(TimeSpan.FromMilliseconds(210).Ticks, schedule.Send(0, 100));
        Assert.Equal(TimeSpan.FromMilliseconds(1011).Ticks, schedule.Send(TimeSpan.FromSeconds(1).Ticks, 1));
    }

    // However blocks come, none overtakes another, none is early, and the last is out when all bytes at the link's rate and the idle times are over.
    [Fact]
    public void Send_AnyArrivals_KeepsOrderDelayAndRate() =>
        Prop.ForAll<(ushort Gap, ushort Bytes)[], ushort, byte>((arrivals, rate, delay) =>
        {
            long bytesPerSecond = rate + 1;
            var shape = new LinkShape { Delay = TimeSpan.FromMilliseconds(delay), BytesPerSecond = bytesPerSecond };
            var schedule = new LinkSchedule(shape, Frequency);
            long now = 0;
            long last = 0;
            double busyUntil = 0;
            foreach ((ushort gap, ushort bytes) in arrivals)
            {
                now += gap;
                double time = (double)Frequency * bytes / bytesPerSecond;
                busyUntil = Math.Max(now, busyUntil) + time;
                long due = schedule.Send(now, bytes);
                Assert.True(due >= last);
                Assert.True(due >= now + shape.Delay.Ticks + (long)time);
                Assert.InRange(due - shape.Delay.Ticks - busyUntil, -1, 2);
                last = due;
            }

            return true;
        }).QuickCheckThrowOnFailure();
}
