using Trunkline.Harness;
using Trunkline.Rpc.Tests.Servers;

namespace Trunkline.Rpc.Tests.EndToEnd;

/// <summary>How calls end before their time, seen from both sides at once.</summary>
public sealed class EndingTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task DisposingTheChannel_EndsItsCallsCancelledOnBothSides()
    {
        var entered = new TaskCompletionSource();
        var cancelled = new TaskCompletionSource();
        await using Duo duo = Duo.Start(TextService.Builder().Unary("Wait", (_, context) => WaitForCancel(context, entered, cancelled)));
        Task<string> call = duo.Calls.AsyncUnaryCall(TextService.Method(MethodType.Unary, "Wait"), null, default, "x").ResponseAsync;
        await entered.Task.WaitAsync(Patience);
        await duo.Channel.DisposeAsync();
        Assert.Equal(StatusCode.Cancelled, (await Assert.ThrowsAsync<RpcException>(() => call)).StatusCode);
        await cancelled.Task.WaitAsync(Patience);
    }

    [Fact]
    public async Task DisposingTheServer_EndsItsCallsUnavailable()
    {
        var entered = new TaskCompletionSource();
        var cancelled = new TaskCompletionSource();
        await using Duo duo = Duo.Start(TextService.Builder().Unary("Wait", (_, context) => WaitForCancel(context, entered, cancelled)));
        Task<string> call = duo.Calls.AsyncUnaryCall(TextService.Method(MethodType.Unary, "Wait"), null, default, "x").ResponseAsync;
        await entered.Task.WaitAsync(Patience);
        await duo.Server.DisposeAsync();
        Assert.Equal(StatusCode.Unavailable, (await Assert.ThrowsAsync<RpcException>(() => call)).StatusCode);
        await cancelled.Task.WaitAsync(Patience);
    }

    [Fact]
    public async Task ShuttingTheServerDown_LetsTheCallFinish()
    {
        var entered = new TaskCompletionSource();
        var gate = new TaskCompletionSource<string>();
        await using Duo duo = Duo.Start(TextService.Builder().Unary("Wait", async (_, _) =>
        {
            entered.SetResult();
            return await gate.Task;
        }));
        Task<string> call = duo.Calls.AsyncUnaryCall(TextService.Method(MethodType.Unary, "Wait"), null, default, "x").ResponseAsync;
        await entered.Task.WaitAsync(Patience);
        Task shutdown = duo.Server.ShutdownAsync();
        gate.SetResult("finished");
        Assert.Equal("finished", await call.WaitAsync(Patience));
        await shutdown.WaitAsync(Patience);
    }

    [Fact]
    public async Task CancellingTheCall_CancelsTheHandler()
    {
        var entered = new TaskCompletionSource();
        var cancelled = new TaskCompletionSource();
        await using Duo duo = Duo.Start(TextService.Builder().Unary("Wait", (_, context) => WaitForCancel(context, entered, cancelled)));
        using var cancellation = new CancellationTokenSource();
        Task<string> call = duo.Calls.AsyncUnaryCall(
            TextService.Method(MethodType.Unary, "Wait"), null, new CallOptions(cancellationToken: cancellation.Token), "x").ResponseAsync;
        await entered.Task.WaitAsync(Patience);
        await cancellation.CancelAsync();
        Assert.Equal(StatusCode.Cancelled, (await Assert.ThrowsAsync<RpcException>(() => call)).StatusCode);
        await cancelled.Task.WaitAsync(Patience);
    }

    [Fact]
    public async Task Deadline_PassesOnBothSides()
    {
        var time = new ManualTimeProvider();
        var entered = new TaskCompletionSource();
        var cancelled = new TaskCompletionSource();
        DateTime seen = default;
        await using Duo duo = Duo.Start(
            TextService.Builder().Unary("Wait", (_, context) =>
            {
                seen = context.Deadline;
                return WaitForCancel(context, entered, cancelled);
            }),
            new ServerOptions { TimeProvider = time },
            new ChannelOptions { TimeProvider = time });
        DateTime deadline = time.GetUtcNow().UtcDateTime.AddMilliseconds(500);
        Task<string> call = duo.Calls.AsyncUnaryCall(
            TextService.Method(MethodType.Unary, "Wait"), null, new CallOptions(deadline: deadline), "x").ResponseAsync;
        await entered.Task.WaitAsync(Patience);
        time.Advance(TimeSpan.FromMilliseconds(501));
        Assert.Equal(StatusCode.DeadlineExceeded, (await Assert.ThrowsAsync<RpcException>(() => call)).StatusCode);
        await cancelled.Task.WaitAsync(Patience);
        Assert.Equal(deadline, seen);
    }

    [Fact]
    public async Task Metadata_GoesBothWaysInHeadersAndTrailers()
    {
        await using Duo duo = Duo.Start(TextService.Builder().Unary("Echo", async (request, context) =>
        {
            var headers = new Metadata();
            foreach (Metadata.Entry entry in context.RequestHeaders.Where(entry => entry.Key.StartsWith("x-", StringComparison.Ordinal)))
            {
                headers.Add(entry);
                context.ResponseTrailers.Add(entry);
            }

            await context.WriteResponseHeadersAsync(headers);
            return request;
        }));
        var sent = new Metadata { { "x-text", "a b" }, { "x-twice", "1" }, { "x-twice", "2" }, { "x-raw-bin", [0, 255, 1] } };
        for (int round = 0; round < 3; round++)
        {
            using AsyncUnaryCall<string> call =
                duo.Calls.AsyncUnaryCall(TextService.Method(MethodType.Unary, "Echo"), null, new CallOptions(sent), "x");
            Metadata headers = await call.ResponseHeadersAsync;
            await call.ResponseAsync;
            foreach (Metadata back in new[] { headers, call.GetTrailers() })
            {
                Assert.Equal("a b", back.GetValue("x-text"));
                Assert.Equal(["1", "2"], back.GetAll("x-twice").Select(entry => entry.Value));
                Assert.Equal([0, 255, 1], back.GetValueBytes("x-raw-bin"));
            }
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Gzip_GoesBothWays(bool stream)
    {
        await using Duo duo = Duo.Start(
            TextService.Builder()
                .Unary("Echo", (request, _) => Task.FromResult(request))
                .Duplex("Talk", async (requests, responses, _) =>
                {
                    while (await requests.MoveNext(CancellationToken.None))
                    {
                        await responses.WriteAsync(requests.Current);
                    }
                }),
            new ServerOptions { ResponseCompression = "gzip" },
            new ChannelOptions { Compression = "gzip" });
        string text = new('g', 100_000);
        if (!stream)
        {
            Assert.Equal(text, await duo.Calls.AsyncUnaryCall(TextService.Method(MethodType.Unary, "Echo"), null, default, text));
            return;
        }

        using AsyncDuplexStreamingCall<string, string> call =
            duo.Calls.AsyncDuplexStreamingCall(TextService.Method(MethodType.DuplexStreaming, "Talk"), null, default);
        for (int round = 0; round < 10; round++)
        {
            await call.RequestStream.WriteAsync(text);
            Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));
            Assert.Equal(text, call.ResponseStream.Current);
        }

        await call.RequestStream.CompleteAsync();
        Assert.False(await call.ResponseStream.MoveNext(CancellationToken.None));
    }

    private static async Task<string> WaitForCancel(ServerCallContext context, TaskCompletionSource entered, TaskCompletionSource cancelled)
    {
        using CancellationTokenRegistration registration = context.CancellationToken.Register(() => cancelled.TrySetResult());
        entered.SetResult();
        await cancelled.Task;
        return "";
    }
}
