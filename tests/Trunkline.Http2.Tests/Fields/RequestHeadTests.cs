using System.Text;
using Trunkline.Http2.Fields;

namespace Trunkline.Http2.Tests.Fields;

public class RequestHeadTests
{
    private const string Get = ":method: GET\n:scheme: https\n:path: /a\n:authority: example.com\n";

    [Theory]
    [InlineData(Get)]
    [InlineData(":path: /a\n:scheme: http\n:method: GET\n")]
    [InlineData(Get + "te: trailers\n")]
    [InlineData(Get + "te: Trailers\n")]
    [InlineData(Get + "host: EXAMPLE.com\n")]
    [InlineData(Get + "content-length: 0\n")]
    [InlineData(Get + "x: \n")]
    [InlineData(Get + "x: a b\tc\n")]
    [InlineData(":method: OPTIONS\n:scheme: https\n:path: *\n")]
    [InlineData(":method: CONNECT\n:authority: example.com:80\n")]
    [InlineData(":method: CONNECT\n:protocol: websocket\n:scheme: https\n:path: /chat\n:authority: example.com\n")]
    public void HEADERS_Received_WellFormedRequest_IsAccepted(string text) => Assert.True(Read(text).IsNone);

    [Theory]
    [InlineData("", "no :method")]
    [InlineData(":scheme: https\n:path: /\n", "no :method")]
    [InlineData(":method: GET\n:path: /\n", "no :scheme")]
    [InlineData(":method: GET\n:scheme: https\n", "no :path")]
    [InlineData(Get + ":method: GET\n", "twice")]
    [InlineData(Get + ":path: /b\n", "twice")]
    [InlineData(Get + ":authority: example.com\n", "twice")]
    [InlineData(Get + ":status: 200\n", "do not have")]
    [InlineData(Get + ":unknown: x\n", "do not have")]
    [InlineData(Get + ": x\n", "name is empty")]
    [InlineData(":method: GET\nx: y\n:scheme: https\n:path: /\n", "behind other fields")]
    [InlineData(":method: GET\n:scheme: https\n:path: \n", ":path is empty")]
    [InlineData(":method: GET\n:scheme: https\n:path: *\n", "not OPTIONS")]
    [InlineData(":method: G T\n:scheme: https\n:path: /\n", "not a token")]
    [InlineData(":method: GET\n:scheme: \n:path: /\n", ":scheme is empty")]
    [InlineData(":method: GET\n:scheme: https\n:path: /\r\n", "NUL, CR or LF")]
    [InlineData(":method: GET\n:scheme: https\n:path: /\n:authority: user@example.com\n", "user information")]
    [InlineData(":method: GET\n:scheme: https\n:path: /\n:protocol: websocket\n", "not CONNECT")]
    [InlineData(":method: CONNECT\n", "CONNECT has other")]
    [InlineData(":method: CONNECT\n:authority: a\n:path: /\n", "CONNECT has other")]
    [InlineData(":method: CONNECT\n:authority: a\n:scheme: https\n", "CONNECT has other")]
    [InlineData(Get + "host: other.com\n", "host differs")]
    [InlineData(":method: GET\n:scheme: https\n:path: /\nhost: a\nhost: b\n", "host differs")]
    [InlineData(Get + "X: y\n", "lower-case")]
    [InlineData(Get + "x y: z\n", "lower-case")]
    [InlineData(Get + "x:y: z\n", "lower-case")]
    [InlineData(Get + "\u00e9: z\n", "lower-case")]
    [InlineData(Get + "x\u007f: z\n", "lower-case")]
    [InlineData(Get + "x:  y\n", "white space")]
    [InlineData(Get + "x: y \n", "white space")]
    [InlineData(Get + "x: y\t\n", "white space")]
    [InlineData(Get + "x: a\0b\n", "NUL")]
    [InlineData(Get + "x: a\rb\n", "CR")]
    [InlineData(Get + "connection: close\n", "specific to the connection")]
    [InlineData(Get + "keep-alive: 1\n", "specific to the connection")]
    [InlineData(Get + "proxy-connection: close\n", "specific to the connection")]
    [InlineData(Get + "transfer-encoding: chunked\n", "specific to the connection")]
    [InlineData(Get + "upgrade: h2c\n", "specific to the connection")]
    [InlineData(Get + "te: gzip\n", "te has another value")]
    [InlineData(Get + "te: trailers, gzip\n", "te has another value")]
    [InlineData(Get + "content-length: 1\n", "less data")]
    [InlineData(Get + "content-length: +0\n", "not a number")]
    [InlineData(Get + "content-length: \n", "not a number")]
    [InlineData(Get + "content-length: 99999999999999999999\n", "not a number")]
    [InlineData(Get + "content-length: 0\ncontent-length: 1\n", "two different things")]
    public void HEADERS_Received_MalformedRequest_StreamProtocolError(string text, string reason)
    {
        Http2Error error = Read(text);
        Assert.Equal((ErrorScope.Stream, Http2ErrorCode.ProtocolError), (error.Scope, error.Code));
        Assert.Contains(reason, error.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void HEADERS_Received_ValueWithLineFeed_StreamProtocolError()
    {
        var buffer = Heads.Parse(Get);
        buffer.OnLiteral(FieldName.Other, "x"u8, "a\nb"u8, neverIndexed: false);
        Assert.Contains("LF", RequestHead.Read(new FieldBlock(buffer), endStream: true, out _).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void HEADERS_Received_HostWithoutAuthority_StandsInForIt()
    {
        var block = new FieldBlock(Heads.Parse(":method: HEAD\n:scheme: https\n:path: /p?q\nhost: example.com\n"));
        Assert.True(RequestHead.Read(block, endStream: true, out RequestHead head).IsNone);
        Assert.Equal("example.com", Encoding.ASCII.GetString(head.Authority));
        Assert.Equal("HEAD /p?q", Encoding.ASCII.GetString(head.Method) + " " + Encoding.ASCII.GetString(head.Path));
        Assert.True(head.IsHead);
    }

    [Fact]
    public void HEADERS_Received_ExtendedConnectThatWasNotOffered_StreamProtocolError()
    {
        var block = new FieldBlock(Heads.Parse(":method: CONNECT\n:protocol: websocket\n:scheme: https\n:path: /chat\n:authority: example.com\n"));
        Http2Error error = RequestHead.Read(block, endStream: false, out RequestHead head);
        Assert.Equal((ErrorScope.Stream, Http2ErrorCode.ProtocolError), (error.Scope, error.Code));
        Assert.True(head.IsExtendedConnect);
        Assert.Contains("not offered", error.Reason, StringComparison.Ordinal);
    }

    private static Http2Error Read(string text) =>
        RequestHead.Read(new FieldBlock(Heads.Parse(text)), endStream: true, out _, offersExtendedConnect: true);
}
