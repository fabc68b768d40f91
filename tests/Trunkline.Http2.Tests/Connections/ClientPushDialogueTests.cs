using Trunkline.Harness;

namespace Trunkline.Http2.Tests.Connections;

/// <summary>A client connection to which a server pushes, frame by frame. Names: FRAME_Received_Condition_Outcome.</summary>
public class ClientPushDialogueTests
{
    private static readonly Http2Options Pushes = new() { EnablePush = true, MaxConcurrentStreams = 2 };

    // Windows that do not grow, so that no PING asks for the distance.
    private static readonly Http2Options NarrowPushes = new() { EnablePush = true, InitialStreamWindow = 10, MaxStreamWindow = 10 };

    [Fact]
    public async Task PUSH_PROMISE_Received_Taken_ResponseFollows()
    {
        await using ClientFixture fixture = await TakingAsync();
        await RequestAsync(fixture);
        await PromiseAsync(fixture, 2, "/a.css");
        OfferedPush offer = await fixture.Events.NextOfferAsync();
        Assert.Equal((1, 2), (offer.Associated, offer.Stream.Id.Value));
        Assert.Equal([(":method", "GET"), (":scheme", "http"), (":authority", "test"), (":path", "/a.css")], offer.Request);
        Assert.Equal(2, fixture.Connection.OpenStreams);
        await fixture.Peer.SendHeadersAsync(2, endStream: false, (":status", "103"));
        await fixture.Peer.SendHeadersAsync(2, endStream: false, (":status", "200"));
        await fixture.Peer.SendDataAsync(2, [1, 2, 3]);
        await fixture.Peer.SendHeadersAsync(2, endStream: true, ("x-end", "1"));
        await offer.Taker!.ExpectAsync("headers", "headers", "data 3", "trailers", "closed");
        Assert.Equal(1, fixture.Connection.OpenStreams);
    }

    [Fact]
    public async Task SETTINGS_Sent_PushOn_BindsPushesByMaxConcurrentStreams()
    {
        (MemoryLink ours, MemoryLink theirs) = MemoryLink.CreatePair();
        await using Http2ClientConnection connection = Http2ClientConnection.Create(ours, new RecordingClient(), Pushes);
        await using var peer = new FramePeer(theirs);
        Task start = connection.StartAsync(CancellationToken.None);
        await peer.ExpectPrefaceAsync();
        PeerFrame settings = await peer.ExpectAsync(FrameKind.Settings);
        Assert.Contains(("0002", "00000001"), Entries(settings));
        Assert.Contains(("0003", "00000002"), Entries(settings));
        await peer.SendSettingsAsync();
        await start;
    }

    [Fact]
    public async Task PUSH_PROMISE_Received_InPieces_OfferedWhole()
    {
        await using ClientFixture fixture = await TakingAsync();
        await RequestAsync(fixture);
        byte[] block = fixture.Peer.Encode(Request("/a.css"));
        await fixture.Peer.SendFrameAsync(FrameKind.PushPromise, 0x8, 1, [3, 0, 0, 0, 2, .. block[..2], 0, 0, 0]);
        await fixture.Peer.SendFrameAsync(FrameKind.Continuation, 0, 1, block[2..5]);
        await fixture.Peer.SendFrameAsync(FrameKind.Continuation, 0x4, 1, block[5..]);
        Assert.Equal(Request("/a.css"), (await fixture.Events.NextOfferAsync()).Request);
    }

    [Fact]
    public async Task CONTINUATION_Received_OfPromiseOnThePromisedStream_ProtocolError()
    {
        await using ClientFixture fixture = await TakingAsync();
        await RequestAsync(fixture);
        byte[] block = fixture.Peer.Encode(Request("/a.css"));
        await fixture.Peer.SendFrameAsync(FrameKind.PushPromise, 0, 1, [0, 0, 0, 2, .. block]);
        await fixture.Peer.SendFrameAsync(FrameKind.Continuation, 0x4, 2);
        await fixture.Peer.ExpectGoAwayAsync(Http2ErrorCode.ProtocolError);
    }

