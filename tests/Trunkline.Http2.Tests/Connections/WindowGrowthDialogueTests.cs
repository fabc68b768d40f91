using Trunkline.Harness;

namespace Trunkline.Http2.Tests.Connections;

/// <summary>When PINGs that measure go out, and what their answers do to windows. Names: FRAME_Received_Condition_Outcome.</summary>
public class WindowGrowthDialogueTests
{
    private const int Window = 160_000;
    private static readonly TimeSpan RoundTrip = TimeSpan.FromMilliseconds(100);

    [Fact]
    public async Task DATA_Received_HalfAWindow_PingFollowsBehindTheConnectionsCredit()
    {
        await using var way = await LongWay.ConnectAsync();
        await way.SendAsync(7);
        Assert.Empty(await way.Fixture.Peer.DrainAsync());
        await way.SendAsync(1);
        PeerFrame credit = await way.Fixture.Peer.ExpectAsync(FrameKind.WindowUpdate);
        Assert.Equal((0, 80_000u), (credit.Stream, credit.Number(0)));
        Assert.False((await way.Fixture.Peer.ExpectAsync(FrameKind.Ping)).IsAck);
    }

    [Fact]
    public async Task DATA_Received_WhileAPingIsUnanswered_NoOtherFollows()
    {
        await using var way = await LongWay.ConnectAsync();
        await way.ReceiveProbeAsync();
        for (int i = 0; i < 20; i++)
        {
            await way.SendAndConsumeAsync(8);
        }

        Assert.DoesNotContain(await way.Fixture.Peer.DrainAsync(), static frame => frame.Kind == FrameKind.Ping);
    }

    [Fact]
    public async Task PING_Received_AnswerAfterAFullWindow_ConnectionAndStreamGrow()
    {
        await using var way = await LongWay.ConnectAsync();
        PeerFrame probe = await way.ReceiveProbeAsync();
        await way.SendAndConsumeAsync(8);
        await way.SendAndConsumeAsync(8);
        await way.Fixture.Peer.DrainAsync();

        await way.AnswerAsync(probe);

        // 160,000 bytes in a round trip: twice as much.
        await way.SendAndConsumeAsync(4);
        PeerFrame stream = Assert.Single(await way.Fixture.Peer.DrainAsync(), static frame => frame is { Kind: FrameKind.WindowUpdate, Stream: 1 });
        Assert.Equal(40_000u + 160_000u, stream.Number(0));
    }

    [Fact]
    public async Task PING_Received_AnswerAfterAFullWindow_ConnectionsWindowFollows()
    {
        await using var way = await LongWay.ConnectAsync(new Http2Options { InitialStreamWindow = Window, ConnectionWindow = Window });
        PeerFrame probe = await way.ReceiveProbeAsync();
        await way.SendAndConsumeAsync(8);
        await way.SendAndConsumeAsync(8);
        uint before = ConnectionCredit(await way.Fixture.Peer.DrainAsync());
        await way.AnswerAsync(probe);
        uint after = ConnectionCredit(await way.Fixture.Peer.DrainAsync());
        Assert.Equal(160_000u + 160_000u, before + after);
    }

    [Fact]
    public async Task PING_Received_AnswerAfterLittle_NothingGrows()
    {
        await using var way = await LongWay.ConnectAsync();
        PeerFrame probe = await way.ReceiveProbeAsync();
        await way.AnswerAsync(probe);
        await way.SendAndConsumeAsync(4);
        PeerFrame stream = Assert.Single(await way.Fixture.Peer.DrainAsync(), static frame => frame is { Kind: FrameKind.WindowUpdate, Stream: 1 });
        Assert.Equal(40_000u, stream.Number(0));
    }

