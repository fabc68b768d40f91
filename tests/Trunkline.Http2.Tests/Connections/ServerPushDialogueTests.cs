using Trunkline.Harness;

namespace Trunkline.Http2.Tests.Connections;

/// <summary>A server connection that pushes, frame by frame. Names: FRAME_Received_Condition_Outcome.</summary>
public class ServerPushDialogueTests
{
    [Fact]
    public async Task HEADERS_Received_HandlerPushes_PromisePrecedesTheResponse()
    {
        await using ServerFixture fixture = await ServerFixture.ConnectAsync();
        RecordingStream page = await RequestAsync(fixture);
        (RecordingStream style, PushOutcome outcome) = Push(page, "/a.css");
        Assert.Equal(PushOutcome.Pushed, outcome);
        (RecordingStream script, _) = Push(page, "/b.js");
        page.Stream!.Write(new Outgoing { MoreHeaders = Fields((":status", "200")), Data = Bytes(3), EndStream = true });
        style.Stream!.Write(new Outgoing { MoreHeaders = Fields((":status", "200")), Data = Bytes(5), EndStream = true });
        script.Stream!.Write(new Outgoing { MoreHeaders = Fields((":status", "404")), EndStream = true });

        PeerFrame promise = await fixture.Peer.ExpectAsync(FrameKind.PushPromise);
        Assert.Equal((1, 2u), (promise.Stream, promise.Number(0)));
        Assert.Equal([(":method", "GET"), (":scheme", "http"), (":authority", "test"), (":path", "/a.css")], fixture.Peer.Decode(promise));
        promise = await fixture.Peer.ExpectAsync(FrameKind.PushPromise);
        Assert.Equal((1, 4u), (promise.Stream, promise.Number(0)));
        fixture.Peer.Decode(promise);
        await ExpectResponseAsync(fixture, 1, bytes: 3);
        await ExpectResponseAsync(fixture, 2, bytes: 5);
        PeerFrame absent = await fixture.Peer.ExpectAsync(FrameKind.Headers);
        Assert.Equal((4, true), (absent.Stream, absent.IsEndStream));
        Assert.Equal([(":status", "404")], fixture.Peer.Decode(absent));
        await style.ExpectAsync("closed");
        await script.ExpectAsync("closed");
        Assert.Equal(0, fixture.Connection.OpenStreams);
    }

    [Fact]
    public async Task HEADERS_Received_LargePromise_GoesInPieces()
    {
        await using ServerFixture fixture = await ServerFixture.ConnectAsync();
        RecordingStream page = await RequestAsync(fixture);
        Push(page, "/a", ("x-large", new string('~', 20_000)));
        PeerFrame promise = await fixture.Peer.ExpectAsync(FrameKind.PushPromise);
        Assert.Equal((16_384, 0), (promise.Payload.Length, promise.Flags));
        PeerFrame rest = await fixture.Peer.ExpectAsync(FrameKind.Continuation);
        Assert.Equal((1, 0x4), (rest.Stream, rest.Flags));
        Assert.Contains(("x-large", new string('~', 20_000)), fixture.Peer.Decode(promise with { Payload = [.. promise.Payload, .. rest.Payload] }));
    }

    [Fact]
    public async Task DATA_Received_WhileTheResponseStands_PushesOnTheOpenStream()
    {
        await using ServerFixture fixture = await ServerFixture.ConnectAsync();
        await fixture.Peer.SendRequestAsync(1, endStream: false);
        RecordingStream page = await fixture.Events.NextStreamAsync();
        page.Stream!.Write(new Outgoing { MoreHeaders = Fields((":status", "200")) });
        Assert.Equal(PushOutcome.Pushed, Push(page, "/a").Outcome);
        await fixture.Peer.ExpectAsync(FrameKind.Headers);
        await fixture.Peer.ExpectAsync(FrameKind.PushPromise);
    }

    [Fact]
    public async Task SETTINGS_Received_EnablePush0_PeerRefuses()
    {
        await using ServerFixture fixture = await ServerFixture.ConnectAsync();
        RecordingStream page = await RequestAsync(fixture);
        await SetAsync(fixture, id: 2, value: 0);
        (RecordingStream none, PushOutcome outcome) = Push(page, "/a");
        Assert.Equal(PushOutcome.PeerRefuses, outcome);
        Assert.Null(none.Stream);
        await SetAsync(fixture, id: 2, value: 1);
        Assert.Equal(PushOutcome.Pushed, Push(page, "/a").Outcome);
        await fixture.Peer.ExpectAsync(FrameKind.PushPromise);
    }

