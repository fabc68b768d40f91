using Trunkline.Harness;

namespace Trunkline.Http2.Tests.Connections;

/// <summary>What a client connection does with what a server sends. Names: FRAME_Received_Condition_Outcome.</summary>
public class ClientDialogueTests
{
    // The writer may hold a lock until it knows that it has to wait: told inside, it would wait for what has been.
    [Fact]
    public async Task Write_MoreThanTheOutputTakes_RoomIsToldAfterItsReturn()
    {
        (MemoryLink ours, MemoryLink theirs) = MemoryLink.CreatePair(capacity: 0);
        await using var peer = new FramePeer(theirs);
        await using Http2ClientConnection connection = Http2ClientConnection.Create(ours, new RecordingClient(), new Http2Options { OutputHighWaterMark = 1 });
        Task start = connection.StartAsync(CancellationToken.None);
        await peer.ConnectAsServerAsync();
        await start;
        await peer.DrainAsync();

        var handler = new WritingStream();
        Assert.Equal(OpenOutcome.Opened, connection.TryOpen(handler, out Http2Stream? stream));
        var data = new PooledBuffer();
        data.Write(new byte[60_000]);
        Assert.Equal(WriteOutcome.Waiting, handler.Write(stream!, new Outgoing { MoreHeaders = ClientFixture.Request(), Data = data }));
        Assert.False(await handler.WasToldInside.WaitAsync(TimeSpan.FromSeconds(20)));
    }

    private sealed class WritingStream : IStreamHandler
    {
        private readonly TaskCompletionSource<bool> _wasToldInside = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _writer;

        public Task<bool> WasToldInside => _wasToldInside.Task;

        public WriteOutcome Write(Http2Stream stream, in Outgoing outgoing)
        {
            Volatile.Write(ref _writer, Environment.CurrentManagedThreadId);
            WriteOutcome outcome = stream.Write(outgoing);
            Volatile.Write(ref _writer, 0);
            return outcome;
        }

        public void OnHeaders(in FieldBlock fields, bool endStream)
        {
        }

        public void OnData(ReadOnlyMemory<byte> data, bool endStream)
        {
        }

        public void OnTrailers(in FieldBlock fields)
        {
        }

        public void OnWritable() => _wasToldInside.TrySetResult(Volatile.Read(ref _writer) == Environment.CurrentManagedThreadId);

        public void OnClosed(in Http2Error error)
        {
        }
    }

    [Fact]
    public async Task HEADERS_Received_Response_Delivered()
    {
        await using ClientFixture fixture = await ClientFixture.ConnectAsync();
        (Http2Stream stream, RecordingStream events) = fixture.Open();
        Assert.Equal(1, stream.Id.Value);
        PeerFrame request = await fixture.Peer.ExpectAsync(FrameKind.Headers);
        Assert.True(request.IsEndStream);
        Assert.Contains((":path", "/"), fixture.Peer.Decode(request));

        await fixture.Peer.SendHeadersAsync(1, endStream: false, (":status", "103"));
        await fixture.Peer.SendHeadersAsync(1, endStream: false, (":status", "200"));
        await fixture.Peer.SendDataAsync(1, [1, 2, 3]);
        await fixture.Peer.SendHeadersAsync(1, endStream: true, ("grpc-status", "0"));

        await events.ExpectAsync("headers", "headers", "data 3", "trailers", "closed");
        Assert.Equal([(":status", "103"), (":status", "200"), ("grpc-status", "0")], events.Fields);
    }

    [Fact]
    public async Task RST_STREAM_Received_NoErrorBehindWholeResponse_KeepsIt()
    {
        await using ClientFixture fixture = await ClientFixture.ConnectAsync();
        (_, RecordingStream events) = fixture.Open(endStream: false);
        await fixture.Peer.ExpectAsync(FrameKind.Headers);
        await fixture.Peer.SendHeadersAsync(1, endStream: true, (":status", "200"));
        await fixture.Peer.SendRstStreamAsync(1, Http2ErrorCode.NoError);
        await events.ExpectAsync("headers end", "closed NO_ERROR");
        Assert.Equal(ErrorOrigin.Peer, events.CloseError.Origin);
    }

