using FsCheck;
using FsCheck.Fluent;
using Trunkline.Http2.FlowControl;

namespace Trunkline.Http2.Tests.FlowControl;

public class WindowGrowthTests
{
    [Fact]
    public void Grow_ToTheSize_TakesTheBudget()
    {
        var growth = new WindowGrowth(100, 1000) { Size = 400 };
        var window = new ReceiveWindow(100);
        Assert.Equal(300, growth.Grow(ref window));
        Assert.Equal(400, window.Target);
        Assert.Equal(700, growth.Left);
        Assert.Equal(0, growth.Grow(ref window));
        growth.End(window);
        Assert.Equal(1000, growth.Left);
    }

    [Fact]
    public void Grow_BudgetSpent_StaysAsItIs()
    {
        var growth = new WindowGrowth(100, 350) { Size = 400 };
        var first = new ReceiveWindow(100);
        var second = new ReceiveWindow(100);
        var third = new ReceiveWindow(100);
        Assert.Equal(300, growth.Grow(ref first));
        Assert.Equal(50, growth.Grow(ref second));
        Assert.Equal(0, growth.Grow(ref third));
        growth.End(first);
        Assert.Equal(300, growth.Grow(ref third));
    }

    [Fact]
    public void Grow_ReaderBehindByMoreThanHalfAWindow_StaysAsItIs()
    {
        var growth = new WindowGrowth(100, 1000) { Size = 400 };
        var window = new ReceiveWindow(100);
        Assert.True(window.TryReceive(51));
        Assert.Equal(0, growth.Grow(ref window));
        Assert.Equal(0, window.Consume(1));
        Assert.Equal(301, growth.Grow(ref window));
    }

    [Fact]
    public void GrowsAhead_LastStreamGaveCreditBack_UntilAShortOneEnds()
    {
        var growth = new WindowGrowth(100, 1000);
        var small = new ReceiveWindow(100);
        Assert.True(small.TryReceive(24));
        Assert.Equal(0, small.Consume(24));
        growth.End(small);
        Assert.False(growth.GrowsAhead);

        var large = new ReceiveWindow(100);
        Assert.True(large.TryReceive(25));
        Assert.Equal(25, large.Consume(25));
        growth.End(large);
        Assert.True(growth.GrowsAhead);

        growth.End(small);
        Assert.False(growth.GrowsAhead);
    }

    // Whatever streams begin, receive, consume, grow and end: no window passes the size or 2^31-1, the growth of all is what the budget lacks, and the
    // credit of each is what its sender has.
    [Fact]
    public void Budget_AnyStreams_IsConserved() =>
        Prop.ForAll<(byte Stream, byte Event, ushort Amount)[], ushort, ushort>((events, budget, step) =>
        {
            const int Initial = 1000;
            var growth = new WindowGrowth(Initial, budget);
            var windows = new ReceiveWindow[4];
            long[] credit = new long[4];
            Array.Fill(windows, new ReceiveWindow(Initial));
            Array.Fill(credit, Initial);
            foreach ((byte stream, byte kind, ushort amount) in events)
            {
                int i = stream % 4;
                ref ReceiveWindow window = ref windows[i];
                switch (kind % 4)
                {
                    case 0:
                        int sent = (int)Math.Min(amount, credit[i]);
                        Assert.True(window.TryReceive(sent));
                        credit[i] -= sent;
                        break;
                    case 1:
                        int announced = window.Consume(Math.Min(amount, window.Unconsumed));
                        credit[i] += announced > 0 ? announced + growth.Grow(ref window) : 0;
                        break;
                    case 2:
                        growth.Size = (int)Math.Min((long)growth.Size + (step * 1000L), Window.MaxSize);
                        break;
                    default:
                        growth.End(window);
                        window = new ReceiveWindow(Initial);
                        credit[i] = Initial;
                        break;
                }

                Assert.Equal(credit[i], window.Available);
                Assert.InRange(window.Target, Initial, growth.Size);
                Assert.InRange(window.PendingCredit, 0, window.Target / 4);
                Assert.Equal(budget, growth.Left + windows.Sum(static w => (long)w.Grown));
            }

            return true;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public async Task Budget_ManyThreads_IsNeitherOverdrawnNorLost()
    {
        const int Budget = 10_000;
        var growth = new WindowGrowth(100, Budget) { Size = 3100 };
        long outstanding = 0;
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
        {
            for (int i = 0; i < 20_000; i++)
            {
                var window = new ReceiveWindow(100);
                int grown = growth.Grow(ref window);
                Assert.InRange(Interlocked.Add(ref outstanding, grown), 0, Budget);
                Interlocked.Add(ref outstanding, -grown);
                growth.End(window);
            }
        })));
        Assert.Equal(Budget, growth.Left);
    }
}