    [Fact]
    public async Task PUSH_PROMISE_Received_NotTaken_RefusedAndCompressionGoesOn()
    {
        await using ClientFixture fixture = await ClientFixture.ConnectAsync(Pushes);
        RecordingStream page = await RequestAsync(fixture);
        await PromiseAsync(fixture, 2, "/a.css", ("x-new-in-the-table", "1"));
        await fixture.Peer.ExpectRstStreamAsync(2, Http2ErrorCode.RefusedStream);
        await fixture.Peer.SendHeadersAsync(1, endStream: true, (":status", "200"), ("x-new-in-the-table", "1"));
        await page.ExpectAsync("headers end", "closed");
        Assert.Contains(("x-new-in-the-table", "1"), page.Fields);
        Assert.Equal(0, fixture.Connection.OpenStreams);
    }

    [Fact]
    public async Task PUSH_PROMISE_Received_TakenAndCancelled_LateResponseIgnored()
    {
        await using ClientFixture fixture = await TakingAsync();
        RecordingStream page = await RequestAsync(fixture);
        await PromiseAsync(fixture, 2, "/a.css");
        OfferedPush offer = await fixture.Events.NextOfferAsync();
        offer.Stream.Reset(Http2ErrorCode.Cancel);
        await fixture.Peer.ExpectRstStreamAsync(2, Http2ErrorCode.Cancel);
        await offer.Taker!.ExpectAsync("closed CANCEL");
        await fixture.Peer.SendHeadersAsync(2, endStream: false, (":status", "200"));
        await fixture.Peer.SendDataAsync(2, [1], endStream: true);
        await fixture.Peer.SendHeadersAsync(1, endStream: true, (":status", "200"));
        await page.ExpectAsync("headers end", "closed");
    }

    [Fact]
    public async Task PUSH_PROMISE_Received_CancelledInTheOffer_TakerIsTold()
    {
        await using ClientFixture fixture = await ClientFixture.ConnectAsync(Pushes);
        var taker = new RecordingStream();
        fixture.Events.Taker = stream =>
        {
            stream.Reset(Http2ErrorCode.Cancel);
            return taker;
        };
        await RequestAsync(fixture);
        await PromiseAsync(fixture, 2, "/a.css");
        await fixture.Peer.ExpectRstStreamAsync(2, Http2ErrorCode.Cancel);
        await taker.ExpectAsync("closed CANCEL");
        Assert.Equal(1, fixture.Connection.OpenStreams);
    }

    [Fact]
    public async Task RST_STREAM_Received_OnReservedRemote_EndsThePush()
    {
        await using ClientFixture fixture = await TakingAsync();
        await RequestAsync(fixture);
        await PromiseAsync(fixture, 2, "/a.css");
        await fixture.Peer.SendRstStreamAsync(2, Http2ErrorCode.InternalError);
        await (await fixture.Events.NextOfferAsync()).Taker!.ExpectAsync("closed INTERNAL_ERROR");
    }

    [Fact]
    public async Task PUSH_PROMISE_Received_PushOffAndAcknowledged_ProtocolError()
    {
        await using ClientFixture fixture = await ClientFixture.ConnectAsync();
        await RequestAsync(fixture);
        await PromiseAsync(fixture, 2, "/a.css");
        await fixture.Peer.ExpectGoAwayAsync(Http2ErrorCode.ProtocolError);
    }

    [Fact]
    public async Task PUSH_PROMISE_Received_PushOffBeforeAcknowledgement_Refused()
    {
        (MemoryLink ours, MemoryLink theirs) = MemoryLink.CreatePair();
        await using Http2ClientConnection connection = Http2ClientConnection.Create(ours, new RecordingClient(), new Http2Options());
        await using var peer = new FramePeer(theirs);
        Task start = connection.StartAsync(CancellationToken.None);
        await peer.SendSettingsAsync();
        await start;
        await peer.ExpectPrefaceAsync();
        await peer.ExpectAsync(FrameKind.Settings);
        await peer.ExpectAsync(FrameKind.WindowUpdate);
        await peer.ExpectAsync(FrameKind.Settings);
        Assert.Equal(OpenOutcome.Opened, connection.TryOpen(new RecordingStream(), out Http2Stream? stream));
        stream!.Write(new Outgoing { MoreHeaders = ClientFixture.Request(), EndStream = true });
        await peer.ExpectAsync(FrameKind.Headers);
        await peer.SendPushPromiseAsync(1, 2, Request("/a.css"));
        await peer.ExpectRstStreamAsync(2, Http2ErrorCode.RefusedStream);
        await peer.SendFrameAsync(FrameKind.Settings, 0x1, 0);
        await peer.SendPushPromiseAsync(1, 4, Request("/b.js"));
        await peer.ExpectGoAwayAsync(Http2ErrorCode.ProtocolError);
    }