    [Fact]
    public async Task PING_Received_AnswerNobodyAskedFor_ChangesNothing()
    {
        await using var way = await LongWay.ConnectAsync();
        PeerFrame probe = await way.ReceiveProbeAsync();
        await way.AnswerAsync(probe);
        await way.SendAndConsumeAsync(16);
        await way.AnswerAsync(probe);
        await way.AnswerAsync(probe);
        IEnumerable<PeerFrame> updates = (await way.Fixture.Peer.DrainAsync()).Where(static frame => frame is { Kind: FrameKind.WindowUpdate, Stream: 1 });
        Assert.All(updates, static update => Assert.Equal(40_000u, update.Number(0)));
    }

    [Fact]
    public async Task PING_Received_AnswersToProbeAndUser_AreNotMixedUp()
    {
        await using var way = await LongWay.ConnectAsync();
        PeerFrame probe = await way.ReceiveProbeAsync();
        Task<TimeSpan> asked = way.Fixture.Connection.PingAsync(CancellationToken.None);
        PeerFrame ping = await way.Fixture.Peer.ExpectAsync(FrameKind.Ping);
        Assert.NotEqual(probe.Payload, ping.Payload);

        await way.AnswerAsync(probe);
        Assert.False(asked.IsCompleted);
        await way.AnswerAsync(ping);
        Assert.Equal(2 * RoundTrip, await asked.WaitAsync(TimeSpan.FromSeconds(20)));
    }

    [Fact]
    public async Task DATA_Received_StreamThatHadGrownIsOver_TheNextOneGrows()
    {
        await using var way = await LongWay.ConnectAsync(new Http2Options { InitialStreamWindow = Window, MaxWindowGrowth = 100_000 });
        PeerFrame probe = await way.ReceiveProbeAsync();
        await way.SendAndConsumeAsync(8);
        await way.SendAndConsumeAsync(8);
        await way.AnswerAsync(probe);
        await way.SendAndConsumeAsync(4);
        Assert.Contains(await way.Fixture.Peer.DrainAsync(), static frame => frame is { Kind: FrameKind.WindowUpdate, Stream: 1 } && frame.Number(0) == 140_000);

        // The budget is spent: a second stream gets back what it has sent, and no more.
        await way.OpenAsync(3);
        await way.SendAndConsumeAsync(4);
        Assert.Contains(await way.Fixture.Peer.DrainAsync(), static frame => frame is { Kind: FrameKind.WindowUpdate, Stream: 3 } && frame.Number(0) == 40_000);

        await way.Fixture.Peer.SendRstStreamAsync(1, Http2ErrorCode.Cancel);
        await way.SendAndConsumeAsync(4);
        Assert.Contains(await way.Fixture.Peer.DrainAsync(), static frame => frame is { Kind: FrameKind.WindowUpdate, Stream: 3 } && frame.Number(0) == 140_000);
    }

    [Fact]
    public async Task DATA_Received_NobodyConsumes_TheStreamDoesNotGrow()
    {
        await using var way = await LongWay.ConnectAsync();
        await way.SendAsync(8);
        PeerFrame probe = Assert.Single(await way.Fixture.Peer.DrainAsync(), static frame => frame.Kind == FrameKind.Ping);
        await way.SendAsync(8);
        await way.AnswerAsync(probe);
        Assert.DoesNotContain(await way.Fixture.Peer.DrainAsync(), static frame => frame is { Kind: FrameKind.WindowUpdate, Stream: 1 });
        await way.SendAsync(1);
        await way.Fixture.Peer.ExpectRstStreamAsync(1, Http2ErrorCode.FlowControlError);
    }

    [Fact]
    public async Task DATA_Received_GrowthIsOff_NoPingEver()
    {
        await using var way = await LongWay.ConnectAsync(new Http2Options { InitialStreamWindow = Window, MaxStreamWindow = 0 });
        for (int i = 0; i < 20; i++)
        {
            await way.SendAndConsumeAsync(8);
        }

        Assert.DoesNotContain(await way.Fixture.Peer.DrainAsync(), static frame => frame.Kind == FrameKind.Ping);
    }

