using Trunkline.Harness;
using Trunkline.Http2.Connections;

namespace Trunkline.Http2.Tests.Connections;

/// <summary>Priorities between the two sides, frame by frame. Names: FRAME_Received_Condition_Outcome.</summary>
public class PriorityDialogueTests
{
    private const ushort InitialWindowSize = 4;
    private const ushort NoRfc7540Priorities = 9;
    private const int Quantum = 16_384;
    private static readonly PreparedFields Ok = Prepare((":status", "200"));

    [Theory]
    [InlineData("u=1", 1, false)]
    [InlineData("u=6, i", 6, true)]
    [InlineData("u=9, i=maybe", 3, false)]
    [InlineData("u=1, (", 3, false)]
    public async Task HEADERS_Received_PriorityField_IsTheStreamsPriority(string value, int urgency, bool incremental)
    {
        await using ServerFixture fixture = await ServerFixture.ConnectAsync();
        await fixture.Peer.SendRequestAsync(1, endStream: true, ("priority", value));
        RecordingStream stream = await fixture.Events.NextStreamAsync();
        Assert.Equal(new Priority(urgency, incremental), stream.Stream!.Priority);
    }

    [Fact]
    public async Task HEADERS_Received_TwoPriorityLines_AreOneValue()
    {
        await using ServerFixture fixture = await ServerFixture.ConnectAsync();
        await fixture.Peer.SendRequestAsync(1, endStream: true, ("priority", "u=5, i"), ("priority", "u=1"));
        Assert.Equal(new Priority(1, incremental: true), (await fixture.Events.NextStreamAsync()).Stream!.Priority);
    }

    [Fact]
    public async Task HEADERS_Sent_PriorityInTheResponse_GoesOverTheClientsKeyByKey()
    {
        await using ServerFixture fixture = await ServerFixture.ConnectAsync();
        await fixture.Peer.SendRequestAsync(1, endStream: true, ("priority", "u=5, i"));
        RecordingStream stream = await fixture.Events.NextStreamAsync();
        stream.Stream!.Write(new Outgoing { Headers = Prepare((":status", "200"), ("priority", "u=2")) });
        Assert.Equal(new Priority(2, incremental: true), stream.Stream.Priority);
        stream.Stream.Priority = new Priority(7);
        Assert.Equal(new Priority(7), stream.Stream.Priority);
        await SynchronizeAsync(fixture.Peer, fixture.Peer.SendPriorityUpdateAsync(1, "u=0, i"));
        Assert.Equal(new Priority(7), stream.Stream.Priority);
    }

    [Fact]
    public async Task PRIORITY_UPDATE_Received_OpenStream_ReplacesTheField()
    {
        await using ServerFixture fixture = await ServerFixture.ConnectAsync();
        await fixture.Peer.SendRequestAsync(1, endStream: true, ("priority", "u=5, i"));
        RecordingStream stream = await fixture.Events.NextStreamAsync();
        await SynchronizeAsync(fixture.Peer, fixture.Peer.SendPriorityUpdateAsync(1, "u=1"));
        Assert.Equal(new Priority(1), stream.Stream!.Priority);
        await SynchronizeAsync(fixture.Peer, fixture.Peer.SendPriorityUpdateAsync(1, "no dictionary"));
        Assert.Equal(default, stream.Stream.Priority);
    }

    [Fact]
    public async Task PRIORITY_UPDATE_Received_BeforeHeaders_IsRememberedAndGoesOverTheField()
    {
        await using ServerFixture fixture = await ServerFixture.ConnectAsync();
        await fixture.Peer.SendPriorityUpdateAsync(5, "u=0");
        await fixture.Peer.SendPriorityUpdateAsync(3, "u=1");
        await fixture.Peer.SendPriorityUpdateAsync(3, "u=2, i");
        await fixture.Peer.SendRequestAsync(3, endStream: true, ("priority", "u=6"));
        Assert.Equal(new Priority(2, incremental: true), (await fixture.Events.NextStreamAsync()).Stream!.Priority);
        await fixture.Peer.SendRequestAsync(5, endStream: true);
        Assert.Equal(new Priority(0), (await fixture.Events.NextStreamAsync()).Stream!.Priority);
        await fixture.Peer.SendRequestAsync(7, endStream: true);
        Assert.Equal(default, (await fixture.Events.NextStreamAsync()).Stream!.Priority);
    }

