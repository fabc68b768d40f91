using Trunkline.Http2.Fields;

namespace Trunkline.Http2.Tests.Fields;

public class FieldRulesTests
{
    [Theory]
    [InlineData("grpc-status: 0\n", null)]
    [InlineData("grpc-status: 0\n:status: 200\n", "pseudo field")]
    [InlineData(":status: 200\n", "pseudo field")]
    [InlineData("Grpc-status: 0\n", "lower-case")]
    [InlineData("connection: close\n", "specific to the connection")]
    public void HEADERS_Received_Trailers_PseudoFieldsAreMalformed(string text, string? reason)
    {
        Http2Error error = FieldRules.CheckTrailers(new FieldBlock(Heads.Parse(text)));
        Assert.Equal(reason is null, error.IsNone);
        Assert.Contains(reason ?? "", error.Reason ?? "", StringComparison.Ordinal);
    }

    // RFC 9113 8.2.1 and RFC 9110 5.6.2, octet by octet.
    [Fact]
    public void IsName_EveryOctet_AgreesWithTheGrammar()
    {
        for (int octet = 0; octet < 256; octet++)
        {
            bool expected = octet is >= 'a' and <= 'z' or >= '0' and <= '9' || "!#$%&'*+-.^_`|~".Contains((char)octet, StringComparison.Ordinal);
            Assert.Equal(expected, FieldRules.IsName([(byte)octet]));
        }

        Assert.False(FieldRules.IsName([]));
    }

    [Fact]
    public void IsValue_EveryOctetInside_OnlyNulLfCrAreForbidden()
    {
        for (int octet = 0; octet < 256; octet++)
        {
            Assert.Equal(octet is not (0 or '\n' or '\r'), FieldRules.IsValue([(byte)'a', (byte)octet, (byte)'b']));
        }
    }

    [Fact]
    public void DATA_Received_MoreThanContentLength_StreamProtocolError()
    {
        var length = default(ContentLength);
        Assert.True(length.Declare("10"u8).IsNone);
        Assert.True(length.Declare("10"u8).IsNone);
        Assert.True(length.Receive(6).IsNone);
        Assert.False(length.End().IsNone);
        Assert.True(length.Receive(4).IsNone);
        Assert.True(length.End().IsNone);
        Assert.Equal(Http2ErrorCode.ProtocolError, length.Receive(1).Code);
    }

    [Fact]
    public void DATA_Received_WithoutContentLength_AnythingGoes()
    {
        var length = default(ContentLength);
        Assert.True(length.Receive(int.MaxValue).IsNone);
        Assert.True(length.End().IsNone);
    }
}
