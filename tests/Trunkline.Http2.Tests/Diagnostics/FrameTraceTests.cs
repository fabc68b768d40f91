using Trunkline.Harness;
using Trunkline.Http2.Tests.Connections;

namespace Trunkline.Http2.Tests.Diagnostics;

/// <summary>What a person reads of a connection when the trace is on.</summary>
public class FrameTraceTests
{
    [Fact]
    public async Task Trace_WholeConversation_ShowsFieldsStatesAndWindows()
    {
        using var writer = new StringWriter();
        await using (ServerFixture fixture = await ServerFixture.ConnectAsync(new Http2Options { FrameTrace = TextWriter.Synchronized(writer) }))
        {
            await fixture.Peer.SendRequestAsync(1, endStream: false, ("x-one", "1"), ("authorization", "Bearer very-secret"));
            RecordingStream stream = await fixture.Events.NextStreamAsync();
            await stream.ExpectAsync("headers");
            await fixture.Peer.SendDataAsync(1, new byte[100], endStream: true);
            await stream.ExpectAsync("data 100 end");
            var response = new FieldSection();
            response.Add(":status", "200");
            stream.Stream!.Write(new Outgoing { MoreHeaders = response, EndStream = true });
            await fixture.Peer.ExpectAsync(FrameKind.Headers);
            await fixture.Peer.SendFrameAsync(FrameKind.RstStream, 0, 1, 0, 0, 0, 8);
            await fixture.Peer.SendFrameAsync(FrameKind.Ping, 0, 0, 1, 2, 3);
            await fixture.Peer.ExpectGoAwayAsync(Http2ErrorCode.FrameSizeError);
        }

        string text = string.Join('\n', writer.ToString().Split('\n').Select(WithoutTimeAndNumber));
        Assert.Contains("server <- the client's preface\n", text, StringComparison.Ordinal);
        Assert.Contains("server -> SETTINGS, ", text, StringComparison.Ordinal);
        Assert.Contains("INITIAL_WINDOW_SIZE 1048576", text, StringComparison.Ordinal);
        Assert.Contains("server <- SETTINGS, 0 bytes, ACK; ours are in force; we grant: every stream +983041\n", text, StringComparison.Ordinal);
        Assert.Contains("END_HEADERS; idle -> open\n", text, StringComparison.Ordinal);
        Assert.Contains("                  x-one: 1  (", text, StringComparison.Ordinal);
        Assert.Contains("authorization: (18 bytes, not shown)", text, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", text, StringComparison.Ordinal);
        Assert.Contains(
            "server <- DATA stream 1, 100 bytes, END_STREAM; we grant: stream 1048476, connection 4194204; open -> half-closed (remote)\n", text, StringComparison.Ordinal);
        Assert.Contains("server -> HEADERS stream 1, 1 bytes, END_STREAM, END_HEADERS; half-closed (remote) -> closed\n                  :status: 200  (static table)\n", text, StringComparison.Ordinal);
        Assert.Contains("server <- RST_STREAM stream 1, 4 bytes: CANCEL; the stream was closed before\n", text, StringComparison.Ordinal);
        Assert.Contains("server <- PING, 3 bytes; BROKEN: ", text, StringComparison.Ordinal);
        Assert.Contains("server -> GOAWAY, ", text, StringComparison.Ordinal);
        Assert.Contains("server ** the link is ", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Trace_OtherProtocol_ShowsItsBytes()
    {
        using var writer = new StringWriter();
        await using (ServerFixture fixture = ServerFixture.Create(new Http2Options { FrameTrace = TextWriter.Synchronized(writer) }))
        {
            Task start = fixture.Connection.StartAsync(CancellationToken.None);
            await fixture.Peer.SendAsync("GET / HTTP/1.1\r\n\r\n"u8.ToArray());
            await Assert.ThrowsAsync<Http2Exception>(() => start);
        }

        Assert.Contains("<- 18 bytes that are not HTTP/2: GET / HTTP/1.1\\x0d\\x0a", writer.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Trace_WriterFails_ConnectionGoesOn()
    {
        var writer = new StreamWriter(new MemoryStream());
        await writer.DisposeAsync();
        await using ServerFixture fixture = await ServerFixture.ConnectAsync(new Http2Options { FrameTrace = writer });
        await fixture.Peer.SendFrameAsync(FrameKind.Ping, 0, 0, 9, 9, 9, 9, 9, 9, 9, 9);
        Assert.True((await fixture.Peer.ExpectAsync(FrameKind.Ping)).IsAck);
    }

    // 12:34:56.123456 #7 server <- ...
    private static string WithoutTimeAndNumber(string line) => line.IndexOf('#', StringComparison.Ordinal) == 16 ? line[(line.IndexOf(' ', 16) + 1)..] : line;
}
