using Trunkline.Harness.Traffic;

namespace Trunkline.Http2.Tests.Connections;

/// <summary>Honest clients never pay. The same with a million calls each: <c>Trunkline.Conformance honest 1000000</c>.</summary>
public class HonestPeerTests
{
    private const int Calls = 20_000;

    [Theory]
    [InlineData(HonestHabit.EarlyCancellation)]
    [InlineData(HonestHabit.DeadlineRace)]
    [InlineData(HonestHabit.EarlyAnswer)]
    public async Task Calls_ThatLookLikeAnAttack_DrawNoGoAwayAndNoRefusal(HonestHabit habit)
    {
        HonestReport report = await HonestTraffic.RunAsync(habit, Calls, new Http2Options()).WaitAsync(TimeSpan.FromSeconds(120));
        Assert.Null(report.ConnectionEnd);
        Assert.Equal(Calls, report.Answered + report.Cancelled);
        Assert.Equal(0, report.Refused);
    }
}
