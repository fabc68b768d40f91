using Trunkline.Http2.Frames;

namespace Trunkline.Http2.Tests.Frames;

public class FrameRulesTests
{
    private const int MaxLength = 16_384;

    [Theory]
    [InlineData("DATA", 1, 0)]
    [InlineData("DATA", 1, MaxLength)]
    [InlineData("HEADERS", 1, 0)]
    [InlineData("PRIORITY", 1, 5)]
    [InlineData("RST_STREAM", 1, 4)]
    [InlineData("SETTINGS", 0, 0)]
    [InlineData("SETTINGS", 0, 36)]
    [InlineData("PUSH_PROMISE", 1, 4)]
    [InlineData("PING", 0, 8)]
    [InlineData("GOAWAY", 0, 8)]
    [InlineData("GOAWAY", 0, 100)]
    [InlineData("WINDOW_UPDATE", 0, 4)]
    [InlineData("WINDOW_UPDATE", 1, 4)]
    [InlineData("PRIORITY_UPDATE", 0, 4)]
    [InlineData("PRIORITY_UPDATE", 0, 30)]
    [InlineData("frame type 0x0a", 0, 3)]
    [InlineData("frame type 0xff", 7, 3)]
    public void Frame_Received_RightPlaceAndLength_IsAccepted(string type, int stream, int length) =>
        Assert.True(Check(type, stream, length).IsNone);

    [Theory]
    [InlineData("DATA", 0, 0)]
    [InlineData("HEADERS", 0, 0)]
    [InlineData("PRIORITY", 0, 5)]
    [InlineData("RST_STREAM", 0, 4)]
    [InlineData("PUSH_PROMISE", 0, 4)]
    [InlineData("SETTINGS", 1, 0)]
    [InlineData("PING", 1, 8)]
    [InlineData("GOAWAY", 1, 8)]
    [InlineData("PRIORITY_UPDATE", 1, 8)]
    public void Frame_Received_OnTheWrongStream_ConnectionProtocolError(string type, int stream, int length) =>
        AssertError(Check(type, stream, length), ErrorScope.Connection, Http2ErrorCode.ProtocolError, type);

    [Theory]
    [InlineData("DATA", 1, MaxLength + 1, ErrorScope.Stream)]
    [InlineData("HEADERS", 1, MaxLength + 1, ErrorScope.Connection)]
    [InlineData("PUSH_PROMISE", 1, MaxLength + 1, ErrorScope.Connection)]
    [InlineData("SETTINGS", 0, MaxLength + 2, ErrorScope.Connection)]
    [InlineData("GOAWAY", 0, MaxLength + 1, ErrorScope.Connection)]
    [InlineData("frame type 0x0a", 0, MaxLength + 1, ErrorScope.Connection)]
    [InlineData("frame type 0x0a", 1, MaxLength + 1, ErrorScope.Stream)]
    [InlineData("PRIORITY", 1, 4, ErrorScope.Stream)]
    [InlineData("PRIORITY", 1, 6, ErrorScope.Stream)]
    [InlineData("RST_STREAM", 1, 3, ErrorScope.Connection)]
    [InlineData("RST_STREAM", 1, 5, ErrorScope.Connection)]
    [InlineData("SETTINGS", 0, 5, ErrorScope.Connection)]
    [InlineData("SETTINGS", 0, 7, ErrorScope.Connection)]
    [InlineData("PUSH_PROMISE", 1, 3, ErrorScope.Connection)]
    [InlineData("PING", 0, 7, ErrorScope.Connection)]
    [InlineData("PING", 0, 9, ErrorScope.Connection)]
    [InlineData("GOAWAY", 0, 7, ErrorScope.Connection)]
    [InlineData("PRIORITY_UPDATE", 0, 3, ErrorScope.Connection)]
    [InlineData("PRIORITY_UPDATE", 0, MaxLength + 1, ErrorScope.Connection)]
    [InlineData("WINDOW_UPDATE", 0, 3, ErrorScope.Connection)]
    [InlineData("WINDOW_UPDATE", 1, 5, ErrorScope.Connection)]
    public void Frame_Received_WrongLength_FrameSizeError(string type, int stream, int length, ErrorScope scope) =>
        AssertError(Check(type, stream, length), scope, Http2ErrorCode.FrameSizeError, type);

    [Fact]
    public void SETTINGS_Received_AckWithPayload_ConnectionFrameSizeError()
    {
        var header = new FrameHeader(6, FrameType.Settings, FrameFlags.Ack, StreamId.Connection);
        AssertError(FrameRules.Check(header, MaxLength, openBlock: default), ErrorScope.Connection, Http2ErrorCode.FrameSizeError, "ACK");
    }

    [Theory]
    [InlineData("CONTINUATION", 1)]
    [InlineData("CONTINUATION", 0)]
    public void CONTINUATION_Received_WithoutOpenBlock_ConnectionProtocolError(string type, int stream) =>
        AssertError(Check(type, stream, 10), ErrorScope.Connection, Http2ErrorCode.ProtocolError, "without an open header block");

    [Theory]
    [InlineData("DATA", 3)]
    [InlineData("HEADERS", 3)]
    [InlineData("HEADERS", 5)]
    [InlineData("CONTINUATION", 5)]
    [InlineData("SETTINGS", 0)]
    [InlineData("PING", 0)]
    [InlineData("RST_STREAM", 3)]
    [InlineData("PRIORITY", 3)]
    [InlineData("WINDOW_UPDATE", 0)]
    [InlineData("PRIORITY_UPDATE", 0)]
    [InlineData("frame type 0xbe", 3)]
    public void Frame_Received_InsideAHeaderBlock_ConnectionProtocolError(string type, int stream) =>
        AssertError(Check(type, stream, 8, openBlock: 3), ErrorScope.Connection, Http2ErrorCode.ProtocolError, "inside the header block of stream 3");

    [Fact]
    public void CONTINUATION_Received_OnTheStreamOfTheOpenBlock_IsAccepted() => Assert.True(Check("CONTINUATION", 3, 10, openBlock: 3).IsNone);

    private static Http2Error Check(string type, int stream, int length, int openBlock = 0)
    {
        FrameType value = Enumerable.Range(0, 256).Select(number => (FrameType)number).Single(candidate => candidate.ToSpecName() == type);
        return FrameRules.Check(new FrameHeader(length, value, FrameFlags.None, new StreamId(stream)), MaxLength, new StreamId(openBlock));
    }

    private static void AssertError(in Http2Error error, ErrorScope scope, Http2ErrorCode code, string reason)
    {
        Assert.Equal((scope, code), (error.Scope, error.Code));
        Assert.Contains(reason, error.Reason, StringComparison.Ordinal);
    }
}
