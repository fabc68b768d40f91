using FsCheck;
using FsCheck.Fluent;
using Trunkline.Http2.FlowControl;

namespace Trunkline.Http2.Tests.FlowControl;

public class BandwidthEstimatorTests
{
    private const int Initial = 65_536;
    private const int Max = 16 * 1024 * 1024;

    [Fact]
    public void Receive_LessThanHalfAWindow_AsksForNoProbe()
    {
        var estimator = new BandwidthEstimator(Initial, Max);
        Assert.False(estimator.Receive((Initial / 2) - 1));
        Assert.True(estimator.Receive(1));
    }

    [Fact]
    public void Receive_WhileAProbeIsUnanswered_AsksForNoOther()
    {
        var estimator = new BandwidthEstimator(Initial, Max);
        Assert.True(estimator.Receive(Initial));
        estimator.Begin(0);
        for (int i = 0; i < 10_000; i++)
        {
            Assert.False(estimator.Receive(Initial));
        }

        Assert.Equal(Initial, estimator.Size);
    }

    [Theory]
    [InlineData(Initial, Initial)]
    [InlineData(Initial, 0)]
    public void Receive_WithNowhereToGrow_AsksForNoProbe(int size, int max)
    {
        var estimator = new BandwidthEstimator(size, max);
        Assert.False(estimator.Receive(int.MaxValue));
    }

    // 3/4 of the window is the least that a sample holds while the window is the limit.
    [Fact]
    public void End_WindowWasTheLimit_GrowsByHalfOrMore()
    {
        var estimator = new BandwidthEstimator(Initial, Max);
        Assert.True(Probe(estimator, Initial * 3 / 4, 0, 100));
        Assert.Equal(Initial * 3 / 2, estimator.Size);
    }

    [Fact]
    public void End_NetworkWasTheLimit_StaysAsItIs()
    {
        var estimator = new BandwidthEstimator(Initial, Max);
        Assert.False(Probe(estimator, Initial / 2, 0, 100));
        Assert.Equal(Initial, estimator.Size);
    }

    [Fact]
    public void End_AtOnce_IsNoDivisionByZero()
    {
        var estimator = new BandwidthEstimator(Initial, Max);
        Assert.True(Probe(estimator, 10 * Initial, 5, 5));
        Assert.InRange(estimator.Size, Initial, Max);
    }

    // A queue on the way makes round trips longer. The product stays.
    [Fact]
    public void End_RoundTripStretchedByAQueue_StaysAsItIs()
    {
        var estimator = new BandwidthEstimator(Initial, Max);
        Assert.False(Probe(estimator, Initial / 2, 0, 100));
        Assert.False(Probe(estimator, 10 * Initial, 1000, 1000 + 2000));
    }

    [Fact]
    public void Receive_AfterProbesThatBringNothing_WaitsLongerUpToFourWindows()
    {
        var estimator = new BandwidthEstimator(Initial, Max);
        List<long> waits = [];
        for (int i = 0; i < 8; i++)
        {
            long waited = 1;
            while (!estimator.Receive(1))
            {
                waited++;
            }

            waits.Add(waited);
            estimator.Begin(0);
            Assert.False(estimator.End(100));
        }

        Assert.Equal([Initial / 2, Initial, 2 * Initial, 4 * Initial, 4 * Initial, 4 * Initial, 4 * Initial, 4 * Initial], waits);
    }

    [Fact]
    public void Receive_AtTheLargestSize_AsksForNoProbe()
    {
        var estimator = new BandwidthEstimator(Initial, 2 * Initial);
        Assert.True(Probe(estimator, 100 * Initial, 0, 100));
        Assert.Equal(2 * Initial, estimator.Size);
        Assert.False(estimator.Receive(int.MaxValue));
    }

    // Over a link of any product, with some answers late and any credit on its way back: the size never shrinks, covers the product, stays below two of
    // them, and comes to rest.
    [Fact]
    public void Size_OverASteadyLink_GrowsToTheProductAndRests() =>
        Prop.ForAll(Gen.Choose(1, 24 * 1024 * 1024).ToArbitrary(), Gen.Choose(0, int.MaxValue).ToArbitrary(), (product, seed) =>
        {
            var random = new Random(seed);
            var estimator = new BandwidthEstimator(Initial, Max);
            long now = 0;
            for (int i = 0; i < 200; i++)
            {
                int before = estimator.Size;
                ProbeOverLink(estimator, product, random, ref now);
                Assert.InRange(estimator.Size, before, Max);
            }

            Assert.InRange(estimator.Size, Math.Min(product, Max), Math.Max(Initial, (2L * product) + 2));
            int rest = estimator.Size;
            for (int i = 0; i < 50; i++)
            {
                ProbeOverLink(estimator, product, random, ref now);
            }

            Assert.Equal(rest, estimator.Size);
        }).QuickCheckThrowOnFailure();

    // The peer sends what its window allows or what the link takes, whichever is less; every fourth answer but the first is late, in which time the link
    // moves on. (As long as all answers are late, their round trip is the shortest that anybody knows, and the product is that of the longer way.)
    private static void ProbeOverLink(BandwidthEstimator estimator, int product, Random random, ref long now)
    {
        const int RoundTrip = 10_000;
        int late = random.Next(4) == 0 && now > 0 ? random.Next(3 * RoundTrip) : 0;
        int credit = random.Next(Math.Min(estimator.Size / 4, 512 * 1024) + 1);
        long byLink = (long)product * (RoundTrip + late) / RoundTrip;
        long byWindow = estimator.Size - credit;
        now += 1;
        Probe(estimator, (int)Math.Min(byLink, byWindow), now, now + RoundTrip + late);
        now += RoundTrip + late;
    }

    private static bool Probe(BandwidthEstimator estimator, int bytes, long start, long end)
    {
        if (estimator.Size == Max)
        {
            return false; // Nothing is probed any more.
        }

        while (!estimator.Receive(1024))
        {
            // Until a probe is due.
        }

        estimator.Begin(start);
        Assert.False(estimator.Receive(bytes));
        return estimator.End(end);
    }
}
