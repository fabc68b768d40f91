using Trunkline.Harness;

namespace Trunkline.Http2.Tests.Connections;

/// <summary>Single rules of RFC 9113 that no other dialogue touches. Names: FRAME_Received_Condition_Outcome.</summary>
public class RuleDialogueTests
{
    private const ushort MaxConcurrentStreams = 3;
    private const ushort InitialWindowSize = 4;
    private const ushort EnableConnectProtocol = 8;

    [Fact]
    public async Task HEADERS_Received_ReservedBitAndUndefinedFlags_Ignored()
    {
        await using ServerFixture fixture = await ServerFixture.ConnectAsync();
        byte[] block = fixture.Peer.Encode((":method", "GET"), (":scheme", "http"), (":path", "/"), (":authority", "test"));

        // Flags 0x1 and 0x4 mean something, 0xD2 nothing; the highest bit of the stream id is reserved.
        await fixture.Peer.SendAsync([0, 0, (byte)block.Length, 1, 0xD7, 0x80, 0, 0, 1, .. block]);
        RecordingStream stream = await fixture.Events.NextStreamAsync();
        await stream.ExpectAsync("headers end");
        await fixture.Peer.SendFrameAsync(FrameKind.Ping, 0xFE, 0, 1, 2, 3, 4, 5, 6, 7, 8);
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8], (await fixture.Peer.ExpectAsync(FrameKind.Ping)).Payload);
    }

    [Fact]
    public async Task SETTINGS_Received_NoStreamsAllowed_NoneOpensAndTheOpenOnesGoOn()
    {
        await using ClientFixture fixture = await ClientFixture.ConnectAsync();
        (_, RecordingStream open) = fixture.Open();
        await fixture.Peer.ExpectAsync(FrameKind.Headers);
        await fixture.Peer.SendSettingsAsync((MaxConcurrentStreams, 0));
        Assert.True((await fixture.Peer.ExpectAsync(FrameKind.Settings)).IsAck);
        Assert.Equal(OpenOutcome.AtLimit, fixture.Connection.TryOpen(new RecordingStream(), out _));
        await fixture.Peer.SendHeadersAsync(1, endStream: true, (":status", "200"));
        await open.ExpectAsync("headers end");
        await open.ExpectAsync("closed");
        Assert.Equal(OpenOutcome.AtLimit, fixture.Connection.TryOpen(new RecordingStream(), out _));
    }

    [Fact]
    public async Task SETTINGS_Received_SameSettingTwice_TheLastCounts()
    {
        await using ServerFixture fixture = await ServerFixture.ConnectAsync();
        await fixture.Peer.SendSettingsAsync((InitialWindowSize, 10), (InitialWindowSize, 5));
        Assert.True((await fixture.Peer.ExpectAsync(FrameKind.Settings)).IsAck);
        RecordingStream stream = await AskAsync(fixture);
        stream.Stream!.Write(new Outgoing { MoreHeaders = Ok(), Data = Bytes(20), EndStream = true });
        await fixture.Peer.ExpectAsync(FrameKind.Headers);
        Assert.Equal(5, (await fixture.Peer.ExpectAsync(FrameKind.Data)).Payload.Length);
    }

    [Fact]
    public async Task DATA_Received_BeforeOurSmallerWindowIsAcknowledged_Taken()
    {
        await using ServerFixture fixture = ServerFixture.Create(new Http2Options { InitialStreamWindow = 100 });
        Task start = fixture.Connection.StartAsync(CancellationToken.None);
        await fixture.Peer.SendAsync("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8.ToArray());
        await fixture.Peer.SendSettingsAsync();
        await start;
        await fixture.Peer.SendRequestAsync(1, endStream: false);
        RecordingStream stream = await fixture.Events.NextStreamAsync();
        await stream.ExpectAsync("headers");
        await fixture.Peer.SendDataAsync(1, new byte[1000]);
        await stream.ExpectAsync("data 1000");

        // From the acknowledgement on, 100 bytes are the limit of a new stream.
        await fixture.Peer.SendFrameAsync(FrameKind.Settings, 0x1, 0);
        await fixture.Peer.SendRequestAsync(3, endStream: false);
        RecordingStream late = await fixture.Events.NextStreamAsync();
        await late.ExpectAsync("headers");
        await fixture.Peer.SendDataAsync(3, new byte[101]);
        await late.ExpectAsync("closed FLOW_CONTROL_ERROR");
    }

    [Fact]
    public async Task DATA_Sent_EmptyEnd_NeedsNoCredit()
    {
        await using ServerFixture fixture = await ServerFixture.ConnectAsync();
        await fixture.Peer.SendSettingsAsync((InitialWindowSize, 0));
        Assert.True((await fixture.Peer.ExpectAsync(FrameKind.Settings)).IsAck);
        RecordingStream stream = await AskAsync(fixture);
        Assert.Equal(WriteOutcome.Sent, stream.Stream!.Write(new Outgoing { MoreHeaders = Ok() }));
        Assert.Equal(WriteOutcome.Sent, stream.Stream!.Write(new Outgoing { EndStream = true }));
        await fixture.Peer.ExpectAsync(FrameKind.Headers);
        PeerFrame end = await fixture.Peer.ExpectAsync(FrameKind.Data);
        Assert.True(end.IsEndStream);
        Assert.Empty(end.Payload);
    }

    [Fact]
    public async Task HEADERS_Received_InterimResponses_DeliveredBeforeTheFinalOne()
    {
        await using ClientFixture fixture = await ClientFixture.ConnectAsync();
        (_, RecordingStream events) = fixture.Open();
        await fixture.Peer.ExpectAsync(FrameKind.Headers);
        await fixture.Peer.SendHeadersAsync(1, endStream: false, (":status", "103"), ("link", "</a.css>"));
        await events.ExpectAsync("headers");
        await fixture.Peer.SendHeadersAsync(1, endStream: false, (":status", "100"));
        await events.ExpectAsync("headers");
        await fixture.Peer.SendHeadersAsync(1, endStream: false, (":status", "200"));
        await events.ExpectAsync("headers");
        await fixture.Peer.SendDataAsync(1, new byte[3], endStream: true);
        await events.ExpectAsync("data 3 end");
        await events.ExpectAsync("closed");
    }

    [Fact]
    public async Task SETTINGS_Received_ConnectProtocolTakenBack_ProtocolError()
    {
        await using ClientFixture fixture = await ClientFixture.ConnectAsync(settings: (EnableConnectProtocol, 1));
        await fixture.Peer.SendSettingsAsync((EnableConnectProtocol, 0));
        await fixture.Peer.ExpectGoAwayAsync(Http2ErrorCode.ProtocolError);
    }

    [Fact]
    public async Task HEADERS_Received_WhileTheClientCannotSend_Delivered()
    {
        (MemoryLink ours, MemoryLink theirs) = MemoryLink.CreatePair();
        var link = new GatedLink(ours);
        await using var connection = Http2ClientConnection.Create(link, new RecordingClient(), new Http2Options { OutputHighWaterMark = 1 });
        await using var peer = new FramePeer(theirs);
        Task start = connection.StartAsync(CancellationToken.None);
        await peer.ConnectAsServerAsync();
        await start;
        var events = new RecordingStream();
        Assert.Equal(OpenOutcome.Opened, connection.TryOpen(events, out Http2Stream? stream));
        stream!.Write(new Outgoing { MoreHeaders = ClientFixture.Request(), EndStream = true });
        await peer.ExpectAsync(FrameKind.Headers);

        // A server that waited for its client to read would now be waited for by its client.
        Task sending = link.Shut();
        Task<TimeSpan> first = connection.PingAsync(CancellationToken.None);
        await sending;
        Task<TimeSpan> second = connection.PingAsync(CancellationToken.None);
        await peer.SendHeadersAsync(1, endStream: false, (":status", "200"));
        await events.ExpectAsync("headers");
        await peer.SendHeadersAsync(1, endStream: true, ("x-late", "1"));
        await events.ExpectAsync("trailers");
        link.Open();
        await connection.DisposeAsync();
        await Assert.ThrowsAsync<Http2Exception>(() => first);
        await Assert.ThrowsAsync<Http2Exception>(() => second);
    }

    private static async Task<RecordingStream> AskAsync(ServerFixture fixture)
    {
        await fixture.Peer.SendRequestAsync(1, endStream: true);
        RecordingStream stream = await fixture.Events.NextStreamAsync();
        await stream.ExpectAsync("headers end");
        return stream;
    }

    private static FieldSection Ok()
    {
        var fields = new FieldSection();
        fields.Add(":status", "200");
        return fields;
    }

    private static PooledBuffer Bytes(int count)
    {
        var buffer = new PooledBuffer();
        buffer.GetSpan(count)[..count].Clear();
        buffer.Advance(count);
        return buffer;
    }
}