    [Fact]
    public async Task PRIORITY_UPDATE_Received_MoreIdleStreamsThanMayOpen_EndsConnection()
    {
        await using ServerFixture fixture = await ServerFixture.ConnectAsync(new Http2Options { MaxConcurrentStreams = 3 });
        await fixture.Peer.SendRequestAsync(1, endStream: true);
        await fixture.Peer.SendPriorityUpdateAsync(3, "u=1");
        await fixture.Peer.SendPriorityUpdateAsync(5, "u=1");
        await fixture.Peer.SendPriorityUpdateAsync(5, "u=2");
        await SynchronizeAsync(fixture.Peer, Task.CompletedTask);
        await fixture.Peer.SendPriorityUpdateAsync(7, "u=1");
        await fixture.Peer.ExpectGoAwayAsync(Http2ErrorCode.ProtocolError);
    }

    [Fact]
    public async Task PRIORITY_UPDATE_Received_SkippedIdleStreams_CountNoMore()
    {
        await using ServerFixture fixture = await ServerFixture.ConnectAsync(new Http2Options { MaxConcurrentStreams = 2 });
        await fixture.Peer.SendPriorityUpdateAsync(1, "u=1");
        await fixture.Peer.SendPriorityUpdateAsync(3, "u=1");
        await fixture.Peer.SendRequestAsync(5, endStream: true);
        await fixture.Peer.SendPriorityUpdateAsync(7, "u=1");
        await SynchronizeAsync(fixture.Peer, Task.CompletedTask);
    }

