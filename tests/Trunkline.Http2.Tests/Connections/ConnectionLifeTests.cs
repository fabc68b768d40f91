using System.Text;
using Trunkline.Harness;
using Trunkline.Http2.Connections;

namespace Trunkline.Http2.Tests.Connections;

/// <summary>How connections begin, stay alive and end: prefaces, signs of life, GOAWAY in two steps, the last stream id.</summary>
public class ConnectionLifeTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: example\r\n\r\n")]
    [InlineData("POST /greet.Greeter/Hello HTTP/1.1\r\n\r\n")]
    [InlineData("PROPFIND / HTTP/1.0\r\n\r\n")]
    public async Task PREFACE_Received_Http1Request_AnsweredInHttp1(string request)
    {
        await using ServerFixture fixture = ServerFixture.Create();
        Task start = fixture.Connection.StartAsync(CancellationToken.None);
        await fixture.Peer.SendAsync(Encoding.ASCII.GetBytes(request));
        Http2Exception exception = await Assert.ThrowsAsync<Http2Exception>(() => start);
        Assert.Equal(Http2ErrorCode.Http11Required, exception.Error.Code);

        string answer = Encoding.ASCII.GetString(await fixture.Peer.ReceiveToEndAsync());
        Assert.StartsWith("HTTP/1.1 505 ", answer, StringComparison.Ordinal);
        string[] parts = answer.Split("\r\n\r\n", 2);
        Assert.Contains($"Content-Length: {parts[1].Length}\r\n", parts[0] + "\r\n", StringComparison.Ordinal);
        Assert.Contains("HTTP/2", parts[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task PREFACE_Received_Http1RequestByteByByte_AnsweredInHttp1()
    {
        await using ServerFixture fixture = ServerFixture.Create();
        Task start = fixture.Connection.StartAsync(CancellationToken.None);
        foreach (byte octet in "POST "u8.ToArray())
        {
            await fixture.Peer.SendAsync([octet]);
        }

        await Assert.ThrowsAsync<Http2Exception>(() => start);
        Assert.StartsWith("HTTP/1.1 505 ", Encoding.ASCII.GetString(await fixture.Peer.ReceiveToEndAsync()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\u0016\u0003\u0001\u0002\u0000", "TLS")]
    [InlineData("PRI * HTTP/2.0\r\n\r\nXX\r\n\r\n", "preface")]
    [InlineData("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "preface")]
    [InlineData("hello there", "preface")]
    public async Task PREFACE_Received_Other_ProtocolError(string bytes, string reason)
    {
        await using ServerFixture fixture = ServerFixture.Create();
        Task start = fixture.Connection.StartAsync(CancellationToken.None);
        await fixture.Peer.SendAsync(Encoding.ASCII.GetBytes(bytes));
        Http2Exception exception = await Assert.ThrowsAsync<Http2Exception>(() => start);
        Assert.Contains(reason, exception.Message, StringComparison.Ordinal);
        await fixture.Peer.ExpectAsync(FrameKind.Settings);
        await fixture.Peer.ExpectGoAwayAsync(Http2ErrorCode.ProtocolError);
        await fixture.Peer.ExpectCloseAsync();
    }

    [Fact]
    public async Task Shutdown_OpenStream_TwoStepGoAwayThenEnd()
    {
        await using ServerFixture fixture = await ServerFixture.ConnectAsync();
        await fixture.Peer.SendRequestAsync(1, endStream: true);
        RecordingStream stream = await fixture.Events.NextStreamAsync();
        Task shutdown = fixture.Connection.ShutdownAsync(CancellationToken.None);

        PeerFrame warning = await fixture.Peer.ExpectGoAwayAsync(Http2ErrorCode.NoError);
        Assert.Equal((uint)int.MaxValue, warning.Number(0));
        PeerFrame ping = await fixture.Peer.ExpectAsync(FrameKind.Ping);

        // A request that crossed the first GOAWAY is answered.
        await fixture.Peer.SendRequestAsync(3, endStream: true);
        RecordingStream crossing = await fixture.Events.NextStreamAsync();
        await fixture.Peer.SendFrameAsync(FrameKind.Ping, 0x1, 0, ping.Payload);
        PeerFrame last = await fixture.Peer.ExpectGoAwayAsync(Http2ErrorCode.NoError);
        Assert.Equal(3u, last.Number(0));

        // One that comes after the second is not.
        await fixture.Peer.SendRequestAsync(5, endStream: true);
        Assert.False(shutdown.IsCompleted);
        stream.Stream!.Write(new Outgoing { MoreHeaders = Ok(), EndStream = true });
        crossing.Stream!.Write(new Outgoing { MoreHeaders = Ok(), EndStream = true });
        Assert.Equal(1, (await fixture.Peer.ExpectAsync(FrameKind.Headers)).Stream);
        Assert.Equal(3, (await fixture.Peer.ExpectAsync(FrameKind.Headers)).Stream);
        Assert.Equal(3u, (await fixture.Peer.ExpectGoAwayAsync(Http2ErrorCode.NoError)).Number(0));
        await fixture.Peer.ExpectCloseAsync();
        await shutdown;
        Assert.True((await fixture.Connection.Closed).IsNone);
    }

    [Fact]
    public async Task Shutdown_PingUnanswered_SecondGoAwayAfterPatience()
    {
        var time = new ManualTimeProvider();
        await using ServerFixture fixture = await ServerFixture.ConnectAsync(new Http2Options { TimeProvider = time, GoAwayPatience = TimeSpan.FromSeconds(3) });
        await SettleAsync(fixture.Peer);
        await fixture.Peer.SendRequestAsync(1, endStream: true);
        RecordingStream stream = await fixture.Events.NextStreamAsync();
        Task shutdown = fixture.Connection.ShutdownAsync(CancellationToken.None);
        await fixture.Peer.ExpectGoAwayAsync(Http2ErrorCode.NoError);
        await fixture.Peer.ExpectAsync(FrameKind.Ping);
        time.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(1u, (await fixture.Peer.ExpectGoAwayAsync(Http2ErrorCode.NoError)).Number(0));
        stream.Stream!.Write(new Outgoing { MoreHeaders = Ok(), EndStream = true });
        await fixture.Peer.ExpectAsync(FrameKind.Headers);
        await fixture.Peer.ExpectGoAwayAsync(Http2ErrorCode.NoError);
        await shutdown.WaitAsync(Patience);
    }

    [Fact]
    public async Task Shutdown_LinkLostMeanwhile_Ends()
    {
        await using ServerFixture fixture = await ServerFixture.ConnectAsync();
        Task shutdown = fixture.Connection.ShutdownAsync(CancellationToken.None);
        await fixture.Peer.ExpectGoAwayAsync(Http2ErrorCode.NoError);
        await fixture.Peer.DisposeAsync();
        await shutdown.WaitAsync(Patience);
    }

    [Fact]
    public async Task GOAWAY_Received_InTwoSteps_LaterStreamsUnprocessed()
    {
        await using ClientFixture fixture = await ClientFixture.ConnectAsync();
        (_, RecordingStream first) = fixture.Open();
        (_, RecordingStream second) = fixture.Open();
        await fixture.Peer.ExpectAsync(FrameKind.Headers);
        await fixture.Peer.ExpectAsync(FrameKind.Headers);
        await fixture.Peer.SendGoAwayAsync(int.MaxValue, Http2ErrorCode.NoError);
        await fixture.Events.GoAway.Task.WaitAsync(Patience);
        Assert.False(fixture.Connection.AcceptsStreams);
        Assert.Equal(2, fixture.Connection.OpenStreams);

        await fixture.Peer.SendGoAwayAsync(1, Http2ErrorCode.NoError);
        await second.NextAsync();
        Assert.True(second.CloseError.IsUnprocessed);
        await fixture.Peer.SendHeadersAsync(1, endStream: true, (":status", "200"));
        await first.ExpectAsync("headers end");
        await first.ExpectAsync("closed");
    }

    [Fact]
    public async Task Ids_LastOneGivenOut_ConnectionGoesAwayAndEnds()
    {
        await using ClientFixture fixture = await ClientFixture.ConnectAsync(new Http2Options { FirstStreamId = int.MaxValue - 2 });
        fixture.Open();
        Assert.True(fixture.Connection.AcceptsStreams);
        fixture.Open();
        Assert.False(fixture.Connection.AcceptsStreams);
        Assert.Equal(OpenOutcome.Unavailable, fixture.Connection.TryOpen(new RecordingStream(), out _));
        Assert.Contains("used up", (await fixture.Events.GoAway.Task.WaitAsync(Patience)).Reason, StringComparison.Ordinal);

        Assert.Equal(int.MaxValue - 2, (await fixture.Peer.ExpectAsync(FrameKind.Headers)).Stream);
        Assert.Equal(int.MaxValue, (await fixture.Peer.ExpectAsync(FrameKind.Headers)).Stream);
        await fixture.Peer.ExpectGoAwayAsync(Http2ErrorCode.NoError);
        await fixture.Peer.SendHeadersAsync(int.MaxValue - 2, endStream: true, (":status", "200"));
        await fixture.Peer.SendHeadersAsync(int.MaxValue, endStream: true, (":status", "200"));
        await fixture.Connection.Closed.WaitAsync(Patience);
    }

    [Fact]
    public async Task KeepAlive_SilentPeer_PingThenLinkLost()
    {
        var time = new ManualTimeProvider();
        await using ClientFixture fixture = await ClientFixture.ConnectAsync(KeepAlive(time));
        await SettleAsync(fixture.Peer);
        (_, RecordingStream events) = fixture.Open();
        await fixture.Peer.ExpectAsync(FrameKind.Headers);
        time.Advance(TimeSpan.FromSeconds(60));
        Assert.False((await fixture.Peer.ExpectAsync(FrameKind.Ping)).IsAck);
        time.Advance(TimeSpan.FromSeconds(19));
        Assert.False(fixture.Connection.Closed.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(1));
        Http2Error error = await fixture.Connection.Closed.WaitAsync(Patience);
        Assert.Equal(ErrorOrigin.Link, error.Origin);
        Assert.Contains("PING within 20 s", error.Reason, StringComparison.Ordinal);
        Assert.StartsWith("closed", await events.NextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task KeepAlive_AnyByteBack_ConnectionStands()
    {
        var time = new ManualTimeProvider();
        await using ClientFixture fixture = await ClientFixture.ConnectAsync(KeepAlive(time));
        await SettleAsync(fixture.Peer);
        (_, RecordingStream events) = fixture.Open();
        await fixture.Peer.ExpectAsync(FrameKind.Headers);
        time.Advance(TimeSpan.FromSeconds(60));
        await fixture.Peer.ExpectAsync(FrameKind.Ping);
        time.Advance(TimeSpan.FromSeconds(10));
        await fixture.Peer.SendHeadersAsync(1, endStream: false, (":status", "200"));
        await events.ExpectAsync("headers");
        time.Advance(TimeSpan.FromSeconds(59));
        Assert.False(fixture.Connection.Closed.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.False((await fixture.Peer.ExpectAsync(FrameKind.Ping)).IsAck);
    }

    [Fact]
    public async Task KeepAlive_NoStreams_Silent()
    {
        var time = new ManualTimeProvider();
        await using ClientFixture fixture = await ClientFixture.ConnectAsync(KeepAlive(time));
        await SettleAsync(fixture.Peer);
        time.Advance(TimeSpan.FromHours(1));
        Task<TimeSpan> ping = fixture.Connection.PingAsync(CancellationToken.None);

        // The first PING to come is the caller's, not the watch's.
        Assert.Equal([0, 0, 0, 0, 0, 0, 0, 1], (await fixture.Peer.ExpectAsync(FrameKind.Ping)).Payload);
        await fixture.Peer.SendFrameAsync(FrameKind.Ping, 0x1, 0, 0, 0, 0, 0, 0, 0, 0, 1);
        await ping.WaitAsync(Patience);
    }

    [Fact]
    public async Task KeepAlive_NoStreamsButAllowed_Pings()
    {
        var time = new ManualTimeProvider();
        await using ServerFixture fixture = await ServerFixture.ConnectAsync(KeepAlive(time) with { KeepAliveWithoutStreams = true });
        await SettleAsync(fixture.Peer);
        time.Advance(TimeSpan.FromSeconds(60));
        Assert.False((await fixture.Peer.ExpectAsync(FrameKind.Ping)).IsAck);
    }

    [Fact]
    public void Liveness_EveryMoment_AsksOnceAndGivesUpOnce()
    {
        TimeSpan second = TimeSpan.FromSeconds(1);
        var liveness = new Liveness(10 * second, 4 * second);
        Assert.Equal((LivenessAction.Wait, 10 * second), liveness.Decide(50 * second, 0 * second, isWatched: false));
        Assert.Equal((LivenessAction.Wait, 3 * second), liveness.Decide(57 * second, 50 * second, isWatched: true));
        Assert.Equal((LivenessAction.SendPing, 4 * second), liveness.Decide(60 * second, 50 * second, isWatched: true));
        Assert.Equal((LivenessAction.Wait, 3 * second), liveness.Decide(61 * second, 50 * second, isWatched: true));
        Assert.Equal((LivenessAction.Wait, 9 * second), liveness.Decide(62 * second, 61 * second, isWatched: true));
        Assert.Equal((LivenessAction.SendPing, 4 * second), liveness.Decide(71 * second, 61 * second, isWatched: true));

        // A PING that is out is waited for even if nobody waits for the peer any more.
        Assert.Equal((LivenessAction.Wait, second), liveness.Decide(74 * second, 61 * second, isWatched: false));
        Assert.Equal((LivenessAction.GiveUp, 4 * second), liveness.Decide(75 * second, 61 * second, isWatched: false));
    }

    // Once a PING is answered, all that was sent before it has been read: no timer of the handshake waits any more.
    private static async Task SettleAsync(FramePeer peer)
    {
        await peer.SendFrameAsync(FrameKind.Ping, 0, 0, 9, 9, 9, 9, 9, 9, 9, 9);
        Assert.True((await peer.ExpectAsync(FrameKind.Ping)).IsAck);
    }

    private static Http2Options KeepAlive(ManualTimeProvider time) => new() { TimeProvider = time, KeepAliveInterval = TimeSpan.FromSeconds(60) };

    private static FieldSection Ok()
    {
        var fields = new FieldSection();
        fields.Add(":status", "200");
        return fields;
    }
}
