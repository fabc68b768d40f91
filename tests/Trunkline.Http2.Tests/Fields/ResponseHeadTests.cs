using Trunkline.Http2.Fields;

namespace Trunkline.Http2.Tests.Fields;

public class ResponseHeadTests
{
    [Theory]
    [InlineData(":status: 200\n", 200, false)]
    [InlineData(":status: 100\n", 100, true)]
    [InlineData(":status: 103\nlink: </a>\n", 103, true)]
    [InlineData(":status: 999\n", 999, false)]
    public void HEADERS_Received_WellFormedResponse_IsAccepted(string text, int status, bool isInterim)
    {
        Assert.True(Read(text, endStream: false, out ResponseHead head).IsNone);
        Assert.Equal((status, isInterim), (head.Status, head.IsInterim));
    }

    [Theory]
    [InlineData("", "no :status")]
    [InlineData("server: x\n", "no :status")]
    [InlineData(":status: 200\n:status: 200\n", "twice")]
    [InlineData("server: x\n:status: 200\n", "behind other fields")]
    [InlineData(":status: 200\n:path: /\n", "do not have")]
    [InlineData(":status: 20\n", "three digits")]
    [InlineData(":status: 2000\n", "three digits")]
    [InlineData(":status: 099\n", "three digits")]
    [InlineData(":status: 2x0\n", "three digits")]
    [InlineData(":status: 101\n", "101 does not exist")]
    [InlineData(":status: 103\n", "interim response ends")]
    [InlineData(":status: 200\nconnection: close\n", "specific to the connection")]
    [InlineData(":status: 200\ncontent-length: 5\n", "less data")]
    public void HEADERS_Received_MalformedResponse_StreamProtocolError(string text, string reason)
    {
        Http2Error error = Read(text, endStream: true, out _);
        Assert.Equal((ErrorScope.Stream, Http2ErrorCode.ProtocolError), (error.Scope, error.Code));
        Assert.Contains(reason, error.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(":status: 204\ncontent-length: 5\n", false)]
    [InlineData(":status: 304\ncontent-length: 5\n", false)]
    [InlineData(":status: 200\ncontent-length: 5\n", true)]
    public void HEADERS_Received_ContentLengthWithoutBody_IsExempt(string text, bool answersHead)
    {
        Http2Error error = ResponseHead.Read(new FieldBlock(Heads.Parse(text)), endStream: true, answersHead, out ResponseHead head);
        Assert.True(error.IsNone);
        Assert.Null(head.ContentLength.Declared);
    }

    private static Http2Error Read(string text, bool endStream, out ResponseHead head) =>
        ResponseHead.Read(new FieldBlock(Heads.Parse(text)), endStream, answersHead: false, out head);
}