    [Fact]
    public async Task PRIORITY_UPDATE_Received_ClosedStream_IsIgnored()
    {
        await using ServerFixture fixture = await ServerFixture.ConnectAsync();
        await fixture.Peer.SendRequestAsync(3, endStream: true);
        await fixture.Peer.SendRstStreamAsync(3, Http2ErrorCode.Cancel);
        await SynchronizeAsync(fixture.Peer, fixture.Peer.SendPriorityUpdateAsync(3, "u=1"));
        await SynchronizeAsync(fixture.Peer, fixture.Peer.SendPriorityUpdateAsync(1, "u=1"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task PRIORITY_UPDATE_Received_StreamZeroOrIdlePush_EndsConnection(int prioritized)
    {
        await using ServerFixture fixture = await ServerFixture.ConnectAsync();
        await fixture.Peer.SendPriorityUpdateAsync(prioritized, "u=1");
        await fixture.Peer.ExpectGoAwayAsync(Http2ErrorCode.ProtocolError);
    }

    [Fact]
    public async Task PRIORITY_UPDATE_Received_ByClient_EndsConnection()
    {
        await using ClientFixture fixture = await ClientFixture.ConnectAsync();
        await fixture.Peer.SendPriorityUpdateAsync(1, "u=1");
        await fixture.Peer.ExpectGoAwayAsync(Http2ErrorCode.ProtocolError);
    }

    [Theory]
    [InlineData(256, 0)]
    [InlineData(16, 3)]
    [InlineData(1, 7)]
    public async Task HEADERS_Received_Rfc7540Weight_BecomesAnUrgency(int weight, int urgency)
    {
        await using ServerFixture fixture = await ServerFixture.ConnectAsync();
        await SendWeightedRequestAsync(fixture.Peer, 1, weight);
        Assert.Equal(new Priority(urgency, incremental: true), (await fixture.Events.NextStreamAsync()).Stream!.Priority);
    }

    [Fact]
    public async Task PRIORITY_Received_OpenStream_MapsItsWeight()
    {
        await using ServerFixture fixture = await ServerFixture.ConnectAsync();
        await SendWeightedRequestAsync(fixture.Peer, 1, weight: 16);
        RecordingStream stream = await fixture.Events.NextStreamAsync();
        await SynchronizeAsync(fixture.Peer, fixture.Peer.SendFrameAsync(FrameKind.Priority, 0, 1, 0, 0, 0, 0, 63));
        Assert.Equal(new Priority(1, incremental: true), stream.Stream!.Priority);
    }

    [Fact]
    public async Task HEADERS_Received_WeightOnceRfc9218WasUsed_MeansNothing()
    {
        await using ServerFixture fixture = await ServerFixture.ConnectAsync();
        await fixture.Peer.SendRequestAsync(1, endStream: true, ("priority", "u=5"));
        RecordingStream first = await fixture.Events.NextStreamAsync();
        await SendWeightedRequestAsync(fixture.Peer, 3, weight: 256);
        Assert.Equal(default, (await fixture.Events.NextStreamAsync()).Stream!.Priority);
        await SynchronizeAsync(fixture.Peer, fixture.Peer.SendFrameAsync(FrameKind.Priority, 0, 1, 0, 0, 0, 0, 255));
        Assert.Equal(new Priority(5), first.Stream!.Priority);
    }

    [Fact]
    public async Task SETTINGS_Received_NoRfc7540Priorities_WeightsMeanNothing()
    {
        await using ServerFixture fixture = ServerFixture.Create();
        Task start = fixture.Connection.StartAsync(CancellationToken.None);
        await fixture.Peer.SendAsync("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8.ToArray());
        await fixture.Peer.ExchangeSettingsAsync((NoRfc7540Priorities, 1));
        await start;
        await SendWeightedRequestAsync(fixture.Peer, 1, weight: 256);
        Assert.Equal(default, (await fixture.Events.NextStreamAsync()).Stream!.Priority);
    }

    [Fact]
    public async Task HEADERS_Sent_PrioritySetBefore_CarryTheField()
    {
        await using ClientFixture fixture = await ClientFixture.ConnectAsync();
        Assert.Equal(OpenOutcome.Opened, fixture.Connection.TryOpen(new RecordingStream(), out Http2Stream? stream));
        stream!.Priority = new Priority(1, incremental: true);
        stream.Write(new Outgoing { MoreHeaders = ClientFixture.Request(), EndStream = true });
        Assert.Contains(("priority", "u=1, i"), fixture.Peer.Decode(await fixture.Peer.ExpectAsync(FrameKind.Headers)));
    }

    [Fact]
    public async Task HEADERS_Sent_DefaultPriority_CarryNoField()
    {
        await using ClientFixture fixture = await ClientFixture.ConnectAsync();
        Assert.Equal(OpenOutcome.Opened, fixture.Connection.TryOpen(new RecordingStream(), out Http2Stream? stream));
        stream!.Priority = new Priority(1);
        stream.Priority = default;
        stream.Write(new Outgoing { MoreHeaders = ClientFixture.Request(), EndStream = true });
        Assert.DoesNotContain(fixture.Peer.Decode(await fixture.Peer.ExpectAsync(FrameKind.Headers)), field => field.Name == "priority");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task SETTINGS_Received_NoRfc7540Priorities_DecideWhetherPriorityUpdateIsSent(bool announced)
    {
        await using ClientFixture fixture = await ClientFixture.ConnectAsync(settings: announced ? [(NoRfc7540Priorities, 1)] : []);
        (Http2Stream stream, _) = fixture.Open();
        await fixture.Peer.ExpectAsync(FrameKind.Headers);
        stream.Priority = default;
        stream.Priority = new Priority(0);
        stream.Priority = new Priority(0);
        _ = fixture.Connection.PingAsync(CancellationToken.None);
        if (announced)
        {
            PeerFrame update = await fixture.Peer.ExpectAsync(FrameKind.PriorityUpdate);
            Assert.Equal((0, 1u), (update.Stream, update.Number(0)));
            Assert.Equal("u=0"u8.ToArray(), update.Payload[4..]);
        }

        await fixture.Peer.ExpectAsync(FrameKind.Ping);
        Assert.Equal(new Priority(0), stream.Priority);
    }

    [Theory]
    [InlineData("u=3, i", "u=3, i", true, "3 5 3 5 3 5")]
    [InlineData("u=3", "u=3", true, "3 3 3 5 5 5")]
    [InlineData("u=3", "u=2", true, "5 5 5 3 3 3")]
    [InlineData("u=7, i", "u=0, i", true, "5 5 5 3 3 3")]
    [InlineData(null, null, true, "3 5 3 5 3 5")]
    [InlineData(null, "u=1", true, "5 5 5 3 3 3")]
    [InlineData("u=3", "u=0", false, "3 5 3 5 3 5")]
    public async Task WINDOW_UPDATE_Received_WithDataWaiting_GivesTurnsByPriority(string? first, string? second, bool scheduled, string order)
    {
        await using ServerFixture fixture = await BlockedAsync(new Http2Options { SchedulesByPriority = scheduled });
        await WriteAsync(fixture, 3, first, 3 * Quantum);
        await WriteAsync(fixture, 5, second, 3 * Quantum);

        await fixture.Peer.SendWindowUpdateAsync(0, 6 * Quantum);

        Assert.Equal(order, await ReadDataAsync(fixture.Peer, 6));
    }

    [Fact]
    public async Task WINDOW_UPDATE_Received_ManyUrgentTurns_EverySixteenthGoesToTheOneThatWaitedLongest()
    {
        await using ServerFixture fixture = await BlockedAsync(new Http2Options());
        await WriteAsync(fixture, 3, "u=7", 2 * Quantum);
        await WriteAsync(fixture, 5, "u=0", 40 * Quantum);
        await fixture.Peer.SendWindowUpdateAsync(0, 40 * Quantum);
        var turns = new List<int>();
        while (turns.Count < 60)
        {
            turns.Add((await fixture.Peer.ExpectAsync(FrameKind.Data)).Stream);
        }

        Assert.Equal([15, 32, 49], turns.Index().Where(turn => turn.Item == 3).Select(turn => turn.Index));
    }

    [Fact]
    public async Task PRIORITY_UPDATE_Received_WhileDataWaits_ChangesWhoIsNext()
    {
        await using ServerFixture fixture = await BlockedAsync(new Http2Options());
        await WriteAsync(fixture, 3, "u=2", 2 * Quantum);
        await WriteAsync(fixture, 5, "u=4", 2 * Quantum);
        await fixture.Peer.SendPriorityUpdateAsync(5, "u=1");
        await fixture.Peer.SendWindowUpdateAsync(0, 4 * Quantum);
        Assert.Equal("5 5 3 3", await ReadDataAsync(fixture.Peer, 4));
    }

    [Fact]
    public async Task RST_STREAM_Received_WhileDataWaits_OthersGoOn()
    {
        await using ServerFixture fixture = await BlockedAsync(new Http2Options());
        await WriteAsync(fixture, 3, "u=0", 2 * Quantum);
        await WriteAsync(fixture, 5, "u=4", 2 * Quantum);
        await fixture.Peer.SendRstStreamAsync(3, Http2ErrorCode.Cancel);
        await fixture.Peer.SendWindowUpdateAsync(0, 4 * Quantum);
        Assert.Equal("5 5", await ReadDataAsync(fixture.Peer, 2));
    }

    // A link that takes nothing more until all before has been read. What was decided before an urgent stream wrote lies in front of it: one turn under way
    // in the link, and one that the flush may be holding already.
    [Fact]
    public async Task DATA_Sent_UrgentBehindBulk_WaitsForLittleThatWasDecided()
    {
        const int Decided = (2 * OutputRoom.LateTurn) + OutputRoom.LateWrite;
        await using ServerFixture fixture = await ServerFixture.ConnectAsync(options: null, capacity: 1);
        await fixture.Peer.SendSettingsAsync((InitialWindowSize, 1 << 20));
        await fixture.Peer.ExpectAsync(FrameKind.Settings);
        await fixture.Peer.SendWindowUpdateAsync(0, 1 << 20);
        await MeetAsync(fixture);

        await WriteAsync(fixture, 5, "u=7, i", 512 * 1024);
        await fixture.Peer.SendRequestAsync(7, endStream: true, ("priority", "u=0"));
        RecordingStream urgent = await fixture.Events.NextStreamAsync();
        await urgent.ExpectAsync("headers end");
        var answer = new PooledBuffer();
        answer.Write("now"u8);
        urgent.Stream!.Write(new Outgoing { Headers = Ok, Data = answer, EndStream = true });

        int before = 0;
        PeerFrame frame = await fixture.Peer.ExpectAsync(FrameKind.Data, FrameKind.Headers);
        for (; frame.Kind != FrameKind.Data || frame.Stream != 7; frame = await fixture.Peer.ExpectAsync(FrameKind.Data, FrameKind.Headers))
        {
            before += frame.Kind == FrameKind.Data ? frame.Payload.Length : 0;
        }

        Assert.Equal("now"u8.ToArray(), frame.Payload);
        Assert.InRange(before, 0, Decided);
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

    // What was sent has been worked off when its PING is answered.
    private static async Task SynchronizeAsync(FramePeer peer, Task sent)
    {
        await sent;
        await peer.SendFrameAsync(FrameKind.Ping, 0, 0, new byte[8]);
        while ((await peer.ExpectAsync(FrameKind.Ping, FrameKind.Headers, FrameKind.WindowUpdate)).Kind != FrameKind.Ping)
        {
            // A response that the test wrote, or credit.
        }
    }

    private static Task SendWeightedRequestAsync(FramePeer peer, int stream, int weight)
    {
        byte[] block = peer.Encode((":method", "GET"), (":scheme", "http"), (":path", "/"), (":authority", "test"));
        return peer.SendFrameAsync(FrameKind.Headers, 0x25, stream, [0, 0, 0, 0, (byte)(weight - 1), .. block]);
    }

    // Two streams of different urgency have had something to send: the engine decides late from then on.
    private static async Task MeetAsync(ServerFixture fixture)
    {
        foreach ((int stream, string priority) in ((int, string)[])[(1, "u=7, i"), (3, "u=0")])
        {
            await WriteAsync(fixture, stream, priority, length: 100);
            await fixture.Peer.ExpectAsync(FrameKind.Data);
        }
    }

    // A server whose streams have credit and whose connection has none, since stream 1 has used it up: what the others write waits for it.
    private static async Task<ServerFixture> BlockedAsync(Http2Options options)
    {
        ServerFixture fixture = await ServerFixture.ConnectAsync(options);
        await fixture.Peer.SendSettingsAsync((InitialWindowSize, 1 << 20));
        await fixture.Peer.ExpectAsync(FrameKind.Settings);
        await WriteAsync(fixture, 1, priority: null, 65_535);
        for (int received = 0; received < 65_535;)
        {
            received += (await fixture.Peer.ExpectAsync(FrameKind.Data)).Payload.Length;
        }

        return fixture;
    }

    private static async Task WriteAsync(ServerFixture fixture, int stream, string? priority, int length)
    {
        await fixture.Peer.SendRequestAsync(stream, endStream: true, priority is null ? [] : [("priority", priority)]);
        RecordingStream events = await fixture.Events.NextStreamAsync();
        await events.ExpectAsync("headers end");
        var data = new PooledBuffer();
        data.Write(new byte[length]);
        events.Stream!.Write(new Outgoing { Headers = Ok, Data = data });
        await fixture.Peer.ExpectAsync(FrameKind.Headers);
    }

    // Whose data came, quantum by quantum; where urgencies compete a quantum comes in two frames.
    private static async Task<string> ReadDataAsync(FramePeer peer, int quanta)
    {
        var halves = new List<int>();
        while (halves.Count < 2 * quanta)
        {
            PeerFrame frame = await peer.ExpectAsync(FrameKind.Data);
            halves.AddRange(Enumerable.Repeat(frame.Stream, frame.Payload.Length / (Quantum / 2)));
        }

        return string.Join(' ', halves.Where((_, index) => index % 2 == 0));
    }
}