    [Fact]
    public async Task RST_STREAM_Received_Refused_IsUnprocessed()
    {
        await using ClientFixture fixture = await ClientFixture.ConnectAsync();
        (_, RecordingStream events) = fixture.Open();
        await fixture.Peer.ExpectAsync(FrameKind.Headers);
        await fixture.Peer.SendRstStreamAsync(1, Http2ErrorCode.RefusedStream);
        await events.ExpectAsync("closed REFUSED_STREAM");
        Assert.True(events.CloseError.IsUnprocessed);
    }

    [Fact]
    public async Task GOAWAY_Received_StreamsAboveAreUnprocessedOthersFinish()
    {
        await using ClientFixture fixture = await ClientFixture.ConnectAsync();
        (_, RecordingStream first) = fixture.Open();
        (_, RecordingStream second) = fixture.Open();
        await fixture.Peer.ExpectAsync(FrameKind.Headers);
        await fixture.Peer.ExpectAsync(FrameKind.Headers);
        await fixture.Peer.SendGoAwayAsync(1, Http2ErrorCode.EnhanceYourCalm, "too_many_pings");

        await second.ExpectAsync("closed ENHANCE_YOUR_CALM");
        Assert.True(second.CloseError.IsUnprocessed);
        Http2Error goAway = await fixture.Events.GoAway.Task.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Contains("too_many_pings", goAway.Reason, StringComparison.Ordinal);
        Assert.False(fixture.Connection.AcceptsStreams);
        Assert.Equal(OpenOutcome.Unavailable, fixture.Connection.TryOpen(new RecordingStream(), out _));

        await fixture.Peer.SendHeadersAsync(1, endStream: true, (":status", "200"));
        await first.ExpectAsync("headers end", "closed");
        await fixture.Peer.ExpectGoAwayAsync(Http2ErrorCode.NoError);
        await fixture.Peer.ExpectCloseAsync();
    }

    [Fact]
    public async Task GOAWAY_Received_Raised_ProtocolError()
    {
        await using ClientFixture fixture = await ClientFixture.ConnectAsync();
        fixture.Open();
        await fixture.Peer.ExpectAsync(FrameKind.Headers);
        await fixture.Peer.SendGoAwayAsync(1, Http2ErrorCode.NoError);
        await fixture.Peer.SendGoAwayAsync(3, Http2ErrorCode.NoError);
        await fixture.Peer.ExpectGoAwayAsync(Http2ErrorCode.ProtocolError);
    }

    [Fact]
    public async Task SETTINGS_Received_MaxConcurrentStreams_LimitsOpens()
    {
        await using ClientFixture fixture = await ClientFixture.ConnectAsync(settings: (3, 1));
        (_, RecordingStream events) = fixture.Open();
        await fixture.Peer.ExpectAsync(FrameKind.Headers);
        Assert.Equal(OpenOutcome.AtLimit, fixture.Connection.TryOpen(new RecordingStream(), out _));
        await fixture.Peer.SendHeadersAsync(1, endStream: true, (":status", "200"));
        await events.ExpectAsync("headers end", "closed");
        await fixture.Events.StreamsAvailable.Task.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal(OpenOutcome.Opened, fixture.Connection.TryOpen(new RecordingStream(), out _));
    }

    [Fact]
    public async Task SETTINGS_Received_EnablePushFromServer_ProtocolError()
    {
        await using ClientFixture fixture = await ClientFixture.ConnectAsync();
        await fixture.Peer.SendSettingsAsync((2, 1));
        await fixture.Peer.ExpectGoAwayAsync(Http2ErrorCode.ProtocolError);
    }

