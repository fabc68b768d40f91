using Trunkline.Harness;
using Trunkline.Http2;

namespace Trunkline.Rpc.Tests.Servers;

/// <summary>What one client may cost a server: handlers that outlive their calls, and PINGs. Another client beside it notices nothing.</summary>
public sealed class ServerLimitTests
{
    /// <summary>
    /// Rapid reset against handlers that ignore their cancellation: no more of them run than twice the stream limit, the client is turned away, and the
    /// other one is answered all the time.
    /// </summary>
    [Fact]
    public async Task RapidReset_HandlersIgnoreCancellation_FewRunAndTheOtherClientIsServed()
    {
        const int StreamLimit = 20;
        using var end = new SemaphoreSlim(0);
        int running = 0;
        var options = new ServerOptions { Http2 = new Http2Options { MaxConcurrentStreams = StreamLimit } };
        await using MemoryServer fixture = await MemoryServer.StartAsync(
            TextService.Builder()
                .Unary("Stuck", async (request, _) =>
                {
                    Interlocked.Increment(ref running);
                    await end.WaitAsync();
                    return request;
                })
                .Unary("Echo", (request, _) => Task.FromResult(request)),
            options);
        await using RawClient attacker = await RawClient.ConnectAsync(fixture.Listener.Connect());
        while (!attacker.Connection.Closed.IsCompleted)
        {
            if (attacker.Connection.TryOpen(new RawCall(), out Http2Stream? stream) == OpenOutcome.Opened)
            {
                stream!.Write(new Outgoing { MoreHeaders = StuckRequest(), Data = Framed(), EndStream = true });
                stream.Reset(Http2ErrorCode.Cancel);
            }

            await Task.Yield();
        }

        Assert.Equal(Http2ErrorCode.EnhanceYourCalm, attacker.GoAway!.Value.Code);
        Assert.InRange(Volatile.Read(ref running), 0, 2 * StreamLimit);
        RawCall call = await fixture.Client.Unary(TextService.Path("Echo"), "still here");
        Assert.Equal("0", call.Trailers.Find(field => field.Name == "grpc-status").Value);
        end.Release(1000);
    }

    [Fact]
    public async Task PINGs_TooOften_EndWithTooManyPings()
    {
        var time = new ManualTimeProvider();
        await using MemoryServer fixture = await MemoryServer.StartAsync(Echo(), new ServerOptions { TimeProvider = time });
        RawCall open = fixture.Client.Open(TextService.Path("Chat"));
        await open.HeadersCame;

        // The first is in time, two are forgiven.
        for (int i = 0; i < 3; i++)
        {
            await fixture.Client.Connection.PingAsync(CancellationToken.None);
        }

        await Assert.ThrowsAsync<Http2Exception>(() => fixture.Client.Connection.PingAsync(CancellationToken.None));
        Assert.Equal(Http2ErrorCode.EnhanceYourCalm, fixture.Client.GoAway!.Value.Code);
        Assert.Contains("too_many_pings", fixture.Client.GoAway!.Value.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PINGs_EveryTenSecondsWithACallOpen_AreInTime()
    {
        var time = new ManualTimeProvider();
        await using MemoryServer fixture = await MemoryServer.StartAsync(Echo(), new ServerOptions { TimeProvider = time });
        RawCall open = fixture.Client.Open(TextService.Path("Chat"));
        await open.HeadersCame;
        for (int i = 0; i < 100; i++)
        {
            await fixture.Client.Connection.PingAsync(CancellationToken.None);
            time.Advance(TimeSpan.FromSeconds(10));
        }
    }

    [Fact]
    public async Task PINGs_EveryTenSecondsWithoutACall_EndWithTooManyPings()
    {
        var time = new ManualTimeProvider();
        await using MemoryServer fixture = await MemoryServer.StartAsync(Echo(), new ServerOptions { TimeProvider = time });
        await Assert.ThrowsAsync<Http2Exception>(async () =>
        {
            for (int i = 0; i < 4; i++)
            {
                await fixture.Client.Connection.PingAsync(CancellationToken.None);
                time.Advance(TimeSpan.FromSeconds(10));
            }
        });
    }

    [Fact]
    public async Task PINGs_BetweenMessages_AreFree()
    {
        await using MemoryServer fixture = await MemoryServer.StartAsync(Echo(), new ServerOptions { TimeProvider = new ManualTimeProvider() });
        for (int i = 0; i < 200; i++)
        {
            await fixture.Client.Connection.PingAsync(CancellationToken.None);
            await fixture.Client.Unary(TextService.Path("Echo"), "data flows");
        }
    }

    [Fact]
    public async Task PINGs_NoPolicy_AreBoundedByTheFloodBudgetAlone()
    {
        var options = new ServerOptions { TimeProvider = new ManualTimeProvider(), PingPolicy = null };
        await using MemoryServer fixture = await MemoryServer.StartAsync(Echo(), options);
        for (int i = 0; i < 500; i++)
        {
            await fixture.Client.Connection.PingAsync(CancellationToken.None);
        }
    }

    // Answers unary calls; opens a chat with its headers and leaves it open.
    private static ServerServiceDefinition.Builder Echo() =>
        TextService.Builder()
            .Unary("Echo", (request, _) => Task.FromResult(request))
            .Duplex("Chat", async (requests, _, context) =>
            {
                await context.WriteResponseHeadersAsync([]);
                await requests.MoveNext(context.CancellationToken);
            });

    private static FieldSection StuckRequest()
    {
        var fields = new FieldSection();
        fields.Add(":method", "POST");
        fields.Add(":scheme", "http");
        fields.Add(":path", TextService.Path("Stuck"));
        fields.Add(":authority", "test");
        fields.Add("te", "trailers");
        fields.Add("content-type", "application/grpc");
        return fields;
    }

    private static PooledBuffer Framed()
    {
        var data = new PooledBuffer();
        data.Write([0, 0, 0, 0, 1, (byte)'x']);
        return data;
    }
}
