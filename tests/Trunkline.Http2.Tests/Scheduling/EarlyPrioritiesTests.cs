using FsCheck;
using FsCheck.Fluent;
using Trunkline.Http2.Scheduling;

namespace Trunkline.Http2.Tests.Scheduling;

public class EarlyPrioritiesTests
{
    // Against a dictionary: what was said last is taken once, and whatever lies below an opened stream is forgotten.
    [Fact]
    public void AnyUpdatesAndOpenings_AreRememberedUntilTheStreamIsPast() =>
        Prop.ForAll<(bool IsOpening, byte Id, byte Urgency)[]>(events =>
        {
            var early = new EarlyPriorities();
            var reference = new SortedDictionary<int, PrioritySignal>();
            int opened = 0;
            foreach ((bool isOpening, byte number, byte urgency) in events)
            {
                int id = opened + 1 + (number % 40);
                if (isOpening)
                {
                    opened = opened + 1 + (number % 3);
                    bool isKnown = reference.TryGetValue(opened, out PrioritySignal expected);
                    Assert.Equal(isKnown, early.TryTake(new StreamId(opened), out PrioritySignal taken));
                    Assert.Equal(expected, taken);
                    foreach (int past in reference.Keys.Where(key => key <= opened).ToArray())
                    {
                        reference.Remove(past);
                    }
                }
                else
                {
                    Assert.Equal(reference.ContainsKey(id), early.Contains(new StreamId(id)));
                    var signal = PrioritySignal.Of(new Priority(urgency % 8));
                    reference[id] = signal;
                    early.Set(new StreamId(id), signal);
                }

                Assert.Equal(reference.Count, early.Count);
            }

            return true;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500).WithEndSize(200));
}