    [Fact]
    public async Task SETTINGS_Received_EnablePushBackOn_OriginsOfBeforeAreTaken()
    {
        await using ServerFixture fixture = ServerFixture.Create();
        Task start = fixture.Connection.StartAsync(CancellationToken.None);
        await fixture.Peer.SendAsync("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8.ToArray());
        await fixture.Peer.ExchangeSettingsAsync((2, 0));
        await start;
        RecordingStream page = await RequestAsync(fixture);
        await SetAsync(fixture, id: 2, value: 1);
        Assert.Equal(PushOutcome.Pushed, Push(page, "/a").Outcome);
    }

    [Fact]
    public async Task SETTINGS_Received_EnablePush2_ProtocolError()
    {
        await using ServerFixture fixture = await ServerFixture.ConnectAsync();
        await fixture.Peer.SendSettingsAsync((2, 2));
        await fixture.Peer.ExpectGoAwayAsync(Http2ErrorCode.ProtocolError);
    }

    [Fact]
    public async Task SETTINGS_Received_MaxConcurrentStreams_LimitsPushesUntilOneEnds()
    {
        await using ServerFixture fixture = await ServerFixture.ConnectAsync();
        RecordingStream page = await RequestAsync(fixture);
        await SetAsync(fixture, id: 3, value: 1);
        (RecordingStream first, _) = Push(page, "/a");
        Assert.Equal(PushOutcome.AtLimit, Push(page, "/b").Outcome);
        first.Stream!.Write(new Outgoing { MoreHeaders = Fields((":status", "200")) });
        Assert.Equal(2, fixture.Connection.OpenStreams);
        Assert.Equal(PushOutcome.AtLimit, Push(page, "/b").Outcome);
        first.Stream.Write(new Outgoing { EndStream = true });
        await first.ExpectAsync("closed");
        Assert.Equal(PushOutcome.Pushed, Push(page, "/b").Outcome);
    }

    [Fact]
    public async Task SETTINGS_Received_MaxConcurrentStreamsLoweredBehindThePromise_TakesItBack()
    {
        await using ServerFixture fixture = await ServerFixture.ConnectAsync();
        RecordingStream page = await RequestAsync(fixture);
        (RecordingStream style, _) = Push(page, "/a.css");
        await fixture.Peer.ExpectAsync(FrameKind.PushPromise);
        await SetAsync(fixture, id: 3, value: 0);
        Assert.Equal(WriteOutcome.Closed, style.Stream!.Write(new Outgoing { MoreHeaders = Fields((":status", "200")), Data = Bytes(9), EndStream = true }));
        await fixture.Peer.ExpectRstStreamAsync(2, Http2ErrorCode.Cancel);
        await style.ExpectAsync("closed CANCEL");
        Assert.Equal(PushOutcome.AtLimit, Push(page, "/b.js").Outcome);
    }

    [Fact]
    public async Task SETTINGS_Received_InitialWindowSize_HoldsForPromisedStreams()
    {
        await using ServerFixture fixture = await ServerFixture.ConnectAsync();
        RecordingStream page = await RequestAsync(fixture);
        (RecordingStream style, _) = Push(page, "/a.css");
        await fixture.Peer.ExpectAsync(FrameKind.PushPromise);
        await SetAsync(fixture, id: 4, value: 10);
        Assert.Equal(WriteOutcome.Waiting, style.Stream!.Write(new Outgoing { MoreHeaders = Fields((":status", "200")), Data = Bytes(15), EndStream = true }));
        await fixture.Peer.ExpectAsync(FrameKind.Headers);
        Assert.Equal(10, (await fixture.Peer.ExpectAsync(FrameKind.Data)).Payload.Length);
        await fixture.Peer.SendWindowUpdateAsync(2, 5);
        PeerFrame rest = await fixture.Peer.ExpectAsync(FrameKind.Data);
        Assert.Equal((2, 5, true), (rest.Stream, rest.Payload.Length, rest.IsEndStream));
        await style.ExpectAsync("closed");
    }

    [Fact]
    public async Task WINDOW_UPDATE_Received_OnReservedLocal_IsCreditForTheResponse()
    {
        await using ServerFixture fixture = await ServerFixture.ConnectAsync();
        RecordingStream page = await RequestAsync(fixture);
        (RecordingStream style, _) = Push(page, "/a.css");
        await fixture.Peer.ExpectAsync(FrameKind.PushPromise);
        await SetAsync(fixture, id: 4, value: 0);
        await fixture.Peer.SendWindowUpdateAsync(2, 7);
        await SettleAsync(fixture);
        Assert.Equal(WriteOutcome.Sent, style.Stream!.Write(new Outgoing { MoreHeaders = Fields((":status", "200")), Data = Bytes(7), EndStream = true }));
    }

    [Fact]
    public async Task PRIORITY_Received_OnReservedLocal_Ignored()
    {
        await using ServerFixture fixture = await ServerFixture.ConnectAsync();
        Push(await RequestAsync(fixture), "/a.css");
        await fixture.Peer.ExpectAsync(FrameKind.PushPromise);
        await fixture.Peer.SendFrameAsync(FrameKind.Priority, 0, 2, 0, 0, 0, 1, 7);
        await SettleAsync(fixture);
    }

    [Theory]
    [InlineData(Http2ErrorCode.Cancel)]
    [InlineData(Http2ErrorCode.RefusedStream)]
    public async Task RST_STREAM_Received_OnReservedLocal_EndsThePushAlone(Http2ErrorCode code)
    {
        await using ServerFixture fixture = await ServerFixture.ConnectAsync();
        RecordingStream page = await RequestAsync(fixture);
        (RecordingStream style, _) = Push(page, "/a.css");
        await fixture.Peer.ExpectAsync(FrameKind.PushPromise);
        await fixture.Peer.SendRstStreamAsync(2, code);
        await style.ExpectAsync($"closed {code.ToSpecName()}");
        Assert.Equal(WriteOutcome.Closed, style.Stream!.Write(new Outgoing { MoreHeaders = Fields((":status", "200")), Data = Bytes(1), EndStream = true }));
        page.Stream!.Write(new Outgoing { MoreHeaders = Fields((":status", "200")), EndStream = true });
        Assert.Equal(1, (await fixture.Peer.ExpectAsync(FrameKind.Headers)).Stream);
    }

    [Fact]
    public async Task RST_STREAM_Received_InThePushedResponse_DropsWhatWaits()
    {
        await using ServerFixture fixture = await ServerFixture.ConnectAsync();
        RecordingStream page = await RequestAsync(fixture);
        (RecordingStream style, _) = Push(page, "/a.css");
        Assert.Equal(WriteOutcome.Waiting, style.Stream!.Write(new Outgoing { MoreHeaders = Fields((":status", "200")), Data = Bytes(100_000), EndStream = true }));
        await fixture.Peer.SendRstStreamAsync(2, Http2ErrorCode.Cancel);
        await style.ExpectAsync("closed CANCEL");
        Assert.Equal(1, fixture.Connection.OpenStreams);
    }

    [Fact]
    public async Task HEADERS_Received_OnReservedLocal_ProtocolError()
    {
        await using ServerFixture fixture = await ServerFixture.ConnectAsync();
        Push(await RequestAsync(fixture), "/a.css");
        await fixture.Peer.ExpectAsync(FrameKind.PushPromise);
        await fixture.Peer.SendRequestAsync(2, endStream: true);
        await fixture.Peer.ExpectGoAwayAsync(Http2ErrorCode.ProtocolError);
    }

    [Fact]
    public async Task DATA_Received_OnReservedLocal_ProtocolError()
    {
        await using ServerFixture fixture = await ServerFixture.ConnectAsync();
        Push(await RequestAsync(fixture), "/a.css");
        await fixture.Peer.ExpectAsync(FrameKind.PushPromise);
        await fixture.Peer.SendDataAsync(2, [1]);
        await fixture.Peer.ExpectGoAwayAsync(Http2ErrorCode.ProtocolError);
    }

    [Fact]
    public async Task RST_STREAM_Received_OnEvenIdThatWasNotPromised_ProtocolError()
    {
        await using ServerFixture fixture = await ServerFixture.ConnectAsync();
        Push(await RequestAsync(fixture), "/a.css");
        await fixture.Peer.ExpectAsync(FrameKind.PushPromise);
        await fixture.Peer.SendRstStreamAsync(4, Http2ErrorCode.Cancel);
        await fixture.Peer.ExpectGoAwayAsync(Http2ErrorCode.ProtocolError);
    }

    [Fact]
    public async Task DATA_Received_OnPushedStreamInAGapOfClientIds_IgnoredAfterOurReset()
    {
        await using ServerFixture fixture = await ServerFixture.ConnectAsync();
        await fixture.Peer.SendRequestAsync(7, endStream: true);
        RecordingStream page = await fixture.Events.NextStreamAsync();
        (RecordingStream style, _) = Push(page, "/a.css");
        await fixture.Peer.ExpectAsync(FrameKind.PushPromise);
        style.Stream!.Reset(Http2ErrorCode.Cancel);
        await fixture.Peer.ExpectRstStreamAsync(2, Http2ErrorCode.Cancel);
        await style.ExpectAsync("closed CANCEL");
        await fixture.Peer.SendDataAsync(2, [1]);
        await SettleAsync(fixture);
    }

    [Fact]
    public async Task GOAWAY_Received_NoNewPushesThoseAboveAreUnprocessed()
    {
        await using ServerFixture fixture = await ServerFixture.ConnectAsync();
        RecordingStream page = await RequestAsync(fixture);
        (RecordingStream style, _) = Push(page, "/a.css");
        (RecordingStream script, _) = Push(page, "/b.js");
        await fixture.Peer.ExpectAsync(FrameKind.PushPromise);
        await fixture.Peer.ExpectAsync(FrameKind.PushPromise);
        await fixture.Peer.SendGoAwayAsync(2, Http2ErrorCode.NoError);
        await script.ExpectAsync("closed NO_ERROR");
        Assert.True(script.CloseError.IsUnprocessed);
        Assert.Equal(PushOutcome.Closed, Push(page, "/c").Outcome);
        page.Stream!.Write(new Outgoing { MoreHeaders = Fields((":status", "200")), EndStream = true });
        Assert.Equal(1, (await fixture.Peer.ExpectAsync(FrameKind.Headers)).Stream);
        style.Stream!.Write(new Outgoing { MoreHeaders = Fields((":status", "200")), EndStream = true });
        Assert.Equal(2, (await fixture.Peer.ExpectAsync(FrameKind.Headers)).Stream);
        await style.ExpectAsync("closed");
        await fixture.Peer.ExpectGoAwayAsync(Http2ErrorCode.NoError);
    }

    [Fact]
    public async Task RST_STREAM_Received_OnThePage_PushIsClosed()
    {
        await using ServerFixture fixture = await ServerFixture.ConnectAsync();
        RecordingStream page = await RequestAsync(fixture);
        await fixture.Peer.SendRstStreamAsync(1, Http2ErrorCode.Cancel);
        await page.ExpectAsync("headers end", "closed CANCEL");
        Assert.Equal(PushOutcome.Closed, Push(page, "/a.css").Outcome);
    }

    [Fact]
    public async Task HEADERS_Received_ResponseEnded_PushIsClosed()
    {
        await using ServerFixture fixture = await ServerFixture.ConnectAsync();
        RecordingStream page = await RequestAsync(fixture);
        page.Stream!.Write(new Outgoing { MoreHeaders = Fields((":status", "200")), EndStream = true });
        Assert.Equal(PushOutcome.Closed, Push(page, "/a.css").Outcome);
    }

    [Fact]
    public async Task HEADERS_Received_EndlessPromises_AtLimit()
    {
        await using ServerFixture fixture = await ServerFixture.ConnectAsync();
        RecordingStream page = await RequestAsync(fixture);
        for (int i = 0; i < Trunkline.Http2.Connections.ServerPushes.MaxReserved; i++)
        {
            Assert.Equal(PushOutcome.Pushed, Push(page, $"/{i}").Outcome);
        }

        Assert.Equal(PushOutcome.AtLimit, Push(page, "/more").Outcome);
    }

    [Theory]
    [InlineData(":method: POST|:scheme: http|:authority: test|:path: /", "GET nor HEAD")]
    [InlineData(":method: GET|:scheme: http|:authority: test|:path: /|content-length: 1", "content")]
    [InlineData(":method: GET|:scheme: https|:authority: test|:path: /", ":authority")]
    [InlineData(":method: GET|:scheme: http|:authority: elsewhere|:path: /", ":authority")]
    [InlineData(":method: GET|:scheme: http|:path: /", ":authority")]
    [InlineData(":method: GET|:scheme: http|:authority: test", ":path")]
    [InlineData(":method: GET|:scheme: http|:authority: test|:path: /|Upper: x", "field name")]
    [InlineData(":method: GET|:scheme: http|:authority: test|:path: /|connection: close", "connection")]
    [InlineData(":method: GET|x: y|:scheme: http|:authority: test|:path: /", "pseudo field")]
    public async Task HEADERS_Received_HandlerPushesBadRequest_CallerIsTold(string request, string complaint)
    {
        await using ServerFixture fixture = await ServerFixture.ConnectAsync();
        RecordingStream page = await RequestAsync(fixture);
        (string, string)[] fields = [.. request.Split('|').Select(line => line.Split(": ")).Select(pair => (pair[0], pair[1]))];
        ArgumentException exception = Assert.Throws<ArgumentException>(() => page.Stream!.TryPush(Fields(fields), new RecordingStream(), out _));
        Assert.Contains(complaint, exception.Message, StringComparison.Ordinal);
        Assert.Equal(PushOutcome.Pushed, Push(page, "/").Outcome);
    }

    [Fact]
    public async Task HEADERS_Received_HandlerPushesOnPushedStream_CallerIsTold()
    {
        await using ServerFixture fixture = await ServerFixture.ConnectAsync();
        (RecordingStream style, _) = Push(await RequestAsync(fixture), "/a.css");
        Assert.Throws<InvalidOperationException>(() => Push(style, "/b.js"));
    }

    [Fact]
    public async Task PUSH_PROMISE_Received_FromClient_ProtocolError()
    {
        await using ServerFixture fixture = await ServerFixture.ConnectAsync();
        await fixture.Peer.SendRequestAsync(1, endStream: false);
        await fixture.Peer.SendPushPromiseAsync(1, 2, (":method", "GET"));
        await fixture.Peer.ExpectGoAwayAsync(Http2ErrorCode.ProtocolError);
    }

    private static async Task<RecordingStream> RequestAsync(ServerFixture fixture)
    {
        await fixture.Peer.SendRequestAsync(1, endStream: true);
        return await fixture.Events.NextStreamAsync();
    }

    private static (RecordingStream Push, PushOutcome Outcome) Push(RecordingStream page, string path, params (string Name, string Value)[] more)
    {
        var handler = new RecordingStream();
        FieldSection request = Fields([(":method", "GET"), (":scheme", "http"), (":authority", "test"), (":path", path), .. more]);
        PushOutcome outcome = page.Stream!.TryPush(request, handler, out Http2Stream? promised);
        handler.Stream = promised;
        return (handler, outcome);
    }

    private static async Task ExpectResponseAsync(ServerFixture fixture, int stream, int bytes)
    {
        PeerFrame headers = await fixture.Peer.ExpectAsync(FrameKind.Headers);
        Assert.Equal((stream, false), (headers.Stream, headers.IsEndStream));
        Assert.Equal([(":status", "200")], fixture.Peer.Decode(headers));
        PeerFrame data = await fixture.Peer.ExpectAsync(FrameKind.Data);
        Assert.Equal((stream, bytes, true), (data.Stream, data.Payload.Length, data.IsEndStream));
    }

    // Changes a setting; it holds once it is acknowledged.
    private static async Task SetAsync(ServerFixture fixture, ushort id, uint value)
    {
        await fixture.Peer.SendSettingsAsync((id, value));
        PeerFrame frame = await fixture.Peer.ReceiveAsync();
        while (frame is not { Kind: FrameKind.Settings, IsAck: true })
        {
            Assert.Contains(frame.Kind, (FrameKind[])[FrameKind.PushPromise, FrameKind.Headers, FrameKind.Data]);
            frame = await fixture.Peer.ReceiveAsync();
        }
    }

    // What was sent before has been worked off, and the connection stands.
    private static async Task SettleAsync(ServerFixture fixture)
    {
        await fixture.Peer.SendFrameAsync(FrameKind.Ping, 0, 0, new byte[8]);
        Assert.True((await fixture.Peer.ExpectAsync(FrameKind.Ping)).IsAck);
    }

    private static PooledBuffer Bytes(int count)
    {
        var buffer = new PooledBuffer();
        buffer.Write(new byte[count]);
        return buffer;
    }

    private static FieldSection Fields(params (string Name, string Value)[] fields)
    {
        var section = new FieldSection();
        foreach ((string name, string value) in fields)
        {
            section.Add(name, value);
        }

        return section;
    }
}
