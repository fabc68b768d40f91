using Trunkline.Harness;
using Trunkline.Http2.Connections;

namespace Trunkline.Http2.Tests.Connections;

/// <summary>What the fuzz targets have found in whole connections, one dialogue each.</summary>
public class FuzzFindingTests
{
    [Fact]
    public async Task RST_STREAM_Sent_WhileAWriteWaitsForRoom_IsTheLastEvent()
    {
        (MemoryLink ours, MemoryLink theirs) = MemoryLink.CreatePair();
        var link = new GatedLink(ours);
        var server = new RecordingServer();
        await using Http2ServerConnection connection = Http2ServerConnection.Create(link, server, new Http2Options { OutputHighWaterMark = 1 });
        await using var peer = new FramePeer(theirs);
        Task start = connection.StartAsync(CancellationToken.None);
        await peer.ConnectAsClientAsync();
        await start;
        await peer.SendRequestAsync(1, endStream: true);
        RecordingStream stream = await server.NextStreamAsync();
        await stream.ExpectAsync("headers end");

        // The link takes nothing, so that a flush is under way and the answer's data has to wait for room.
        Task sending = link.Shut();
        Task<TimeSpan> ping = connection.PingAsync(CancellationToken.None);
        await sending;
        var response = new FieldSection();
        response.Add(":status", "200");
        var data = new PooledBuffer();
        data.Write("data"u8);
        Assert.Equal(WriteOutcome.Waiting, stream.Stream!.Write(new Outgoing { MoreHeaders = response, Data = data, EndStream = true }));
        stream.Stream.Reset(Http2ErrorCode.Cancel);
        await stream.ExpectAsync("closed CANCEL");

        link.Open();
        await peer.ExpectAsync(FrameKind.Ping);
        await peer.SendFrameAsync(FrameKind.Ping, flags: 1, stream: 0, 0, 0, 0, 0, 0, 0, 0, 1);
        await ping;
        Assert.False(stream.TryNext(out string? more), more);
    }

    [Fact]
    public async Task GOAWAY_Sent_ThatCannotLeave_WritesAreClosedOneAfterTheOther()
    {
        (MemoryLink ours, MemoryLink theirs) = MemoryLink.CreatePair();
        var link = new GatedLink(ours);
        var server = new RecordingServer();
        await using Http2ServerConnection connection = Http2ServerConnection.Create(link, server, new Http2Options());
        await using var peer = new FramePeer(theirs);
        Task start = connection.StartAsync(CancellationToken.None);
        await peer.ConnectAsClientAsync();
        await start;
        await peer.SendRequestAsync(1, endStream: true);
        RecordingStream stream = await server.NextStreamAsync();
        await stream.ExpectAsync("headers end");

        // The connection is over, and its streams do not know it yet: the link does not take the GOAWAY.
        Task sending = link.Shut();
        connection.Abort(Http2ErrorCode.Cancel, "the test says so");
        await sending;
        var response = new FieldSection();
        response.Add(":status", "200");
        Assert.Equal(WriteOutcome.Closed, stream.Stream!.Write(new Outgoing { MoreHeaders = response }));
        Assert.Equal(WriteOutcome.Closed, stream.Stream.Write(new Outgoing { EndStream = true }));

        link.Open();
        await peer.ExpectGoAwayAsync(Http2ErrorCode.Cancel);
        await stream.ExpectAsync("closed CANCEL");
    }

    [Fact]
    public async Task GOAWAY_Sent_WhenAWaitingWriteJustGotCredit_IsTheLastFrame()
    {
        await using ServerFixture fixture = await ServerFixture.ConnectAsync();
        await fixture.Peer.SendRequestAsync(1, endStream: true);
        RecordingStream stream = await fixture.Events.NextStreamAsync();
        await stream.ExpectAsync("headers end");
        var response = new FieldSection();
        response.Add(":status", "200");
        var data = new PooledBuffer();
        data.Write(new byte[100_000]);
        Assert.Equal(WriteOutcome.Waiting, stream.Stream!.Write(new Outgoing { MoreHeaders = response, Data = data, EndStream = true }));
        await fixture.Peer.ExpectAsync(FrameKind.Headers);
        for (int left = 65_535; left > 0; left -= (await fixture.Peer.ExpectAsync(FrameKind.Data)).Payload.Length)
        {
            // All that the first windows allow.
        }

        // One read brings the credit and a frame that ends the connection: DATA on stream 0.
        await fixture.Peer.SendAsync(
        [
            0, 0, 4, 8, 0, 0, 0, 0, 0, 0, 1, 0, 0,
            0, 0, 4, 8, 0, 0, 0, 0, 1, 0, 1, 0, 0,
            0, 0, 1, 0, 0, 0, 0, 0, 0, 7,
        ]);
        await fixture.Peer.ExpectGoAwayAsync(Http2ErrorCode.ProtocolError);
        await fixture.Peer.ExpectCloseAsync();
    }

