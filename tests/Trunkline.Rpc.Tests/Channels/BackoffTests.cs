using Trunkline.Rpc.Channels;

namespace Trunkline.Rpc.Tests.Channels;

public sealed class BackoffTests
{
    [Fact]
    public void Next_WithoutChance_GrowsBySixTenthsUpToTheMaximum()
    {
        var backoff = new Backoff(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(120), () => 0.5);
        double[] expected = [1, 1.6, 2.56, 4.096, 6.5536, 10.48576, 16.777216, 26.8435456, 42.94967296, 68.719476736, 109.9511627776, 120, 120];

        foreach (double seconds in expected)
        {
            Assert.Equal(seconds, backoff.Next().TotalSeconds, precision: 5);
        }
    }

    [Theory]
    [InlineData(0.0, 1.28)]
    [InlineData(1.0, 1.92)]
    public void Next_Chance_IsAFifthEitherWayAndDoesNotAddUp(double chance, double second)
    {
        var backoff = new Backoff(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(120), () => chance);

        Assert.Equal(1, backoff.Next().TotalSeconds, precision: 5);
        Assert.Equal(second, backoff.Next().TotalSeconds, precision: 5);
        Assert.Equal(second * 1.6, backoff.Next().TotalSeconds, precision: 5);
    }

    [Fact]
    public void Reset_BeginsAnew()
    {
        var backoff = new Backoff(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(120), () => 0.5);
        backoff.Next();
        backoff.Next();
        backoff.Reset();

        Assert.Equal(TimeSpan.FromSeconds(1), backoff.Next());
    }

    [Fact]
    public void Next_InitialAboveMaximum_IsTheMaximum() =>
        Assert.Equal(TimeSpan.FromSeconds(2), new Backoff(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(2), () => 0.5).Next());
}