    [Theory]
    [InlineData("101")]
    [InlineData("20")]
    [InlineData("abc")]
    public async Task HEADERS_Received_IllegalStatus_ProtocolError(string status)
    {
        await using ClientFixture fixture = await ClientFixture.ConnectAsync();
        (_, RecordingStream events) = fixture.Open();
        await fixture.Peer.ExpectAsync(FrameKind.Headers);
        await fixture.Peer.SendHeadersAsync(1, endStream: false, (":status", status));
        await fixture.Peer.ExpectRstStreamAsync(1, Http2ErrorCode.ProtocolError);
        await events.ExpectAsync("closed PROTOCOL_ERROR");
    }

    [Fact]
    public async Task DATA_Received_BeforeHeaders_ProtocolError()
    {
        await using ClientFixture fixture = await ClientFixture.ConnectAsync();
        fixture.Open();
        await fixture.Peer.ExpectAsync(FrameKind.Headers);
        await fixture.Peer.SendDataAsync(1, [1]);
        await fixture.Peer.ExpectRstStreamAsync(1, Http2ErrorCode.ProtocolError);
    }

    [Fact]
    public async Task HEADERS_Received_OnServerStream_ProtocolError()
    {
        await using ClientFixture fixture = await ClientFixture.ConnectAsync();
        await fixture.Peer.SendHeadersAsync(2, endStream: true, (":status", "200"));
        await fixture.Peer.ExpectGoAwayAsync(Http2ErrorCode.ProtocolError);
    }

    [Fact]
    public async Task HEADERS_Received_ContentLengthOfHead_IsNotABody()
    {
        await using ClientFixture fixture = await ClientFixture.ConnectAsync();
        var handler = new RecordingStream();
        Assert.Equal(OpenOutcome.Opened, fixture.Connection.TryOpen(handler, out Http2Stream? stream));
        stream!.Write(new Outgoing { MoreHeaders = ClientFixture.Request(), EndStream = true, IsHead = true });
        await fixture.Peer.ExpectAsync(FrameKind.Headers);
        await fixture.Peer.SendHeadersAsync(1, endStream: true, (":status", "200"), ("content-length", "1234"));
        await handler.ExpectAsync("headers end", "closed");
    }

    [Fact]
    public async Task Reset_BeforeTheFirstWrite_SaysNothing()
    {
        await using ClientFixture fixture = await ClientFixture.ConnectAsync();
        var handler = new RecordingStream();
        Assert.Equal(OpenOutcome.Opened, fixture.Connection.TryOpen(handler, out Http2Stream? silent));
        silent!.Reset(Http2ErrorCode.Cancel);
        await handler.ExpectAsync("closed CANCEL");
        Assert.Equal(WriteOutcome.Closed, silent.Write(new Outgoing { MoreHeaders = ClientFixture.Request(), EndStream = true }));
        fixture.Open();
        Assert.Equal(1, (await fixture.Peer.ExpectAsync(FrameKind.Headers)).Stream);
    }

    [Fact]
    public async Task Reset_OfOpenStream_SendsCancelAndDropsWhatWaits()
    {
        await using ClientFixture fixture = await ClientFixture.ConnectAsync(settings: (4, 0));
        var handler = new RecordingStream();
        Assert.Equal(OpenOutcome.Opened, fixture.Connection.TryOpen(handler, out Http2Stream? stream));
        var data = new PooledBuffer();
        data.Write(new byte[100_000]);
        Assert.Equal(WriteOutcome.Waiting, stream!.Write(new Outgoing { MoreHeaders = ClientFixture.Request(), Data = data, EndStream = true }));
        await fixture.Peer.ExpectAsync(FrameKind.Headers);
        stream.Reset(Http2ErrorCode.Cancel);
        await fixture.Peer.ExpectRstStreamAsync(1, Http2ErrorCode.Cancel);
        await handler.ExpectAsync("closed CANCEL");
        Assert.Equal(0, fixture.Connection.OpenStreams);
    }