    [Fact]
    public async Task PUSH_PROMISE_Received_PushSwitchedOff_RefusedUntilAcknowledgedThenProtocolError()
    {
        await using ClientFixture fixture = await TakingAsync();
        await RequestAsync(fixture);
        await PromiseAsync(fixture, 2, "/a.css");
        OfferedPush offer = await fixture.Events.NextOfferAsync();
        fixture.Connection.DisablePush();
        fixture.Connection.DisablePush();
        PeerFrame settings = await fixture.Peer.ExpectAsync(FrameKind.Settings);
        Assert.Equal([("0002", "00000000")], Entries(settings));
        await PromiseAsync(fixture, 4, "/b.js");
        await fixture.Peer.ExpectRstStreamAsync(4, Http2ErrorCode.RefusedStream);
        await fixture.Peer.SendFrameAsync(FrameKind.Settings, 0x1, 0);
        await fixture.Peer.SendHeadersAsync(2, endStream: true, (":status", "200"));
        await offer.Taker!.ExpectAsync("headers end", "closed");
        await PromiseAsync(fixture, 6, "/c.js");
        await fixture.Peer.ExpectGoAwayAsync(Http2ErrorCode.ProtocolError);
    }

    [Fact]
    public async Task SETTINGS_Sent_PushSwitchedOff_NotAcknowledged_SettingsTimeout()
    {
        var time = new ManualTimeProvider();
        await using ClientFixture fixture = await TakingAsync(Pushes with { TimeProvider = time });
        await SettleAsync(fixture);
        time.Advance(TimeSpan.FromMinutes(1));
        fixture.Connection.DisablePush();
        await fixture.Peer.ExpectAsync(FrameKind.Settings);
        time.Advance(TimeSpan.FromSeconds(10));
        await fixture.Peer.ExpectGoAwayAsync(Http2ErrorCode.SettingsTimeout);
    }

    [Fact]
    public async Task SETTINGS_Sent_PushOffFromTheStart_SwitchingItOffSaysNothing()
    {
        await using ClientFixture fixture = await ClientFixture.ConnectAsync();
        fixture.Connection.DisablePush();
        await SettleAsync(fixture);
        (MemoryLink ours, _) = MemoryLink.CreatePair();
        await using Http2ClientConnection connection = Http2ClientConnection.Create(ours, new RecordingClient(), Pushes);
        Assert.Throws<InvalidOperationException>(connection.DisablePush);
    }

    [Theory]
    [InlineData(0)] // no stream
    [InlineData(3)] // id odd, as if the client had opened it
    [InlineData(1)] // the page itself
    public async Task PUSH_PROMISE_Received_OfNoServerId_ProtocolError(int promised)
    {
        await using ClientFixture fixture = await TakingAsync();
        await RequestAsync(fixture);
        await PromiseAsync(fixture, promised, "/a.css");
        await fixture.Peer.ExpectGoAwayAsync(Http2ErrorCode.ProtocolError);
    }

    [Theory]
    [InlineData(4)] // twice
    [InlineData(2)] // not increasing
    public async Task PUSH_PROMISE_Received_OfUsedId_ProtocolError(int promised)
    {
        await using ClientFixture fixture = await TakingAsync();
        await RequestAsync(fixture);
        await PromiseAsync(fixture, 4, "/a.css");
        await PromiseAsync(fixture, promised, "/b.js");
        await fixture.Peer.ExpectGoAwayAsync(Http2ErrorCode.ProtocolError);
    }

