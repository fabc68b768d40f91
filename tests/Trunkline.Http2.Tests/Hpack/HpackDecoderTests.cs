using Trunkline.Http2.Hpack;

namespace Trunkline.Http2.Tests.Hpack;

public class HpackDecoderTests
{
    [Theory]
    [InlineData("80", "index 0")]
    [InlineData("be", "beyond")]
    [InlineData("ff00", "beyond")]
    [InlineData("7e0161", "beyond")]
    [InlineData("ffffffffff0f", "too large")]
    [InlineData("00ffffffffff7f", "too large")]
    [InlineData("8220", "behind a field")]
    [InlineData("202020", "more than two")]
    [InlineData("3fe21f", "above SETTINGS_HEADER_TABLE_SIZE")]
    [InlineData("00016182ffff", "padding")]
    [InlineData("00016184fffffffc", "end-of-string")]
    [InlineData("0001", "ends within a field")]
    [InlineData("00", "ends within a field")]
    [InlineData("ff", "ends within a field")]
    [InlineData("0001610561", "ends within a field")]
    public void HEADERS_Received_BrokenBlock_ConnectionCompressionError(string hex, string reason)
    {
        Http2Error error = Decode(new HpackDecoder(4096, 16_384), hex, new FieldCollector());
        Assert.Equal((ErrorScope.Connection, Http2ErrorCode.CompressionError), (error.Scope, error.Code));
        Assert.Contains(reason, error.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("20")]
    [InlineData("203fe11f82")]
    [InlineData("82")]
    public void HEADERS_Received_LegalBlock_IsAccepted(string hex) =>
        Assert.True(Decode(new HpackDecoder(4096, 16_384), hex, new FieldCollector()).IsNone);

    [Theory]
    [InlineData("82", false)] // no update at all
    [InlineData("3f4582", false)] // 100: not low enough for the dip to 64
    [InlineData("3f2182", true)] // 64
    [InlineData("3f213f4582", true)] // 64, then 100
    public void HEADERS_Received_AfterTableSizeWasLoweredAndRaised_MustReduceFirst(string hex, bool isLegal)
    {
        var decoder = new HpackDecoder(4096, 16_384);
        decoder.SetTableSizeLimit(64);
        decoder.SetTableSizeLimit(2048);
        Http2Error error = Decode(decoder, hex, new FieldCollector());
        Assert.Equal(isLegal, error.IsNone);
        Assert.True(isLegal || error.Code == Http2ErrorCode.CompressionError);
    }

    [Fact]
    public void HEADERS_Received_LargerTableIsAllowed_IsUsedOnlyOnceTheEncoderSaysSo()
    {
        var decoder = new HpackDecoder(tableSizeLimit: 8192, listSizeLimit: 16_384);
        Assert.Equal(4096, decoder.Table.Capacity);
        Assert.True(Decode(decoder, "3fe13f", new FieldCollector()).IsNone);
        Assert.Equal(8192, decoder.Table.Capacity);
    }

    [Fact]
    public void HEADERS_Received_ListAboveTheLimit_StopsShowingAndKeepsTheTable()
    {
        var decoder = new HpackDecoder(4096, listSizeLimit: 100);
        var fields = new FieldCollector();

        // Two entries of 35 bytes each, then a third that passes the limit, then the first again.
        Assert.True(Decode(decoder, "4001610162" + "4001630164" + "4001650166" + "c0", fields).IsNone);
        Assert.True(decoder.IsListTooLarge);
        Assert.Equal(2, fields.Fields.Count);
        Assert.Equal(3, decoder.Table.Count);
        Assert.True(Decode(decoder, "be", fields).IsNone);
        Assert.False(decoder.IsListTooLarge);
        Assert.Equal(("e", "f"), fields.Fields[^1]);
    }

    [Fact]
    public void HEADERS_Received_SmallBlockOfManyReferences_EndsTheConnectionFarAboveTheLimit()
    {
        var decoder = new HpackDecoder(4096, listSizeLimit: 16_384);
        var fields = new FieldCollector();
        string bomb = "40" + "0178" + "7fa11e" + string.Concat(Enumerable.Repeat("61", 4000)) + string.Concat(Enumerable.Repeat("be", 10_000));
        Http2Error error = Decode(decoder, bomb, fields);
        Assert.Equal(Http2ErrorCode.EnhanceYourCalm, error.Code);
        Assert.True(fields.Fields.Sum(field => field.Name.Length + field.Value.Length + 32) <= 16_384);
    }

    [Fact]
    public void HEADERS_Received_StringFarAboveTheLimit_EndsTheConnectionBeforeItIsRead()
    {
        Http2Error error = Decode(new HpackDecoder(4096, listSizeLimit: 100), "0001617fffff03", new FieldCollector());
        Assert.Equal(Http2ErrorCode.EnhanceYourCalm, error.Code);
    }

    [Fact]
    public void HEADERS_Received_EntryLargerThanTheTable_EmptiesIt()
    {
        var decoder = new HpackDecoder(tableSizeLimit: 70, listSizeLimit: 16_384);
        var fields = new FieldCollector();
        Assert.True(Decode(decoder, "4001610162", fields).IsNone);
        Assert.Equal(1, decoder.Table.Count);
        Assert.True(Decode(decoder, "40016128" + string.Concat(Enumerable.Repeat("62", 40)), fields).IsNone);
        Assert.Equal((0, 0), (decoder.Table.Count, decoder.Table.Size));
        Assert.Equal(40, fields.Fields[^1].Value.Length);
    }

    [Fact]
    public void HEADERS_Received_NameOfTheEntryThatIsEvicted_IsKept()
    {
        var decoder = new HpackDecoder(tableSizeLimit: 40, listSizeLimit: 16_384);
        var fields = new FieldCollector();
        Assert.True(Decode(decoder, "4002616205" + "6262626262" + "7e" + "0163", fields).IsNone);
        Assert.Equal([("ab", "bbbbb"), ("ab", "c")], fields.Fields);
        Assert.Equal(1, decoder.Table.Count);
    }

    [Fact]
    public void HEADERS_Received_KnownNames_CarryTheirTokens()
    {
        var fields = new FieldCollector();
        Decode(new HpackDecoder(4096, 16_384), "83" + "0004" + "70617468" + "00" + "000b677270632d73746174757301" + "30" + "8e", fields);
        Assert.Equal([FieldName.Method, FieldName.Other, FieldName.GrpcStatus, FieldName.Status], fields.Known);
    }

    [Fact]
    public void Names_EveryToken_IsFoundByItsName()
    {
        string[] names =
        [
            ":authority", ":method", ":path", ":scheme", ":status", ":protocol", "connection", "keep-alive", "proxy-connection", "transfer-encoding",
            "upgrade", "te", "host", "content-length", "content-type", "cookie", "set-cookie", "authorization", "user-agent", "server", "date", "priority",
            "grpc-timeout", "grpc-encoding", "grpc-accept-encoding", "grpc-message-type", "grpc-status", "grpc-message", "grpc-status-details-bin",
            "grpc-previous-rpc-attempts", "grpc-retry-pushback-ms",
        ];
        FieldName[] tokens = [.. names.Select(name => FieldNames.Find(System.Text.Encoding.ASCII.GetBytes(name)))];
        Assert.Equal(Enum.GetValues<FieldName>().Except([FieldName.Other]), tokens);
        Assert.All(names, name => Assert.Equal(FieldName.Other, FieldNames.Find(System.Text.Encoding.ASCII.GetBytes(name[..^1] + "#"))));
    }

    private static Http2Error Decode(HpackDecoder decoder, string hex, FieldCollector fields)
    {
        decoder.BeginBlock();
        return decoder.Decode(Convert.FromHexString(hex), endOfBlock: true, fields);
    }
}
