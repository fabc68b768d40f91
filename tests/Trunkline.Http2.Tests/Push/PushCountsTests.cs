using FsCheck;
using FsCheck.Fluent;
using Trunkline.Http2.Push;

namespace Trunkline.Http2.Tests.Push;

public class PushCountsTests
{
    private const int MaxReserved = 5;
    private const uint MaxActive = 3;

    // Whatever happens to whichever stream: the counts are what the streams' places add up to, and never above the limits.
    [Fact]
    public void Counts_AfterAnyEvents_AreTheSumOfTheStages() => Prop.ForAll(
        ArbMap.Default.ArbFor<(byte Stream, byte Happens)[]>(),
        events =>
        {
            PushCounts counts = default;
            var stages = new PushStage[12];
            foreach ((byte stream, byte happens) in events)
            {
                Apply(ref counts, ref stages[stream % stages.Length], happens % 3);
                Assert.Equal(stages.Count(stage => stage == PushStage.Reserved), counts.Reserved);
                Assert.Equal(stages.Count(stage => stage == PushStage.Active), counts.Active);
                Assert.True(counts.Reserved <= MaxReserved && counts.Active <= MaxActive);
            }
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void TryStart_StreamThatIsNotReserved_ChangesNothing()
    {
        PushCounts counts = default;
        PushStage stage = PushStage.None;
        Assert.True(counts.TryStart(ref stage, maxActive: 0));
        Assert.Equal((PushStage.None, 0, 0), (stage, counts.Reserved, counts.Active));
    }

    private static void Apply(ref PushCounts counts, ref PushStage stage, int happens)
    {
        if (happens == 0 && stage == PushStage.None)
        {
            counts.TryReserve(ref stage, MaxReserved);
        }
        else if (happens == 1)
        {
            counts.TryStart(ref stage, MaxActive);
        }
        else
        {
            counts.End(ref stage);
        }
    }
}