    [Theory]
    [InlineData(0)] // stream 0
    [InlineData(3)] // an idle stream of the client's
    [InlineData(4)] // an idle stream of the server's
    [InlineData(2)] // a promised stream
    public async Task PUSH_PROMISE_Received_OnWrongStream_ProtocolError(int associated)
    {
        await using ClientFixture fixture = await TakingAsync();
        await RequestAsync(fixture);
        await PromiseAsync(fixture, 2, "/a.css");
        await fixture.Peer.SendPushPromiseAsync(associated, 6, Request("/b.js"));
        await fixture.Peer.ExpectGoAwayAsync(Http2ErrorCode.ProtocolError);
    }

    [Theory]
    [InlineData(false)] // half-closed (remote): the request's side still stands
    [InlineData(true)] // closed
    public async Task PUSH_PROMISE_Received_AfterTheResponse_ProtocolError(bool isRequestEnded)
    {
        await using ClientFixture fixture = await TakingAsync();
        (_, RecordingStream page) = fixture.Open(isRequestEnded);
        await fixture.Peer.ExpectAsync(FrameKind.Headers);
        await fixture.Peer.SendHeadersAsync(1, endStream: true, (":status", "200"));
        await page.ExpectAsync("headers end");
        await PromiseAsync(fixture, 2, "/a.css");
        await fixture.Peer.ExpectGoAwayAsync(Http2ErrorCode.ProtocolError);
    }

    [Fact]
    public async Task PUSH_PROMISE_Received_AfterRstStreamFromServer_ProtocolError()
    {
        await using ClientFixture fixture = await TakingAsync();
        RecordingStream page = await RequestAsync(fixture);
        await fixture.Peer.SendRstStreamAsync(1, Http2ErrorCode.InternalError);
        await page.ExpectAsync("closed INTERNAL_ERROR");
        await PromiseAsync(fixture, 2, "/a.css");
        await fixture.Peer.ExpectGoAwayAsync(Http2ErrorCode.ProtocolError);
    }

    [Fact]
    public async Task PUSH_PROMISE_Received_OnStreamThatWeReset_ReservesAndIsRefused()
    {
        await using ClientFixture fixture = await TakingAsync();
        (Http2Stream stream, RecordingStream page) = fixture.Open();
        await fixture.Peer.ExpectAsync(FrameKind.Headers);
        stream.Reset(Http2ErrorCode.Cancel);
        await page.ExpectAsync("closed CANCEL");
        await fixture.Peer.ExpectRstStreamAsync(1, Http2ErrorCode.Cancel);
        await PromiseAsync(fixture, 2, "/a.css");
        await fixture.Peer.ExpectRstStreamAsync(2, Http2ErrorCode.RefusedStream);
        await fixture.Peer.SendHeadersAsync(2, endStream: true, (":status", "200"));
        await SettleAsync(fixture);
        await PromiseAsync(fixture, 2, "/a.css");
        await fixture.Peer.ExpectGoAwayAsync(Http2ErrorCode.ProtocolError);
    }

    [Theory]
    [InlineData(":method: POST|:scheme: http|:authority: test|:path: /")]
    [InlineData(":method: GET|:scheme: http|:authority: test|:path: /|content-length: 1")]
    [InlineData(":method: GET|:scheme: http|:authority: elsewhere|:path: /")]
    [InlineData(":method: GET|:scheme: https|:authority: test|:path: /")]
    [InlineData(":method: GET|:scheme: http|:path: /")]
    [InlineData(":method: GET|:scheme: http|:authority: test")]
    [InlineData(":method: GET|:scheme: http|:authority: test|:path: /|te: gzip")]
    [InlineData(":status: 200")]
    public async Task PUSH_PROMISE_Received_BadRequest_ProtocolErrorOnThePromisedStream(string request)
    {
        await using ClientFixture fixture = await TakingAsync();
        await RequestAsync(fixture);
        await fixture.Peer.SendPushPromiseAsync(1, 2, [.. request.Split('|').Select(line => line.Split(": ")).Select(pair => (pair[0], pair[1]))]);
        await fixture.Peer.ExpectRstStreamAsync(2, Http2ErrorCode.ProtocolError);
        await PromiseAsync(fixture, 4, "/sound");
        Assert.Equal(4, (await fixture.Events.NextOfferAsync()).Stream.Id.Value);
    }

