using FsCheck;
using FsCheck.Fluent;
using Trunkline.Rpc.Deadlines;

namespace Trunkline.Rpc.Tests.Deadlines;

/// <summary>The wheel against the plainest model there is: a list sorted by due tick.</summary>
public sealed class DeadlineWheelTests
{
    [Fact]
    public void Wheel_AnyOperations_AgreesWithASortedList() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), seed => Run(new System.Random(seed))).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(63, 64)]
    [InlineData(4095, 4096)]
    [InlineData((1L << 36) - 1, 1L << 36)]
    [InlineData((1L << 42) - 1, 1L << 42)]
    public void Advance_AcrossALevelBoundary_IsExact(long now, long due)
    {
        var wheel = new DeadlineWheel();
        wheel.Rebase(now);
        wheel.Add(NewDeadline(), due);
        Assert.Null(wheel.Advance(due - 1));
        Assert.NotNull(wheel.Advance(due));
        Assert.Equal(0, wheel.Count);
    }

    [Fact]
    public void Advance_FarBeyondTheReach_IsNeitherEarlyNorLost()
    {
        var wheel = new DeadlineWheel();
        long due = long.MaxValue / TimeSpan.TicksPerMillisecond;
        wheel.Add(NewDeadline(), due);
        Assert.Null(wheel.Advance(1L << 37));
        Assert.Equal(1, wheel.Count);
        Assert.True(wheel.NextTick() <= due);
    }

    private static void Run(System.Random random)
    {
        var wheel = new DeadlineWheel();
        wheel.Rebase(random.NextInt64(0, 1L << random.Next(1, 43)));
        var model = new List<(long Due, Deadline Deadline)>();
        long now = wheel.Now;
        for (int step = 0; step < 300; step++)
        {
            switch (random.Next(5))
            {
                case 0 or 1 or 2:
                    Deadline added = NewDeadline();
                    long due = now + random.NextInt64(0, 1L << random.Next(1, 40));
                    wheel.Add(added, due);
                    model.Add((Math.Max(due, now + 1), added));
                    break;
                case 3 when model.Count > 0:
                    int index = random.Next(model.Count);
                    wheel.Remove(model[index].Deadline);
                    model.RemoveAt(index);
                    break;
                default:
                    now += random.NextInt64(0, 1L << random.Next(1, 39));
                    CheckAdvance(wheel, model, now);
                    break;
            }

            Assert.Equal(model.Count, wheel.Count);
            Assert.True(model.Count == 0 ? wheel.NextTick() == long.MaxValue : wheel.NextTick() <= model.Min(entry => entry.Due));
            Assert.True(wheel.NextTick() > now);
        }
    }

    private static void CheckAdvance(DeadlineWheel wheel, List<(long Due, Deadline Deadline)> model, long now)
    {
        var taken = new List<Deadline>();
        for (Deadline? deadline = wheel.Advance(now); deadline is not null; deadline = deadline.Next)
        {
            Assert.False(deadline.IsScheduled);
            taken.Add(deadline);
        }

        long[] expected = [.. model.Where(entry => entry.Due <= now).Select(entry => entry.Due).Order()];
        Assert.Equal(expected, taken.Select(deadline => deadline.Due));
        model.RemoveAll(entry => entry.Due <= now);
    }

    private static Deadline NewDeadline() => new(new Silent());

    private sealed class Silent : IDeadlineOwner
    {
        public void OnDeadline() => Assert.Fail("The wheel alone tells nobody.");
    }
}
