using Trunkline.Rpc.Dispatching;

namespace Trunkline.Rpc.Tests.Dispatching;

public sealed class WorkFanTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Open_ManyItems_RunsEachOnce()
    {
        var fan = new WorkFan();
        using var done = new CountdownEvent(1000);
        int[] runs = new int[1000];
        for (int index = 0; index < runs.Length; index++)
        {
            int number = index;
            fan.Gather(new Item(() =>
            {
                Interlocked.Increment(ref runs[number]);
                done.Signal();
            }));
            if (index % 37 == 0)
            {
                fan.Open();
            }
        }

        fan.Open();
        Assert.True(await Task.Run(() => done.Wait(Patience)));
        Assert.All(runs, count => Assert.Equal(1, count));
    }

    [Fact]
    public void Open_ItemThatBlocks_DelaysNoOther()
    {
        var fan = new WorkFan();
        using var release = new ManualResetEventSlim();
        using var others = new CountdownEvent(10);
        using var blocked = new CountdownEvent(1);
        fan.Gather(new Item(() =>
        {
            release.Wait(Patience);
            blocked.Signal();
        }));
        for (int index = 0; index < 10; index++)
        {
            fan.Gather(new Item(() => others.Signal()));
        }

        fan.Open();
        Assert.True(others.Wait(Patience));
        Assert.Equal(1, blocked.CurrentCount);
        release.Set();
        Assert.True(blocked.Wait(Patience));
    }

    [Fact]
    public void Post_AfterAnItemThatSetAnAsyncLocal_DoesNotSeeIt()
    {
        var fan = new WorkFan();
        var local = new AsyncLocal<string?>();
        string? seen = "unset";
        using var done = new CountdownEvent(1);
        fan.Gather(new Item(() => local.Value = "left behind"));
        fan.Gather(new Item(() =>
        {
            seen = local.Value;
            done.Signal();
        }));
        fan.Open();
        Assert.True(done.Wait(Patience));
        Assert.Null(seen);
    }

    private sealed class Item(Action action) : IWorkItem
    {
        public void Run() => action();
    }
}
