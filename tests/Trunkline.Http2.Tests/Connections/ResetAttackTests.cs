using Trunkline.Harness;

namespace Trunkline.Http2.Tests.Connections;

/// <summary>
/// Streams that a peer ends, or makes this side end, as soon as they have begun: their places are free at once while their handlers run on. Running
/// handlers are capped first, the rate of what is refused second.
/// </summary>
public class ResetAttackTests
{
    private const int StreamLimit = 8;
    private const int RefusalBurst = 32;

    private static readonly PreparedFields Ok = Prepare((":status", "200"));

    /// <summary>CVE-2023-44487 against handlers that do not heed their cancellation.</summary>
    [Fact]
    public async Task RST_STREAM_Received_RapidReset_HandlersStuck_EnhanceYourCalm()
    {
        var time = new ManualTimeProvider();
        var handler = new WorkingServer();
        await using AttackFixture attacked = await AttackFixture.ConnectAsync(handler, new Http2Options { TimeProvider = time, MaxConcurrentStreams = StreamLimit });
        int next = 1;
        async Task OpenAndResetAsync(int count)
        {
            for (int i = 0; i < count; i++, next += 2)
            {
                await attacked.Peer.SendRequestAsync(next, endStream: true);
                await attacked.Peer.SendRstStreamAsync(next, Http2ErrorCode.Cancel);
            }
        }

        // As many as may be unfinished; the next has to wait until patience is over, and is the first to be refused.
        await OpenAndResetAsync(StreamLimit);
        await attacked.Peer.ExpectAliveAsync();
        await OpenAndResetAsync(1);
        await PassAsync(time, UnfinishedPatience, () => attacked.Peer.ExpectRstStreamAsync((2 * StreamLimit) + 1, Http2ErrorCode.RefusedStream));
        Assert.Equal(StreamLimit, handler.Begun);

        // The clock has moved, so the budget is full or nearly so.
        await Dialogue.UntilClosedAsync(() => OpenAndResetAsync(1), RefusalBurst + 1);
        string reason = await attacked.Peer.ExpectEndAsync(Http2ErrorCode.EnhanceYourCalm);
        Assert.Contains("Http2Limits.Refusals", reason, StringComparison.Ordinal);
        Assert.Equal(StreamLimit, handler.Begun);
    }

    /// <summary>The same against handlers that end when their stream does: they cost what any call costs, and nobody is punished.</summary>
    [Fact]
    public async Task RST_STREAM_Received_EarlyCancellations_HandlersHeedThem_NoGoAway()
    {
        var handler = new WorkingServer { EndsOnClose = true };
        await using AttackFixture attacked = await AttackFixture.ConnectAsync(handler, new Http2Options { TimeProvider = new ManualTimeProvider() });
        for (int id = 1; id < 40_000; id += 2)
        {
            await attacked.Peer.SendRequestAsync(id, endStream: true);
            await attacked.Peer.SendRstStreamAsync(id, Http2ErrorCode.Cancel);
        }

        await attacked.Peer.ExpectAliveAsync();
        Assert.Equal(20_000, handler.Begun);
    }

    /// <summary>The read loop is held while too many handlers are unfinished, and goes on as soon as they end.</summary>
    [Fact]
    public async Task HEADERS_Received_HandlersUnfinished_WaitsForThem()
    {
        var handler = new WorkingServer();
        await using AttackFixture attacked = await AttackFixture.ConnectAsync(
            handler, new Http2Options { TimeProvider = new ManualTimeProvider(), MaxConcurrentStreams = StreamLimit });
        for (int id = 1; id < 2 * StreamLimit; id += 2)
        {
            await attacked.Peer.SendRequestAsync(id, endStream: true);
            await attacked.Peer.SendRstStreamAsync(id, Http2ErrorCode.Cancel);
        }

        await attacked.Peer.ExpectAliveAsync();
        await attacked.Peer.SendRequestAsync((2 * StreamLimit) + 1, endStream: true);
        Task alive = attacked.Peer.ExpectAliveAsync();
        handler.EndAll();
        await alive;
        Assert.Equal(StreamLimit + 1, handler.Begun);
    }

    /// <summary>A reset behind the peer's END_STREAM and this side's answer is free, and so is one of a stream that is over.</summary>
    [Fact]
    public async Task RST_STREAM_Received_AfterTheAnswer_IsFree()
    {
        var handler = new WorkingServer { Answer = Ok, EndsOnClose = true };
        var limits = new Http2Limits { LateFrames = new(1, 0), Refusals = new(1, 0), StreamErrors = new(1, 0) };
        await using AttackFixture attacked = await AttackFixture.ConnectAsync(handler, new Http2Options { TimeProvider = new ManualTimeProvider(), Limits = limits });
        for (int id = 1; id < 20_000; id += 2)
        {
            await attacked.Peer.SendRequestAsync(id, endStream: true);
            await attacked.Peer.ExpectAsync(FrameKind.Headers);
            await attacked.Peer.SendRstStreamAsync(id, Http2ErrorCode.Cancel);
        }

        await attacked.Peer.ExpectAliveAsync();
    }

