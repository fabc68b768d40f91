using Trunkline.Http2.Limits;

namespace Trunkline.Http2.Tests.Limits;

public class PingStrikesTests
{
    private static readonly PingPolicy Policy = new();

    [Fact]
    public void Receive_BeforeTime_TwoStrikesAreForgiven()
    {
        var strikes = new PingStrikes(Policy);
        Assert.True(strikes.TryReceive(0, hasStreams: true, TimeSpan.Zero));
        Assert.True(strikes.TryReceive(0, hasStreams: true, TimeSpan.FromSeconds(1)));
        Assert.True(strikes.TryReceive(0, hasStreams: true, TimeSpan.FromSeconds(2)));
        Assert.False(strikes.TryReceive(0, hasStreams: true, TimeSpan.FromSeconds(3)));
    }

    [Fact]
    public void Receive_InTime_IsNoStrike()
    {
        var strikes = new PingStrikes(Policy);
        for (int i = 0; i < 100; i++)
        {
            Assert.True(strikes.TryReceive(0, hasStreams: true, TimeSpan.FromSeconds(10 * i)));
        }
    }

    [Fact]
    public void Receive_WithoutStreams_TheTimeIsLonger()
    {
        var strikes = new PingStrikes(Policy with { MaxStrikes = 0 });
        Assert.True(strikes.TryReceive(0, hasStreams: false, TimeSpan.Zero));
        Assert.False(strikes.TryReceive(0, hasStreams: false, TimeSpan.FromSeconds(299)));
        Assert.True(strikes.TryReceive(0, hasStreams: false, TimeSpan.FromSeconds(300)));
    }

    [Fact]
    public void Receive_BehindFramesOfThisSide_WipesStrikesAway()
    {
        var strikes = new PingStrikes(Policy);
        for (int i = 0; i < 100; i++)
        {
            Assert.True(strikes.TryReceive(framesSent: i / 3, hasStreams: true, TimeSpan.Zero));
        }
    }
}