    [Fact]
    public async Task HEADERS_Sent_AfterALongResponse_CreditFollowsAtOnce()
    {
        var time = new ManualTimeProvider();
        await using ClientFixture fixture = await ClientFixture.ConnectAsync(new Http2Options { InitialStreamWindow = Window, TimeProvider = time });
        await RespondAsync(fixture, 1, count: 8);
        PeerFrame probe = Assert.Single(await fixture.Peer.DrainAsync(), static frame => frame.Kind == FrameKind.Ping);
        await RespondAsync(fixture, 3, count: 16);
        time.Advance(RoundTrip);
        await fixture.Peer.SendFrameAsync(FrameKind.Ping, 0x1, 0, probe.Payload);
        await fixture.Peer.DrainAsync();

        fixture.Open();
        await fixture.Peer.ExpectAsync(FrameKind.Headers);
        PeerFrame credit = await fixture.Peer.ExpectAsync(FrameKind.WindowUpdate);
        Assert.Equal((5, 160_000u), (credit.Stream, credit.Number(0)));

        // Once a short response has ended, the next request asks for nothing.
        await RespondAsync(fixture, 7, count: 1);
        await fixture.Peer.DrainAsync();
        fixture.Open();
        Assert.Equal([FrameKind.Headers], (await fixture.Peer.DrainAsync()).Select(static frame => frame.Kind));
    }

    private static async Task RespondAsync(ClientFixture fixture, int id, int count)
    {
        (Http2Stream stream, RecordingStream events) = fixture.Open();
        await fixture.Peer.SendHeadersAsync(id, endStream: false, (":status", "200"));
        await events.ExpectAsync("headers");
        for (int i = 0; i < count; i++)
        {
            await fixture.Peer.SendDataAsync(id, new byte[10_000]);
            await events.ExpectAsync("data 10000");
            stream.Consume(10_000);
        }

        await fixture.Peer.SendDataAsync(id, [], endStream: true);
        await events.ExpectAsync("data 0 end", "closed");
    }

    private static uint ConnectionCredit(IEnumerable<PeerFrame> frames) =>
        (uint)frames.Where(static frame => frame is { Kind: FrameKind.WindowUpdate, Stream: 0 }).Sum(static frame => frame.Number(0));

    /// <summary>A server connection whose client is a round trip away, and sends DATA of 10,000 bytes each.</summary>
    private sealed class LongWay(ServerFixture fixture, ManualTimeProvider time) : IAsyncDisposable
    {
        private RecordingStream _stream = null!;
        private int _id;

        public ServerFixture Fixture { get; } = fixture;

        public static async Task<LongWay> ConnectAsync(Http2Options? options = null)
        {
            var time = new ManualTimeProvider();
            options ??= new Http2Options { InitialStreamWindow = Window };
            var way = new LongWay(await ServerFixture.ConnectAsync(options with { TimeProvider = time }), time);
            await way.OpenAsync(1);
            return way;
        }

        public async Task OpenAsync(int id)
        {
            _id = id;
            await Fixture.Peer.SendRequestAsync(id, endStream: false);
            _stream = await Fixture.Events.NextStreamAsync();
            await _stream.ExpectAsync("headers");
        }

        public async Task SendAsync(int count)
        {
            for (int i = 0; i < count; i++)
            {
                await Fixture.Peer.SendDataAsync(_id, new byte[10_000]);
            }
        }

        public async Task SendAndConsumeAsync(int count)
        {
            await SendAsync(count);
            for (int i = 0; i < count; i++)
            {
                await _stream.ExpectAsync("data 10000");
                _stream.Stream!.Consume(10_000);
            }
        }

        public async Task<PeerFrame> ReceiveProbeAsync()
        {
            await SendAndConsumeAsync(8);
            return Assert.Single(await Fixture.Peer.DrainAsync(), static frame => frame.Kind == FrameKind.Ping);
        }

        public async Task AnswerAsync(PeerFrame ping)
        {
            time.Advance(RoundTrip);
            await Fixture.Peer.SendFrameAsync(FrameKind.Ping, 0x1, 0, ping.Payload);
        }

        public ValueTask DisposeAsync() => Fixture.DisposeAsync();
    }
}
