using Trunkline.Http2.Limits;

namespace Trunkline.Http2.Tests.Limits;

public class StandstillTests
{
    [Fact]
    public void Observe_SameProgress_CountsFromTheFirstLook()
    {
        Standstill standstill = default;
        Assert.Equal(TimeSpan.Zero, standstill.Observe(7, TimeSpan.FromSeconds(10)));
        Assert.Equal(TimeSpan.FromSeconds(5), standstill.Observe(7, TimeSpan.FromSeconds(15)));
        Assert.Equal(TimeSpan.FromSeconds(6), standstill.Observe(7, TimeSpan.FromSeconds(16)));
    }

    [Fact]
    public void Observe_OtherProgress_BeginsAnew()
    {
        Standstill standstill = default;
        standstill.Observe(7, TimeSpan.FromSeconds(10));
        Assert.Equal(TimeSpan.Zero, standstill.Observe(8, TimeSpan.FromSeconds(30)));
        Assert.Equal(TimeSpan.FromSeconds(1), standstill.Observe(8, TimeSpan.FromSeconds(31)));
    }

    [Fact]
    public void Observe_NothingUnderWay_IsNoStandstill()
    {
        Standstill standstill = default;
        Assert.Equal(TimeSpan.Zero, standstill.Observe(0, TimeSpan.FromSeconds(10)));
        Assert.Equal(TimeSpan.Zero, standstill.Observe(0, TimeSpan.FromSeconds(100)));
    }
}
