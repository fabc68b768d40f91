using Trunkline.Harness;

namespace Trunkline.Http2.Tests.Connections;

/// <summary>Peers that begin and do not finish, ask and do not read, and those that are merely slow.</summary>
public class SlowPeerTests
{
    private static readonly PreparedFields Ok = Prepare();

    private readonly ManualTimeProvider _time = new();

    private Http2Options Options => new() { TimeProvider = _time, KeepAliveInterval = Timeout.InfiniteTimeSpan };

    [Fact]
    public async Task PREFACE_Received_ByteByByteAndSlow_EndsAtTheHandshakeTimeout()
    {
        await using ServerFixture fixture = ServerFixture.Create(Options);
        Task start = fixture.Connection.StartAsync(CancellationToken.None);
        foreach (byte octet in "PRI * HTTP"u8.ToArray())
        {
            await fixture.Peer.SendAsync([octet]);
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        Http2Exception exception = await Assert.ThrowsAsync<Http2Exception>(() => start);
        Assert.Contains("within 10 s", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task HEADERS_Received_BlockNotFinished_EndsAtTheTimeout()
    {
        await using ServerFixture fixture = await ServerFixture.ConnectAsync(Options);
        byte[] block = fixture.Peer.Encode((":method", "GET"));
        await fixture.Peer.SendFrameAsync(FrameKind.Headers, 0, 1, block);
        Assert.Contains("HeaderBlockTimeout", await EndsAfterAsync(fixture.Peer, TimeSpan.FromSeconds(10)), StringComparison.Ordinal);
    }

    /// <summary>CONTINUATION now and then does not help: what counts is the block.</summary>
    [Fact]
    public async Task CONTINUATION_Received_BlockTrickles_EndsAtTheTimeout()
    {
        await using ServerFixture fixture = await ServerFixture.ConnectAsync(Options);
        byte[] block = fixture.Peer.Encode((":method", "GET"), (":path", "/"));
        await fixture.Peer.SendFrameAsync(FrameKind.Headers, 0, 1, block[..1]);
        await WaitUntilAsync(() => _time.ArmedTimers > 0);
        _time.Advance(TimeSpan.FromSeconds(5));
        await fixture.Peer.SendFrameAsync(FrameKind.Continuation, 0, 1, block[1..2]);
        Assert.Contains("HeaderBlockTimeout", await EndsAfterAsync(fixture.Peer, TimeSpan.FromSeconds(10)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Frame_Received_HalfOfIt_EndsAtTheTimeout()
    {
        await using ServerFixture fixture = await ServerFixture.ConnectAsync(Options);
        await fixture.Peer.SendAsync([0, 0, 8, 6, 0, 0, 0, 0, 0, 1, 2]);
        Assert.Contains("FrameTimeout", await EndsAfterAsync(fixture.Peer, TimeSpan.FromSeconds(30)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Frame_Received_FinishedInTime_TheWatchEnds()
    {
        await using ServerFixture fixture = await ServerFixture.ConnectAsync(Options);

        // Whatever was unfinished while the connection began is finished.
        await fixture.Peer.ExpectAliveAsync();
        _time.Advance(TimeSpan.FromSeconds(10));
        int timers = _time.ArmedTimers;
        await fixture.Peer.SendAsync([0, 0, 8, 6, 0, 0, 0, 0, 0, 1, 2]);
        await WaitUntilAsync(() => _time.ArmedTimers > timers);
        _time.Advance(TimeSpan.FromSeconds(20));
        await fixture.Peer.SendAsync([3, 4, 5, 6, 7, 8]);
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8], (await fixture.Peer.ExpectAsync(FrameKind.Ping)).Payload);
        _time.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal(timers, _time.ArmedTimers);
        await fixture.Peer.ExpectAliveAsync();
    }

    /// <summary>A peer that sends requests and reads no answer: it is read no further, holds a bounded amount, and ends when the send has waited too long.</summary>
    [Fact]
    public async Task HEADERS_Received_AnswersNotRead_ReadingStopsThenTheConnectionEnds()
    {
        var handler = new WorkingServer { Answer = Ok, EndsOnClose = true };
        await using AttackFixture fixture = await AttackFixture.ConnectAsync(handler, Options with { OutputHighWaterMark = 1024 });
        Task flood = Dialogue.UntilClosedAsync(SendRequests(fixture.Peer), 200_000);
        int begun = await SettleAsync(() => handler.Begun);
        Assert.InRange(begun, 1, 50_000);
        Http2Error error = await PassUntilAsync(fixture.Connection.Closed);
        Assert.Equal(Http2ErrorCode.EnhanceYourCalm, error.Code);
        Assert.Contains("WriteTimeout", error.Reason, StringComparison.Ordinal);
        await flood.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.InRange(handler.Begun, begun, 50_000);
    }

    /// <summary>A peer that asks for large answers and gives no credit for them.</summary>
    [Fact]
    public async Task Write_WindowsStayAtZero_StalledStreamsAreReset()
    {
        var handler = new WorkingServer();
        await using AttackFixture fixture = await AttackFixture.ConnectAsync(handler, Options with { Limits = new Http2Limits { MaxStalledBytes = 300_000 } });
        foreach (int id in (int[])[1, 3, 5, 7])
        {
            await fixture.Peer.SendRequestAsync(id, endStream: true);
        }

        await fixture.Peer.ExpectAliveAsync();
        foreach (Http2Stream stream in handler.Streams)
        {
            stream.Write(new Outgoing { Headers = Ok, Data = Zeros(100_000), EndStream = true });
        }

        int resets = 0;
        while (resets < 4)
        {
            Task<PeerFrame> received = fixture.Peer.ReceiveAsync();
            PeerFrame frame = await PassUntilAsync(received);
            if (frame.Kind == FrameKind.RstStream)
            {
                Assert.Equal(Http2ErrorCode.EnhanceYourCalm, frame.ErrorCode(0));
                resets++;
            }
        }

        await fixture.Peer.ExpectAliveAsync();
    }

    /// <summary>A slow reader of little is left alone, and gets its data in the end.</summary>
    [Fact]
    public async Task Write_WindowsStayAtZero_LittleMayWaitForHours()
    {
        var handler = new WorkingServer();
        await using AttackFixture fixture = await AttackFixture.ConnectAsync(handler, Options);
        await fixture.Peer.SendRequestAsync(1, endStream: true);
        await fixture.Peer.ExpectAliveAsync();
        handler.Streams[0].Write(new Outgoing { Headers = Ok, Data = Zeros(100_000), EndStream = true });
        int received = 0;
        while (received < 65_535)
        {
            received += (await Skip(fixture.Peer, FrameKind.Data)).Payload.Length;
        }

        await fixture.Peer.ExpectAliveAsync();
        _time.Advance(TimeSpan.FromHours(5));
        await fixture.Peer.SendWindowUpdateAsync(1, 100_000);
        await fixture.Peer.SendWindowUpdateAsync(0, 100_000);
        while (received < 100_000)
        {
            received += (await Skip(fixture.Peer, FrameKind.Data)).Payload.Length;
        }
    }

    [Fact]
    public async Task HEADERS_Received_TooMuchWaitsAlready_Refused()
    {
        var handler = new WorkingServer();
        await using AttackFixture fixture = await AttackFixture.ConnectAsync(handler, Options with { Limits = new Http2Limits { MaxWaitingBytes = 100_000 } });
        await fixture.Peer.SendRequestAsync(1, endStream: true);
        await fixture.Peer.ExpectAliveAsync();
        handler.Streams[0].Write(new Outgoing { Headers = Ok, Data = Zeros(200_000), EndStream = true });
        await fixture.Peer.SendRequestAsync(3, endStream: true);
        PeerFrame reset = await Skip(fixture.Peer, FrameKind.RstStream);
        Assert.Equal(3, reset.Stream);
        Assert.Equal(Http2ErrorCode.RefusedStream, reset.ErrorCode(0));

        // What is dropped waits no more.
        await fixture.Peer.SendRstStreamAsync(1, Http2ErrorCode.Cancel);
        await fixture.Peer.SendRequestAsync(5, endStream: true);
        await fixture.Peer.ExpectAliveAsync();
        Assert.Equal(2, handler.Begun);
    }

    /// <summary>CVE-2019-9511: a response in pieces of one byte.</summary>
    [Fact]
    public async Task WINDOW_UPDATE_Received_OneByteAtATime_EnhanceYourCalm()
    {
        var handler = new WorkingServer();
        await using AttackFixture fixture = await AttackFixture.ConnectAsync(handler, Options);
        await fixture.Peer.SendSettingsAsync((4, 0));
        await fixture.Peer.SendRequestAsync(1, endStream: true);
        await fixture.Peer.ExpectAliveAsync();
        handler.Streams[0].Write(new Outgoing { Headers = Ok, Data = Zeros(100_000), EndStream = true });
        int bytes = 0;
        PeerFrame frame = await fixture.Peer.ExpectAsync(FrameKind.Headers);
        while (frame.Kind != FrameKind.GoAway)
        {
            await fixture.Peer.SendWindowUpdateAsync(1, 1);
            frame = await fixture.Peer.ExpectAsync(FrameKind.Data, FrameKind.GoAway);
            bytes += frame.Kind == FrameKind.Data ? 1 : 0;
        }

        Assert.Equal(Http2ErrorCode.EnhanceYourCalm, frame.ErrorCode(4));
        Assert.InRange(bytes, 1000, 1002);
    }

    private static Func<Task> SendRequests(FramePeer peer)
    {
        int next = 1;
        return () =>
        {
            int id = next;
            next += 2;
            return peer.SendRequestAsync(id, endStream: true);
        };
    }

    private static async Task<PeerFrame> Skip(FramePeer peer, FrameKind kind)
    {
        PeerFrame frame = await peer.ReceiveAsync();
        while (frame.Kind != kind)
        {
            frame = await peer.ReceiveAsync();
        }

        return frame;
    }

    private static PooledBuffer Zeros(int length)
    {
        var data = new PooledBuffer();
        data.Write(new byte[length]);
        return data;
    }

    private static PreparedFields Prepare()
    {
        var fields = new FieldSection();
        fields.Add(":status", "200");
        return new PreparedFields(fields);
    }

    // Waits until a number that grows has come to rest.
    private static async Task<int> SettleAsync(Func<int> number)
    {
        int last = number();
        for (int same = 0; same < 20; same++)
        {
            await Task.Delay(5);
            int now = number();
            same = now == last && now > 0 ? same : 0;
            last = now;
        }

        return last;
    }

    // Nothing tells when the other side has come as far as to wait on the clock.
    private static async Task WaitUntilAsync(Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!condition())
        {
            await Task.Delay(1, patience.Token);
        }
    }

    // Ends, and not before the time is over; a look comes every fifth of the shortest time, so it may be two looks late.
    private async Task<string> EndsAfterAsync(FramePeer peer, TimeSpan time)
    {
        await WaitUntilAsync(() => _time.ArmedTimers > 0);
        DateTimeOffset from = _time.GetUtcNow();
        string reason = await PassUntilAsync(peer.ExpectEndAsync(Http2ErrorCode.EnhanceYourCalm));
        Assert.InRange(_time.GetUtcNow() - from, time - TimeSpan.FromSeconds(6), TimeSpan.MaxValue);
        return reason;
    }

    private async Task<T> PassUntilAsync<T>(Task<T> task)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!task.IsCompleted)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(1, patience.Token);
        }

        return await task;
    }
}
