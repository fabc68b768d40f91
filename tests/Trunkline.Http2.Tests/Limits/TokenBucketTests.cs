using FsCheck;
using FsCheck.Fluent;
using Trunkline.Http2.Limits;

namespace Trunkline.Http2.Tests.Limits;

public class TokenBucketTests
{
    private static readonly Gen<(int Cost, int WaitMilliseconds)[]> Steps =
        (from cost in Gen.Choose(1, 20) from wait in Gen.Choose(0, 2000) select (cost, wait)).ArrayOf();

    [Fact]
    public void Take_TheWholeBurst_ThenNothingUntilTimePasses()
    {
        var bucket = new TokenBucket(new RateLimit(3, 2));
        Assert.True(bucket.TryTake(3, TimeSpan.Zero));
        Assert.False(bucket.TryTake(1, TimeSpan.FromMilliseconds(499)));
        Assert.True(bucket.TryTake(1, TimeSpan.FromMilliseconds(500)));
        Assert.False(bucket.TryTake(1, TimeSpan.FromMilliseconds(500)));
    }

    [Fact]
    public void Take_AfterALongPause_NoMoreThanTheBurst()
    {
        var bucket = new TokenBucket(new RateLimit(3, 2));
        Assert.True(bucket.TryTake(3, TimeSpan.FromHours(1)));
        Assert.False(bucket.TryTake(1, TimeSpan.FromHours(1)));
    }

    [Fact]
    public void Take_Unlimited_Always()
    {
        var bucket = new TokenBucket(RateLimit.Unlimited);
        for (int i = 0; i < 10; i++)
        {
            Assert.True(bucket.TryTake(int.MaxValue, TimeSpan.Zero));
        }
    }

    /// <summary>In any span no more is taken than the burst and what the rate adds; and a refusal means that it would have been more.</summary>
    [Fact]
    public void Take_InAnySpan_StaysWithinBurstAndRate() =>
        Prop.ForAll(Steps.ToArbitrary(), steps =>
        {
            var limit = new RateLimit(30, 7);
            var bucket = new TokenBucket(limit);
            var taken = new List<(double At, int Cost)>();
            double now = 0;
            foreach ((int cost, int wait) in steps)
            {
                now += wait / 1000.0;
                bool allowed = bucket.TryTake(cost, TimeSpan.FromSeconds(now));
                double fullest = Spans(taken, now, cost).Max(span => span.Taken - limit.Burst - (limit.PerSecond * span.Length));
                if (allowed != fullest <= 0.001 && Math.Abs(fullest) > 0.001)
                {
                    return false;
                }

                if (allowed)
                {
                    taken.Add((now, cost));
                }
            }

            return true;
        }).QuickCheckThrowOnFailure();

    private static IEnumerable<(double Taken, double Length)> Spans(List<(double At, int Cost)> taken, double now, int cost)
    {
        yield return (cost, 0);
        double sum = cost;
        for (int i = taken.Count - 1; i >= 0; i--)
        {
            sum += taken[i].Cost;
            yield return (sum, now - taken[i].At);
        }
    }
}