    [Fact]
    public async Task PUSH_PROMISE_Received_AboveTheListLimit_EnhanceYourCalm()
    {
        await using ClientFixture fixture = await TakingAsync(new Http2Options { EnablePush = true, MaxHeaderListSize = 500 });
        await RequestAsync(fixture);
        await PromiseAsync(fixture, 2, "/a.css", ("x-large", new string('y', 1000)));
        await fixture.Peer.ExpectRstStreamAsync(2, Http2ErrorCode.EnhanceYourCalm);
        await SettleAsync(fixture);
    }

    [Fact]
    public async Task PUSH_PROMISE_Received_GarbageBlock_CompressionError()
    {
        await using ClientFixture fixture = await TakingAsync();
        await RequestAsync(fixture);
        await fixture.Peer.SendFrameAsync(FrameKind.PushPromise, 0x4, 1, 0, 0, 0, 2, 0x80);
        await fixture.Peer.ExpectGoAwayAsync(Http2ErrorCode.CompressionError);
    }

    [Fact]
    public async Task PUSH_PROMISE_Received_Endless_RefusedAboveTheCap()
    {
        await using ClientFixture fixture = await TakingAsync();
        await RequestAsync(fixture);
        const int Cap = Trunkline.Http2.Connections.ClientPushes.MaxReserved;
        for (int i = 1; i <= Cap + 1; i++)
        {
            await PromiseAsync(fixture, 2 * i, "/a.css");
        }

        await fixture.Peer.ExpectRstStreamAsync(2 * (Cap + 1), Http2ErrorCode.RefusedStream);
        Assert.Equal(Cap + 1, fixture.Connection.OpenStreams);
    }