    [Fact]
    public async Task PING_Sent_MeasuresInVirtualTime()
    {
        var time = new ManualTimeProvider();
        await using ClientFixture fixture = await ClientFixture.ConnectAsync(new Http2Options { TimeProvider = time });
        Task<TimeSpan> ping = fixture.Connection.PingAsync(CancellationToken.None);
        PeerFrame frame = await fixture.Peer.ExpectAsync(FrameKind.Ping);
        time.Advance(TimeSpan.FromMilliseconds(42));
        await fixture.Peer.SendFrameAsync(FrameKind.Ping, 0x1, 0, frame.Payload);
        Assert.Equal(TimeSpan.FromMilliseconds(42), await ping);
    }

    [Fact]
    public async Task PING_Sent_ConnectionEnds_Fails()
    {
        await using ClientFixture fixture = await ClientFixture.ConnectAsync();
        Task<TimeSpan> ping = fixture.Connection.PingAsync(CancellationToken.None);
        await fixture.Peer.ExpectAsync(FrameKind.Ping);
        await fixture.Peer.DisposeAsync();
        await Assert.ThrowsAsync<Http2Exception>(() => ping);
    }

    [Fact]
    public async Task SETTINGS_NotAcknowledged_SettingsTimeout()
    {
        var time = new ManualTimeProvider();
        (MemoryLink ours, MemoryLink theirs) = MemoryLink.CreatePair();
        await using var peer = new FramePeer(theirs);
        await using Http2ClientConnection connection = Http2ClientConnection.Create(ours, new RecordingClient(), new Http2Options { TimeProvider = time });
        Task start = connection.StartAsync(CancellationToken.None);
        await peer.SendSettingsAsync();
        await start;
        time.Advance(TimeSpan.FromSeconds(10));
        Http2Error error = await connection.Closed.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal(Http2ErrorCode.SettingsTimeout, error.Code);
    }

    [Fact]
    public async Task Start_SilentPeer_HandshakeTimeoutSaysSo()
    {
        var time = new ManualTimeProvider();
        (MemoryLink ours, MemoryLink theirs) = MemoryLink.CreatePair();
        await using Http2ClientConnection connection = Http2ClientConnection.Create(
            ours, new RecordingClient(), new Http2Options { TimeProvider = time, HandshakeTimeout = TimeSpan.FromSeconds(3) });
        Task start = connection.StartAsync(CancellationToken.None);
        time.Advance(TimeSpan.FromSeconds(3));
        Http2Exception exception = await Assert.ThrowsAsync<Http2Exception>(() => start.WaitAsync(TimeSpan.FromSeconds(20)));
        Assert.Contains("within 3 s", exception.Message, StringComparison.Ordinal);
        await theirs.DisposeAsync();
    }

    [Fact]
    public async Task Dispose_EndsOpenStreams()
    {
        await using ClientFixture fixture = await ClientFixture.ConnectAsync();
        (_, RecordingStream events) = fixture.Open();
        await fixture.Peer.ExpectAsync(FrameKind.Headers);
        await fixture.Connection.DisposeAsync();
        await events.NextAsync();
        Assert.Equal(ErrorOrigin.User, events.CloseError.Origin);
        Assert.True((await fixture.Connection.Closed).IsNone);
    }

    [Fact]
    public async Task Release_AfterTheEnd_ObjectServesALaterStream()
    {
        await using ClientFixture fixture = await ClientFixture.ConnectAsync();
        (Http2Stream first, RecordingStream events) = fixture.Open();
        await fixture.Peer.ExpectAsync(FrameKind.Headers);
        await fixture.Peer.SendHeadersAsync(1, endStream: true, (":status", "200"));
        await events.ExpectAsync("headers end", "closed");
        first.Release();
        (Http2Stream second, RecordingStream later) = fixture.Open();
        Assert.Same(first, second);
        Assert.Equal(3, second.Id.Value);
        await fixture.Peer.ExpectAsync(FrameKind.Headers);
        await fixture.Peer.SendHeadersAsync(3, endStream: true, (":status", "404"));
        await later.ExpectAsync("headers end", "closed");
        Assert.Equal([(":status", "404")], later.Fields);
    }
}
