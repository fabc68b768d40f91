namespace Trunkline.Rpc.Tests.Clients;

/// <summary>The call classes by themselves, put together as interceptors and tests of users do.</summary>
public sealed class CallObjectTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task UnaryCall_Composed_ShowsItsParts()
    {
        bool disposed = false;
        var headers = new Metadata { { "h", "1" } };
        var call = new AsyncUnaryCall<string>(
            Task.FromResult("reply"), Task.FromResult(headers), () => Status.DefaultSuccess, () => Metadata.Empty, () => disposed = true);

        Assert.Equal("reply", await call);
        Assert.Equal("reply", await call.ConfigureAwait(false));
        Assert.Same(headers, await call.ResponseHeadersAsync);
        Assert.Equal(StatusCode.OK, call.GetStatus().StatusCode);
        call.Dispose();
        Assert.True(disposed);
    }

    [Fact]
    public async Task UnaryCall_AwaitedSeveralTimesAndWays_GivesTheSame()
    {
        await using var server = new ScriptedServer(async call => call.Answer((await call.ReadAsync())!));
        await using Channel channel = server.CreateChannel();
        AsyncUnaryCall<string> call = channel.CreateCallInvoker().AsyncUnaryCall(TestMethods.Unary, null, default, "x");

        Task<string> task = call.ResponseAsync;
        Task<string>[] awaits = [.. Enumerable.Range(0, 4).Select(_ => AwaitAsync(call))];

        Assert.Equal(["x", "x", "x", "x"], await Task.WhenAll(awaits).WaitAsync(Patience));
        Assert.Equal("x", await task);
        Assert.Equal("x", await call);
        Assert.Same(task, call.ResponseAsync);
        Assert.Empty(await call.ResponseHeadersAsync);
    }

    [Fact]
    public async Task UnaryCall_WithASynchronizationContext_ContinuesThere()
    {
        var gate = new TaskCompletionSource();
        await using var server = new ScriptedServer(async call =>
        {
            await gate.Task;
            call.Answer((await call.ReadAsync())!);
        });
        await using Channel channel = server.CreateChannel();
        var context = new CountingContext();
        AsyncUnaryCall<string> call = channel.CreateCallInvoker().AsyncUnaryCall(TestMethods.Unary, null, default, "x");

        SynchronizationContext? before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(context);
        Task<string> there = AwaitAsync(call);
        Task<string> anywhere = AwaitAnywhereAsync(call);
        SynchronizationContext.SetSynchronizationContext(before);
        gate.SetResult();

        Assert.Equal("x", await there.WaitAsync(Patience));
        Assert.Equal("x", await anywhere.WaitAsync(Patience));
        Assert.Equal(1, context.Posts);
    }

    [Fact]
    public async Task UnaryCall_BlockedOnWithoutAwait_GivesTheResponse()
    {
        await using var server = new ScriptedServer(async call => call.Answer((await call.ReadAsync())!));
        await using Channel channel = server.CreateChannel();

        string reply = await OwnThread.Run(() => channel.CreateCallInvoker().AsyncUnaryCall(TestMethods.Unary, null, default, "x").GetAwaiter().GetResult())
            .WaitAsync(Patience);

        Assert.Equal("x", reply);
    }

    [Fact]
    public void CallOptions_With_ChangesOneThing()
    {
        DateTime deadline = new(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        using var source = new CancellationTokenSource();
        var headers = new Metadata();
        CallOptions options = default(CallOptions)
            .WithHeaders(headers).WithDeadline(deadline).WithCancellationToken(source.Token).WithWriteOptions(WriteOptions.Default).WithWaitForReady();

        Assert.Same(headers, options.Headers);
        Assert.Equal(deadline, options.Deadline);
        Assert.Equal(source.Token, options.CancellationToken);
        Assert.Same(WriteOptions.Default, options.WriteOptions);
        Assert.True(options.IsWaitForReady);
        Assert.False(options.WithWaitForReady(false).IsWaitForReady);
    }

    private static async Task<string> AwaitAsync(AsyncUnaryCall<string> call) => await call;

    private static async Task<string> AwaitAnywhereAsync(AsyncUnaryCall<string> call) => await call.ConfigureAwait(false);

    private sealed class CountingContext : SynchronizationContext
    {
        private int _posts;

        public int Posts => Volatile.Read(ref _posts);

        public override void Post(SendOrPostCallback d, object? state)
        {
            Interlocked.Increment(ref _posts);
            ThreadPool.QueueUserWorkItem(_ => d(state));
        }
    }
}