    // The link holds 65,536 bytes of refusals, 5,041 of them; what is above the limit of owed replies then ends the connection.
    [Fact]
    public async Task PUSH_PROMISE_Received_EndlessAndRefusalsNotRead_EnhanceYourCalm()
    {
        await using ClientFixture fixture = await ClientFixture.ConnectAsync(Pushes);
        await RequestAsync(fixture);
        try
        {
            for (int i = 1; i <= 8_000; i++)
            {
                await PromiseAsync(fixture, 2 * i, "/a.css");
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            // The client has closed the link.
        }

        PeerFrame frame = await fixture.Peer.ReceiveAsync();
        while (frame.Kind == FrameKind.RstStream)
        {
            frame = await fixture.Peer.ReceiveAsync();
        }

        Assert.Equal(FrameKind.GoAway, frame.Kind);
        Assert.Equal(Http2ErrorCode.EnhanceYourCalm, frame.ErrorCode(4));
    }

    [Fact]
    public async Task HEADERS_Received_PushesAboveMaxConcurrentStreams_Refused()
    {
        await using ClientFixture fixture = await TakingAsync();
        await RequestAsync(fixture);
        for (int id = 2; id <= 8; id += 2)
        {
            await PromiseAsync(fixture, id, "/a.css");
        }

        await fixture.Peer.SendHeadersAsync(4, endStream: false, (":status", "200"));
        await fixture.Peer.SendHeadersAsync(2, endStream: false, (":status", "200"));
        await fixture.Peer.SendHeadersAsync(6, endStream: false, (":status", "200"));
        await fixture.Peer.ExpectRstStreamAsync(6, Http2ErrorCode.RefusedStream);
        await fixture.Peer.SendDataAsync(2, [1], endStream: true);
        await fixture.Peer.SendHeadersAsync(8, endStream: true, (":status", "200"));
        await SettleAsync(fixture);
        Assert.Equal(2, fixture.Connection.OpenStreams);
    }

    [Fact]
    public async Task DATA_Received_OnReservedRemote_ProtocolError()
    {
        await using ClientFixture fixture = await TakingAsync();
        await RequestAsync(fixture);
        await PromiseAsync(fixture, 2, "/a.css");
        await fixture.Peer.SendDataAsync(2, [1]);
        await fixture.Peer.ExpectGoAwayAsync(Http2ErrorCode.ProtocolError);
    }

    [Fact]
    public async Task WINDOW_UPDATE_Received_OnReservedRemote_ProtocolError()
    {
        await using ClientFixture fixture = await TakingAsync();
        await RequestAsync(fixture);
        await PromiseAsync(fixture, 2, "/a.css");
        await fixture.Peer.SendWindowUpdateAsync(2, 1);
        await fixture.Peer.ExpectGoAwayAsync(Http2ErrorCode.ProtocolError);
    }

    [Fact]
    public async Task WINDOW_UPDATE_Received_InThePushedResponse_Ignored()
    {
        await using ClientFixture fixture = await TakingAsync();
        await RequestAsync(fixture);
        await PromiseAsync(fixture, 2, "/a.css");
        await fixture.Peer.SendHeadersAsync(2, endStream: false, (":status", "200"));
        await fixture.Peer.SendWindowUpdateAsync(2, 1);
        await SettleAsync(fixture);
    }

    [Fact]
    public async Task PRIORITY_Received_OnReservedRemote_Ignored()
    {
        await using ClientFixture fixture = await TakingAsync();
        await RequestAsync(fixture);
        await PromiseAsync(fixture, 2, "/a.css");
        await fixture.Peer.SendFrameAsync(FrameKind.Priority, 0, 2, 0, 0, 0, 1, 7);
        await SettleAsync(fixture);
    }

    [Fact]
    public async Task HEADERS_Received_OnSkippedServerId_ProtocolError()
    {
        await using ClientFixture fixture = await TakingAsync();
        await RequestAsync(fixture);
        await PromiseAsync(fixture, 6, "/a.css");
        await fixture.Peer.SendHeadersAsync(4, endStream: true, (":status", "200"));
        await fixture.Peer.ExpectGoAwayAsync(Http2ErrorCode.ProtocolError);
    }

    [Fact]
    public async Task HEADERS_Received_AnswerToPromisedHead_ContentLengthIsNotABody()
    {
        await using ClientFixture fixture = await TakingAsync();
        await RequestAsync(fixture);
        await fixture.Peer.SendPushPromiseAsync(1, 2, (":method", "HEAD"), (":scheme", "http"), (":authority", "test"), (":path", "/a"));
        await fixture.Peer.SendHeadersAsync(2, endStream: true, (":status", "200"), ("content-length", "1000"));
        await (await fixture.Events.NextOfferAsync()).Taker!.ExpectAsync("headers end", "closed");
    }

    [Fact]
    public async Task DATA_Received_PushedBeyondTheStreamWindow_FlowControlError()
    {
        await using ClientFixture fixture = await TakingAsync(NarrowPushes);
        await RequestAsync(fixture);
        await SettleAsync(fixture);
        await PromiseAsync(fixture, 2, "/a.css");
        await fixture.Peer.SendHeadersAsync(2, endStream: false, (":status", "200"));
        await fixture.Peer.SendDataAsync(2, new byte[11]);
        await fixture.Peer.ExpectRstStreamAsync(2, Http2ErrorCode.FlowControlError);
    }

    [Fact]
    public async Task DATA_Received_PushedAndConsumed_CreditGoesBack()
    {
        await using ClientFixture fixture = await TakingAsync(NarrowPushes);
        await RequestAsync(fixture);
        await PromiseAsync(fixture, 2, "/a.css");
        await fixture.Peer.SendHeadersAsync(2, endStream: false, (":status", "200"));
        await fixture.Peer.SendDataAsync(2, new byte[10]);
        OfferedPush offer = await fixture.Events.NextOfferAsync();
        await offer.Taker!.ExpectAsync("headers", "data 10");
        offer.Stream.Consume(10);
        PeerFrame credit = await fixture.Peer.ExpectAsync(FrameKind.WindowUpdate);
        Assert.Equal((2, 10u), (credit.Stream, credit.Number(0)));
    }

    [Fact]
    public async Task GOAWAY_Sent_NamesTheLastOfferedPush()
    {
        await using ClientFixture fixture = await TakingAsync();
        RecordingStream page = await RequestAsync(fixture);
        await PromiseAsync(fixture, 2, "/a.css");
        OfferedPush offer = await fixture.Events.NextOfferAsync();
        Task shutdown = fixture.Connection.ShutdownAsync(CancellationToken.None);
        PeerFrame goAway = await fixture.Peer.ExpectGoAwayAsync(Http2ErrorCode.NoError);
        Assert.Equal(2u, goAway.Number(0));
        await PromiseAsync(fixture, 4, "/b.js");
        await fixture.Peer.ExpectRstStreamAsync(4, Http2ErrorCode.RefusedStream);
        await fixture.Peer.SendHeadersAsync(1, endStream: true, (":status", "200"));
        await page.ExpectAsync("headers end", "closed");
        await fixture.Peer.SendHeadersAsync(2, endStream: true, (":status", "200"));
        await offer.Taker!.ExpectAsync("headers end", "closed");
        await shutdown;
    }

    [Fact]
    public async Task GOAWAY_Received_PushesGoOn()
    {
        await using ClientFixture fixture = await TakingAsync();
        await RequestAsync(fixture);
        await PromiseAsync(fixture, 2, "/a.css");
        OfferedPush offer = await fixture.Events.NextOfferAsync();
        await fixture.Peer.SendGoAwayAsync(1, Http2ErrorCode.NoError);
        await fixture.Peer.SendHeadersAsync(2, endStream: true, (":status", "200"));
        await offer.Taker!.ExpectAsync("headers end", "closed");
    }

    [Fact]
    public async Task PUSH_PROMISE_Received_WriteOnThePushedStream_SaysClosed()
    {
        await using ClientFixture fixture = await TakingAsync();
        (Http2Stream page, _) = fixture.Open();
        await fixture.Peer.ExpectAsync(FrameKind.Headers);
        await PromiseAsync(fixture, 2, "/a.css");
        OfferedPush offer = await fixture.Events.NextOfferAsync();
        Assert.Equal(WriteOutcome.Closed, offer.Stream.Write(new Outgoing { MoreHeaders = ClientFixture.Request(), EndStream = true }));
        Assert.Throws<InvalidOperationException>(() => page.TryPush(ClientFixture.Request(), new RecordingStream(), out _));
        await fixture.Peer.SendHeadersAsync(2, endStream: true, (":status", "200"));
        await offer.Taker!.ExpectAsync("headers end", "closed");
    }

    [Fact]
    public async Task LINK_Lost_PushesEndWithIt()
    {
        await using ClientFixture fixture = await TakingAsync();
        await RequestAsync(fixture);
        await PromiseAsync(fixture, 2, "/a.css");
        OfferedPush offer = await fixture.Events.NextOfferAsync();
        await fixture.Peer.DisposeAsync();
        Assert.StartsWith("closed", await offer.Taker!.NextAsync(), StringComparison.Ordinal);
        Assert.Equal(ErrorOrigin.Link, offer.Taker.CloseError.Origin);
    }

    private static async Task<ClientFixture> TakingAsync(Http2Options? options = null)
    {
        ClientFixture fixture = await ClientFixture.ConnectAsync(options ?? Pushes);
        fixture.Events.Taker = static stream => new RecordingStream { Stream = stream };
        return fixture;
    }

    private static async Task<RecordingStream> RequestAsync(ClientFixture fixture)
    {
        (_, RecordingStream page) = fixture.Open();
        await fixture.Peer.ExpectAsync(FrameKind.Headers);
        return page;
    }

    private static Task PromiseAsync(ClientFixture fixture, int promised, string path, params (string Name, string Value)[] more) =>
        fixture.Peer.SendPushPromiseAsync(1, promised, [.. Request(path), .. more]);

    private static (string Name, string Value)[] Request(string path) => [(":method", "GET"), (":scheme", "http"), (":authority", "test"), (":path", path)];

    // What was sent before has been worked off, and the connection stands.
    private static async Task SettleAsync(ClientFixture fixture)
    {
        await fixture.Peer.SendFrameAsync(FrameKind.Ping, 0, 0, new byte[8]);
        Assert.True((await fixture.Peer.ExpectAsync(FrameKind.Ping)).IsAck);
    }

    private static IEnumerable<(string Id, string Value)> Entries(PeerFrame settings) =>
        settings.Payload.Chunk(6).Select(entry => (Convert.ToHexString(entry.AsSpan(0, 2)), Convert.ToHexString(entry.AsSpan(2))));
}
