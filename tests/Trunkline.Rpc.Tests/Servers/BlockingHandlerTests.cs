using Trunkline.Harness;
using Trunkline.Http2;

namespace Trunkline.Rpc.Tests.Servers;

/// <summary>Handlers that block have workers of their own: never more at once than there are workers, and none for a call that is over.</summary>
public sealed class BlockingHandlerTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task BlockingUnary_ThirtyCallsAndTenWorkers_NeverRunMoreThanTenAtOnce()
    {
        int running = 0;
        int most = 0;
        using var tenRun = new CountdownEvent(10);
        using var release = new ManualResetEventSlim();
        await using MemoryServer server = await MemoryServer.StartAsync(
            TextService.Builder().BlockingUnary("Work", (request, _) =>
            {
                int now = Interlocked.Increment(ref running);
                InterlockedMax(ref most, now);
                if (!tenRun.IsSet)
                {
                    tenRun.Signal();
                }

                release.Wait(Patience);
                Interlocked.Decrement(ref running);
                return request;
            }),
            new ServerOptions { BlockingWorkers = 10 });
        RawCall[] calls = [.. Enumerable.Range(0, 30).Select(index => Start(server.Client, "Work", $"{index}"))];
        Assert.True(await Task.Run(() => tenRun.Wait(Patience)));
        Assert.Equal(10, Volatile.Read(ref running));
        release.Set();
        await Task.WhenAll(calls.Select(call => call.Ended));
        Assert.All(calls, call => Assert.Equal("0", call.Status));
        Assert.Equal(10, most);
    }

    [Fact]
    public async Task BlockingUnary_QueueFull_IsResourceExhaustedAndSaysSo()
    {
        using var release = new ManualResetEventSlim();
        using var entered = new CountdownEvent(1);
        await using MemoryServer server = await MemoryServer.StartAsync(
            TextService.Builder().BlockingUnary("Work", (request, _) =>
            {
                if (request == "first")
                {
                    entered.Signal();
                }

                release.Wait(Patience);
                return request;
            }),
            new ServerOptions { BlockingWorkers = 1, MaxQueuedBlockingCalls = 2 });
        RawCall first = Start(server.Client, "Work", "first");
        Assert.True(await Task.Run(() => entered.Wait(Patience)));
        RawCall[] queued = [Start(server.Client, "Work", "a"), Start(server.Client, "Work", "b")];
        RawCall refused = Start(server.Client, "Work", "c");
        await refused.Ended;
        Assert.Equal("8", refused.Status);
        Assert.Contains("MaxQueuedBlockingCalls", refused.Message, StringComparison.Ordinal);
        release.Set();
        await Task.WhenAll(first.Ended, queued[0].Ended, queued[1].Ended);
        Assert.Equal(("0", "0", "0"), (first.Status, queued[0].Status, queued[1].Status));
        Assert.Equal(0, server.Server.CallsInProgress);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task BlockingUnary_OverWhileQueued_NeverRuns(bool byDeadline)
    {
        var time = new ManualTimeProvider();
        using var release = new ManualResetEventSlim();
        using var entered = new CountdownEvent(1);
        var ran = new List<string>();
        await using MemoryServer server = await MemoryServer.StartAsync(
            TextService.Builder().BlockingUnary("Work", (request, _) =>
            {
                lock (ran)
                {
                    ran.Add(request);
                }

                if (request == "first")
                {
                    entered.Signal();
                    release.Wait(Patience);
                }

                return request;
            }),
            new ServerOptions { BlockingWorkers = 1, TimeProvider = time });
        RawCall first = Start(server.Client, "Work", "first");
        Assert.True(await Task.Run(() => entered.Wait(Patience)));
        RawCall late = Start(server.Client, "Work", "late", ("grpc-timeout", "1S"));
        RawCall last = Start(server.Client, "Work", "last");
        await server.Client.Connection.PingAsync(CancellationToken.None);
        if (byDeadline)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await late.Ended;
            Assert.Equal("4", late.Status);
        }
        else
        {
            late.Stream.Reset(Http2ErrorCode.Cancel);
            await server.Client.Connection.PingAsync(CancellationToken.None);
        }

        release.Set();
        await Task.WhenAll(first.Ended, last.Ended);
        Assert.Equal(["first", "last"], ran);
    }

    [Fact]
    public async Task BlockingDuplex_OpenStream_HoldsItsWorker()
    {
        await using MemoryServer server = await MemoryServer.StartAsync(
            TextService.Builder().BlockingDuplex("Hold", (requests, _) => requests).BlockingUnary("Work", (request, _) => request),
            new ServerOptions { BlockingWorkers = 1 });
        RawCall stream = server.Client.Open(TextService.Path("Hold"));
        stream.Send("one");
        Assert.Equal("one", await stream.Next());
        RawCall waiting = Start(server.Client, "Work", "x");
        await server.Client.Connection.PingAsync(CancellationToken.None);
        Assert.False(waiting.Ended.IsCompleted);
        stream.HalfClose();
        await Task.WhenAll(stream.Ended, waiting.Ended);
        Assert.Equal(("0", "0"), (stream.Status, waiting.Status));
    }

    [Fact]
    public async Task BlockingClientStreaming_ClientResetsWhileItWaits_WakesTheWorker()
    {
        var failure = new TaskCompletionSource<Exception?>();
        using var entered = new CountdownEvent(1);
        await using MemoryServer server = await MemoryServer.StartAsync(TextService.Builder().BlockingClientStreaming("Read", (requests, _) =>
        {
            failure.SetResult(Record.Exception(() =>
            {
                foreach (string request in requests)
                {
                    entered.Signal();
                }
            }));
            return "";
        }));
        RawCall call = server.Client.Open(TextService.Path("Read"));
        call.Send("one");
        Assert.True(await Task.Run(() => entered.Wait(Patience)));
        call.Stream.Reset(Http2ErrorCode.Cancel);
        Assert.Equal(StatusCode.Cancelled, Assert.IsType<RpcException>(await failure.Task.WaitAsync(Patience)).StatusCode);
    }

    [Fact]
    public async Task BlockingServerStreaming_ClientResetsMidway_DisposesTheEnumeration()
    {
        var disposed = new TaskCompletionSource();
        await using MemoryServer server = await MemoryServer.StartAsync(
            TextService.Builder().BlockingServerStreaming("Endless", (_, _) => Endless(disposed)),
            new ServerOptions(),
            new Http2Options { InitialStreamWindow = 65_535 });
        RawCall call = server.Client.Open(TextService.Path("Endless"));
        call.GivesCreditBack = false;
        call.Send("x");
        call.HalfClose();
        await call.Next();
        call.Stream.Reset(Http2ErrorCode.Cancel);
        await disposed.Task.WaitAsync(Patience);
    }

    [Fact]
    public async Task BlockingServerStreaming_NullResponse_IsUnknownAndNotAHang()
    {
        await using MemoryServer server = await MemoryServer.StartAsync(
            TextService.Builder().BlockingServerStreaming("Null", (_, _) => ["one", null!]));
        RawCall call = await server.Client.Unary(TextService.Path("Null"), "x");
        Assert.Equal("2", call.Status);
        Assert.Equal(["one"], await call.Rest());
    }

    private static IEnumerable<string> Endless(TaskCompletionSource disposed)
    {
        try
        {
            while (true)
            {
                yield return new string('x', 1000);
            }
        }
        finally
        {
            disposed.SetResult();
        }
    }

    private static RawCall Start(RawClient client, string method, string message, params (string Name, string? Value)[] headers)
    {
        RawCall call = client.Open(TextService.Path(method), endStream: false, headers);
        call.Send(message);
        call.HalfClose();
        return call;
    }

    private static void InterlockedMax(ref int most, int value)
    {
        for (int seen = Volatile.Read(ref most); value > seen; seen = Volatile.Read(ref most))
        {
            Interlocked.CompareExchange(ref most, value, seen);
        }
    }
}