    /// <summary>CVE-2025-8671: each of these makes the server reset a stream whose handler runs.</summary>
    [Theory]
    [InlineData("WINDOW_UPDATE of 0")]
    [InlineData("window overflow")]
    [InlineData("PRIORITY of 4 bytes")]
    [InlineData("PRIORITY on itself")]
    [InlineData("DATA after END_STREAM")]
    [InlineData("HEADERS after END_STREAM")]
    [InlineData("malformed trailers")]
    public async Task Frame_Received_MadeYouReset_EnhanceYourCalm(string trick)
    {
        var handler = new WorkingServer { EndsOnClose = true };
        await using AttackFixture attacked = await AttackFixture.ConnectAsync(handler, new Http2Options { TimeProvider = new ManualTimeProvider() });
        for (int i = 0; i < 201; i++)
        {
            int id = (2 * i) + 1;
            await attacked.Peer.SendRequestAsync(id, endStream: !trick.StartsWith("malformed", StringComparison.Ordinal));
            await PlayAsync(attacked.Peer, id, trick);
        }

        string reason = await attacked.Peer.ExpectEndAsync(Http2ErrorCode.EnhanceYourCalm);
        Assert.Contains("Http2Limits.StreamErrors", reason, StringComparison.Ordinal);
        Assert.InRange(handler.Begun, 1, 201);
    }

    /// <summary>A client that does not care for the stream limit.</summary>
    [Fact]
    public async Task HEADERS_Received_FarAboveTheStreamLimit_EnhanceYourCalm()
    {
        var handler = new WorkingServer();
        await using AttackFixture attacked = await AttackFixture.ConnectAsync(
            handler, new Http2Options { TimeProvider = new ManualTimeProvider(), MaxConcurrentStreams = StreamLimit });
        for (int i = 0; i <= StreamLimit + RefusalBurst; i++)
        {
            await attacked.Peer.SendRequestAsync((2 * i) + 1, endStream: true);
        }

        Assert.Contains("Http2Limits.Refusals", await attacked.Peer.ExpectEndAsync(Http2ErrorCode.EnhanceYourCalm), StringComparison.Ordinal);
        Assert.Equal(StreamLimit, handler.Begun);
    }

    /// <summary>The end of a connection does not wait for stuck handlers.</summary>
    [Fact]
    public async Task Abort_WhileTheReadLoopIsHeld_EndsAtOnce()
    {
        var handler = new WorkingServer();
        await using AttackFixture attacked = await AttackFixture.ConnectAsync(handler, new Http2Options { TimeProvider = new ManualTimeProvider(), MaxConcurrentStreams = 1 });
        await attacked.Peer.SendRequestAsync(1, endStream: true);
        await attacked.Peer.SendRstStreamAsync(1, Http2ErrorCode.Cancel);
        await attacked.Peer.ExpectAliveAsync();
        await attacked.Peer.SendRequestAsync(3, endStream: true);
        attacked.Connection.Abort(Http2ErrorCode.NoError, "enough");
        await attacked.Connection.Closed.WaitAsync(TimeSpan.FromSeconds(20));
    }

    private static readonly TimeSpan UnfinishedPatience = Http2.Connections.UnfinishedStreams.Patience;

    private static Task PlayAsync(FramePeer peer, int id, string trick) => trick switch
    {
        "WINDOW_UPDATE of 0" => peer.SendWindowUpdateAsync(id, 0),
        "window overflow" => peer.SendWindowUpdateAsync(id, int.MaxValue),
        "PRIORITY of 4 bytes" => peer.SendFrameAsync(FrameKind.Priority, 0, id, 0, 0, 0, 0),
        "PRIORITY on itself" => peer.SendFrameAsync(FrameKind.Priority, 0, id, 0, 0, (byte)(id >> 8), (byte)id, 10),
        "DATA after END_STREAM" => peer.SendDataAsync(id, [1, 2, 3, 4, 5]),
        "HEADERS after END_STREAM" => peer.SendRequestAsync(id, endStream: true),
        _ => peer.SendHeadersAsync(id, endStream: true, (":path", "/")),
    };

    // The clock may only move once the other side waits on it, which nothing tells: it moves until the answer is there.
    private static async Task PassAsync(ManualTimeProvider time, TimeSpan step, Func<Task> expectation)
    {
        Task expected = expectation();
        while (!expected.IsCompleted)
        {
            time.Advance(step / 10);
            await Task.Yield();
        }

        await expected;
    }

    private static PreparedFields Prepare(params (string Name, string Value)[] fields)
    {
        var section = new FieldSection();
        foreach ((string name, string value) in fields)
        {
            section.Add(name, value);
        }

        return new PreparedFields(section);
    }
}