    [Fact]
    public async Task SETTINGS_Received_LimitBelowThePlacesTaken_UnopenedStreamEndsUnprocessed()
    {
        await using ClientFixture fixture = await ClientFixture.ConnectAsync();
        var handler = new RecordingStream();
        Assert.Equal(OpenOutcome.Opened, fixture.Connection.TryOpen(handler, out Http2Stream? stream));
        await fixture.Peer.SendSettingsAsync((3, 0));
        await fixture.Peer.ExpectAsync(FrameKind.Settings);

        Assert.Equal(WriteOutcome.Closed, stream!.Write(new Outgoing { MoreHeaders = ClientFixture.Request(), EndStream = true }));
        await handler.ExpectAsync("closed REFUSED_STREAM");
        Assert.True(handler.CloseError.IsUnprocessed);

        await fixture.Peer.SendSettingsAsync((3, 1));
        await fixture.Peer.ExpectAsync(FrameKind.Settings);
        fixture.Open();
        await fixture.Peer.ExpectAsync(FrameKind.Headers);
    }

    // Between the flush that made room and the word of it the stream may end, and its object may serve another.
    [Fact]
    public async Task RST_STREAM_Received_BeforeAWriterIsToldOfRoom_NobodyIsTold()
    {
        await using ServerFixture fixture = await ServerFixture.ConnectAsync();
        await fixture.Peer.SendRequestAsync(1, endStream: false);
        RecordingStream first = await fixture.Events.NextStreamAsync();
        await first.ExpectAsync("headers");
        var reused = (ConnectionStream)first.Stream!;
        first.Stream!.Release();
        await fixture.Peer.SendRstStreamAsync(1, Http2ErrorCode.Cancel);
        await first.ExpectAsync("closed CANCEL");
        reused.TellWritable(new StreamId(1));
        Assert.False(first.TryNext(out string? more), more);

        await fixture.Peer.SendRequestAsync(3, endStream: false);
        RecordingStream second = await fixture.Events.NextStreamAsync();
        await second.ExpectAsync("headers");
        Assert.Same(reused, second.Stream);
        reused.TellWritable(new StreamId(1));
        Assert.False(second.TryNext(out more), more);
        reused.TellWritable(new StreamId(3));
        await second.ExpectAsync("writable");
    }

    [Fact]
    public async Task PING_Sent_BeforeTheClientHasSpoken_ComesBehindSettings()
    {
        await using ServerFixture fixture = ServerFixture.Create();
        Task start = fixture.Connection.StartAsync(CancellationToken.None);
        Task<TimeSpan> ping = fixture.Connection.PingAsync(CancellationToken.None);
        await fixture.Peer.ExpectAsync(FrameKind.Settings);
        await fixture.Peer.ExpectAsync(FrameKind.WindowUpdate);
        await fixture.Peer.ExpectAsync(FrameKind.Ping);
        fixture.Connection.Abort(Http2ErrorCode.Cancel, "the test is over");
        await Assert.ThrowsAsync<Http2Exception>(() => start);
        await Assert.ThrowsAsync<Http2Exception>(() => ping);
    }

    [Fact]
    public async Task PING_OfKeepAlive_BeforeTheClientHasSpoken_IsNotSent()
    {
        var time = new ManualTimeProvider();
        var options = new Http2Options { TimeProvider = time, KeepAliveInterval = TimeSpan.FromSeconds(5), KeepAliveWithoutStreams = true };
        await using ServerFixture fixture = ServerFixture.Create(options);
        Task start = fixture.Connection.StartAsync(CancellationToken.None);
        time.Advance(TimeSpan.FromSeconds(11));
        await Assert.ThrowsAsync<Http2Exception>(() => start);
        await fixture.Peer.ExpectAsync(FrameKind.Settings);
        await fixture.Peer.ExpectAsync(FrameKind.WindowUpdate);
        await fixture.Peer.ExpectAsync(FrameKind.GoAway);
    }

    [Fact]
    public async Task GOAWAY_OfShutdown_BeforeTheClientHasSpoken_ComesBehindSettings()
    {
        await using ServerFixture fixture = ServerFixture.Create();
        Task start = fixture.Connection.StartAsync(CancellationToken.None);
        Task shutdown = fixture.Connection.ShutdownAsync(CancellationToken.None);
        await fixture.Peer.ExpectAsync(FrameKind.Settings);
        await fixture.Peer.ExpectAsync(FrameKind.WindowUpdate);
        await fixture.Peer.ExpectAsync(FrameKind.GoAway);
        fixture.Connection.Abort(Http2ErrorCode.Cancel, "the test is over");
        await Assert.ThrowsAsync<Http2Exception>(() => start);
        await shutdown;
    }

    [Fact]
    public async Task PRIORITY_Received_TooShort_BehindHeadersThatWereReset_DrawsNoSecondRstStream()
    {
        await using ServerFixture fixture = await ServerFixture.ConnectAsync();
        byte[] dependsOnItself = [0, 0, 0, 1, 16];
        byte[] request = fixture.Peer.Encode((":method", "GET"), (":scheme", "http"), (":path", "/"));
        await fixture.Peer.SendFrameAsync(FrameKind.Headers, flags: 0x25, stream: 1, [.. dependsOnItself, .. request]);
        await fixture.Peer.ExpectRstStreamAsync(1, Http2ErrorCode.ProtocolError);
        await fixture.Peer.SendFrameAsync(FrameKind.Priority, flags: 0, stream: 1);
        await fixture.Peer.SendFrameAsync(FrameKind.Ping, flags: 0, stream: 0, new byte[8]);
        await fixture.Peer.ExpectAsync(FrameKind.Ping);
    }
}
