using System.Net;
using System.Net.Sockets;
using Trunkline.Harness;
using Trunkline.Http2;
using Trunkline.Rpc.Tests.Clients;

namespace Trunkline.Rpc.Tests.Channels;

public sealed class ChannelTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task State_FollowsTheConnection()
    {
        await using var server = new ScriptedServer(async call => call.Answer((await call.ReadAsync())!));
        await using Channel channel = server.CreateChannel();
        Assert.Equal(ChannelState.Idle, channel.State);

        Task changed = channel.WaitForStateChangedAsync(ChannelState.Idle);
        await channel.ConnectAsync(CancellationToken.None).WaitAsync(Patience);
        await changed.WaitAsync(Patience);
        Assert.Equal(ChannelState.Ready, channel.State);

        await server.LastConnection.DisposeAsync();
        await channel.WaitForStateChangedAsync(ChannelState.Ready).WaitAsync(Patience);
        Assert.Equal(ChannelState.Idle, channel.State);

        Assert.Equal("again", await Call(channel, "again"));
        Assert.Equal(2, server.Accepted);
        await channel.DisposeAsync();
        Assert.Equal(ChannelState.Shutdown, channel.State);
    }

    [Fact]
    public async Task Call_ToNothing_IsUnavailableThatSaysSoAndRecoversWhenTheServerAppears()
    {
        var time = new ManualTimeProvider();
        await using var server = new ScriptedServer(async call => call.Answer((await call.ReadAsync())!)) { IsDown = true };
        await using Channel channel = server.CreateChannel(new ChannelOptions { TimeProvider = time });

        RpcException exception = await Assert.ThrowsAsync<RpcException>(() => Call(channel, "x"));
        Assert.Equal(StatusCode.Unavailable, exception.StatusCode);
        Assert.Contains("the test says no", exception.Status.Detail, StringComparison.Ordinal);
        Assert.Equal(CallPhase.Connect, exception.Failure!.Phase);
        Assert.True(exception.Failure.IsRetrySafe);

        // Until the pause is over, calls fail at once with the same reason.
        Assert.Equal(ChannelState.TransientFailure, channel.State);
        await Assert.ThrowsAsync<RpcException>(() => Call(channel, "x"));
        Assert.Equal(1, server.Accepted);

        server.IsDown = false;
        Task<string> patient = Call(channel, "patient", new CallOptions().WithWaitForReady());
        while (!patient.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.WhenAny(patient, Task.Delay(10));
        }

        Assert.Equal("patient", await patient);
        Assert.Equal("x", await Call(channel, "x"));
    }

    [Fact]
    public async Task Call_ToAClosedPort_IsUnavailableWithTheAddress()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        int port = ((IPEndPoint)probe.LocalEndpoint).Port;
        probe.Stop();
        using var channel = new Channel("127.0.0.1", port, ChannelCredentials.Insecure);

        RpcException exception = await Assert.ThrowsAsync<RpcException>(() => Call(channel, "x"));

        Assert.Equal(StatusCode.Unavailable, exception.StatusCode);
        Assert.Contains($"127.0.0.1:{port}", exception.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_DeadlinePassesWhileConnecting_SaysWhatItWaitedFor()
    {
        var time = new ManualTimeProvider();
        await using var dialer = new StuckDialer();
        await using var channel = new Channel("nowhere:1", ChannelCredentials.Insecure, new ChannelOptions { Dialer = dialer, TimeProvider = time });

        Task<string> call = Call(channel, "x", new CallOptions(deadline: time.GetUtcNow().UtcDateTime.AddSeconds(3)));
        await dialer.Dialled.WaitAsync(Patience);
        time.Advance(TimeSpan.FromSeconds(4));

        RpcException exception = await Assert.ThrowsAsync<RpcException>(() => call);
        Assert.Equal(StatusCode.DeadlineExceeded, exception.StatusCode);
        Assert.Contains("waited for a connection to nowhere:1", exception.Status.Detail, StringComparison.Ordinal);
        Assert.Equal(CallPhase.Queued, exception.Failure!.Phase);
    }

    [Fact]
    public async Task Connect_OptionsAskForPush_SettingsRefuseIt()
    {
        (MemoryLink ours, MemoryLink theirs) = MemoryLink.CreatePair();
        await using var peer = new FramePeer(theirs);
        var options = new ChannelOptions { Dialer = new LinkDialer(ours), Http2 = new Http2Options { EnablePush = true } };
        await using var channel = new Channel("memory:1", ChannelCredentials.Insecure, options);
        Task connected = channel.ConnectAsync();
        await peer.ExpectPrefaceAsync();
        PeerFrame settings = await peer.ExpectAsync(FrameKind.Settings);
        Assert.Contains("000200000000", settings.Payload.Chunk(6).Select(Convert.ToHexString));
        await peer.SendSettingsAsync();
        await connected.WaitAsync(Patience);
    }

    [Fact]
    public async Task Connect_TakesLongerThanTheTimeLimit_IsGivenUp()
    {
        var time = new ManualTimeProvider();
        await using var dialer = new StuckDialer();
        await using var channel = new Channel("nowhere:1", ChannelCredentials.Insecure, new ChannelOptions { Dialer = dialer, TimeProvider = time });

        Task<string> call = Call(channel, "x");
        await dialer.Dialled.WaitAsync(Patience);
        time.Advance(TimeSpan.FromSeconds(21));

        RpcException exception = await Assert.ThrowsAsync<RpcException>(() => call);
        Assert.Equal(StatusCode.Unavailable, exception.StatusCode);
        Assert.Contains("took too long", exception.Status.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Dispose_OpenAndWaitingCalls_EndCancelled(bool async)
    {
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = new ScriptedServer(async call =>
        {
            arrived.SetResult();
            await call.Closed;
        })
        {
            Options = new Http2Options { MaxConcurrentStreams = 1 },
        };
        Channel channel = server.CreateChannel();
        Task<string> open = Call(channel, "open");
        await arrived.Task.WaitAsync(Patience);
        Task<string> waiting = Call(channel, "waiting");

        if (async)
        {
            await channel.DisposeAsync();
        }
        else
        {
            await Task.Run(channel.Dispose);
        }

        Assert.Equal(StatusCode.Cancelled, (await Assert.ThrowsAsync<RpcException>(() => open)).StatusCode);
        Assert.Equal(StatusCode.Cancelled, (await Assert.ThrowsAsync<RpcException>(() => waiting)).StatusCode);
        Assert.Equal(StatusCode.Cancelled, (await Assert.ThrowsAsync<RpcException>(() => Call(channel, "late"))).StatusCode);
        await Assert.ThrowsAsync<InvalidOperationException>(() => channel.ConnectAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Shutdown_OpenCalls_AreLetFinish()
    {
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var gate = new TaskCompletionSource();
        await using var server = new ScriptedServer(async call =>
        {
            arrived.SetResult();
            await gate.Task;
            call.Answer("done");
        });
        Channel channel = server.CreateChannel();
        Task<string> open = Call(channel, "open");
        await arrived.Task.WaitAsync(Patience);

        Task shutdown = channel.ShutdownAsync();
        Assert.False(shutdown.IsCompleted);
        gate.SetResult();

        Assert.Equal("done", await open);
        await shutdown.WaitAsync(Patience);
    }

    [Fact]
    public async Task Limit_OfTheServer_MakesCallsWaitInOrder()
    {
        var order = new List<string>();
        await using var server = new ScriptedServer(async call =>
        {
            string request = (await call.ReadAsync())!;
            lock (order)
            {
                order.Add(request);
            }

            // The stream is over on this side before the client can know.
            call.Answer(request);
        })
        {
            Options = new Http2Options { MaxConcurrentStreams = 3 },
        };
        await using Channel channel = server.CreateChannel();
        await channel.ConnectAsync(CancellationToken.None).WaitAsync(Patience);

        using AsyncDuplexStreamingCall<string, string> first = Hold(channel);
        using AsyncDuplexStreamingCall<string, string> second = Hold(channel);
        using AsyncDuplexStreamingCall<string, string> third = Hold(channel);
        Task<string>[] waiting = [.. Enumerable.Range(0, 3).Select(i => Call(channel, $"{i}"))];
        Assert.All(waiting, call => Assert.False(call.IsCompleted));
        await first.RequestStream.WriteAsync("held");
        await first.RequestStream.CompleteAsync();

        Assert.Equal(["0", "1", "2"], await Task.WhenAll(waiting));
        Assert.Equal(["held", "0", "1", "2"], order);
        Assert.Equal(1, server.Accepted);
    }

    [Fact]
    public async Task GoAway_CallsUnderWayFinishBesideANewConnection()
    {
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var gate = new TaskCompletionSource();
        await using var server = new ScriptedServer(async call =>
        {
            string request = (await call.ReadAsync())!;
            if (request == "slow")
            {
                arrived.SetResult();
                await gate.Task;
            }

            call.Answer(request);
        });
        await using Channel channel = server.CreateChannel();
        Task<string> slow = Call(channel, "slow");
        await arrived.Task.WaitAsync(Patience);

        Task drained = server.LastConnection.ShutdownAsync(CancellationToken.None);
        await channel.WaitForStateChangedAsync(ChannelState.Ready).WaitAsync(Patience);

        Assert.Equal("quick", await Call(channel, "quick"));
        Assert.Equal(2, server.Accepted);
        gate.SetResult();
        Assert.Equal("slow", await slow);
        await drained.WaitAsync(Patience);
    }

    [Fact]
    public async Task GoAway_TooManyPings_LaterConnectionsAskHalfAsOften()
    {
        await using var server = new ScriptedServer(async call => call.Answer((await call.ReadAsync())!));
        var logs = new RecordingLoggerFactory();
        await using Channel channel = server.CreateChannel(new ChannelOptions
        {
            LoggerFactory = logs,
            Http2 = new Http2Options { KeepAliveInterval = TimeSpan.FromSeconds(60) },
        });
        Assert.Equal("first", await Call(channel, "first"));
        server.LastConnection.Abort(Http2ErrorCode.EnhanceYourCalm, "too_many_pings");
        string complaint = await logs.WaitForAsync(eventId: 105).WaitAsync(Patience);
        Assert.Contains("00:02:00", complaint, StringComparison.Ordinal);
        Assert.Equal("second", await Call(channel, "second"));
    }

    [Fact]
    public async Task ConnectionLost_CallsUnderWay_AreUnavailableAndTheNextOneReconnects()
    {
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = new ScriptedServer(async call =>
        {
            string request = (await call.ReadAsync())!;
            if (request == "first")
            {
                arrived.SetResult();
                await call.Closed;
                return;
            }

            call.Answer(request);
        });
        await using Channel channel = server.CreateChannel();
        Task<string> first = Call(channel, "first");
        await arrived.Task.WaitAsync(Patience);

        server.LastConnection.Abort(Http2ErrorCode.InternalError, "the test pulls the plug");

        RpcException exception = await Assert.ThrowsAsync<RpcException>(() => first);
        Assert.Equal(StatusCode.Unavailable, exception.StatusCode);
        Assert.Equal("second", await Call(channel, "second"));
    }

    [Fact]
    public async Task ConnectAsync_DeadlinePasses_GivesUp()
    {
        var time = new ManualTimeProvider();
        await using var dialer = new StuckDialer();
        await using var channel = new Channel("nowhere:1", ChannelCredentials.Insecure, new ChannelOptions { Dialer = dialer, TimeProvider = time });

        Task connect = channel.ConnectAsync(time.GetUtcNow().UtcDateTime.AddSeconds(1));
        time.Advance(TimeSpan.FromSeconds(2));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => connect.WaitAsync(Patience));
        Assert.False(await channel.TryWaitForStateChangedAsync(ChannelState.Connecting, time.GetUtcNow().UtcDateTime));
    }

    [Fact]
    public void Constructor_UnknownCompression_IsRefused() => Assert.Throws<ArgumentException>(
        () => new Channel("localhost:1", ChannelCredentials.Insecure, new ChannelOptions { Compression = "zip" }));

    private static AsyncDuplexStreamingCall<string, string> Hold(Channel channel) =>
        channel.CreateCallInvoker().AsyncDuplexStreamingCall(TestMethods.Duplex, null, default);

    private static Task<string> Call(Channel channel, string request, CallOptions options = default) =>
        channel.CreateCallInvoker().AsyncUnaryCall(TestMethods.Unary, null, options, request).ResponseAsync.WaitAsync(Patience);

    /// <summary>Dials until it is cancelled.</summary>
    private sealed class LinkDialer(Link link) : Dialer
    {
        public override string Target => "memory:1";

        public override ValueTask<Link> DialAsync(CancellationToken cancellationToken) => ValueTask.FromResult(link);
    }

    private sealed class StuckDialer : Dialer, IAsyncDisposable
    {
        private readonly TaskCompletionSource _dialled = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override string Target => "nowhere:1";

        public Task Dialled => _dialled.Task;

        public override async ValueTask<Link> DialAsync(CancellationToken cancellationToken)
        {
            _dialled.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
            throw new IOException("unreachable");
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
