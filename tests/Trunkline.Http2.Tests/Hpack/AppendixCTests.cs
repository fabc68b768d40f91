using System.Text;
using Trunkline.Http2.Hpack;

namespace Trunkline.Http2.Tests.Hpack;

/// <summary>The examples of RFC 7541 Appendix C.</summary>
public class AppendixCTests
{
    private const string Cookie = "foo=ASDJKHQKBZXOQWEOPIUAXQWEOIU; max-age=3600; version=1";

    private static readonly (string, string)[] Request1 = [(":method", "GET"), (":scheme", "http"), (":path", "/"), (":authority", "www.example.com")];

    private static readonly (string, string)[] Request2 = [.. Request1, ("cache-control", "no-cache")];

    private static readonly (string, string)[] Request3 =
    [
        (":method", "GET"), (":scheme", "https"), (":path", "/index.html"), (":authority", "www.example.com"), ("custom-key", "custom-value"),
    ];

    private static readonly (string, string)[] Response1 =
    [
        (":status", "302"), ("cache-control", "private"), ("date", "Mon, 21 Oct 2013 20:13:21 GMT"), ("location", "https://www.example.com"),
    ];

    private static readonly (string, string)[] Response2 =
    [
        (":status", "307"), ("cache-control", "private"), ("date", "Mon, 21 Oct 2013 20:13:21 GMT"), ("location", "https://www.example.com"),
    ];

    private static readonly (string, string)[] Response3 =
    [
        (":status", "200"), ("cache-control", "private"), ("date", "Mon, 21 Oct 2013 20:13:22 GMT"), ("location", "https://www.example.com"),
        ("content-encoding", "gzip"), ("set-cookie", Cookie),
    ];

    private static readonly string[] PlainRequests =
    [
        "828684410f7777772e6578616d706c652e636f6d",
        "828684be58086e6f2d6361636865",
        "828785bf400a637573746f6d2d6b65790c637573746f6d2d76616c7565",
    ];

    private static readonly string[] HuffmanRequests =
    [
        "828684418cf1e3c2e5f23a6ba0ab90f4ff",
        "828684be5886a8eb10649cbf",
        "828785bf408825a849e95ba97d7f8925a849e95bb8e8b4bf",
    ];

    private static readonly string[] PlainResponses =
    [
        "4803333032580770726976617465611d4d6f6e2c203231204f637420323031332032303a31333a323120474d546e1768747470733a2f2f7777772e6578616d706c652e636f6d",
        "4803333037c1c0bf",
        "88c1611d4d6f6e2c203231204f637420323031332032303a31333a323220474d54c05a04677a69707738666f6f3d4153444a4b48514b425a584f5157454f50495541585157454f49553b206d61"
        + "782d6167653d333630303b2076657273696f6e3d31",
    ];

    private static readonly string[] HuffmanResponses =
    [
        "488264025885aec3771a4b6196d07abe941054d444a8200595040b8166e082a62d1bff6e919d29ad171863c78f0b97c8e9ae82ae43d3",
        "4883640effc1c0bf",
        "88c16196d07abe941054d444a8200595040b8166e084a62d1bffc05a839bd9ab77ad94e7821dd7f2e6c7b335dfdfcd5b3960d5af27087f3672c1ab270fb5291f9587316065c003ed4ee5b1063d"
        + "5007",
    ];

    [Theory]
    [InlineData(10, 5, "0a")]
    [InlineData(1337, 5, "1f9a0a")]
    [InlineData(42, 8, "2a")]
    public void C1_Integers(int value, int prefixBits, string hex)
    {
        Span<byte> buffer = stackalloc byte[PrefixInteger.MaxLength];
        int written = PrefixInteger.Write(buffer, pattern: 0, prefixBits, value);
        Assert.Equal(hex, Convert.ToHexStringLower(buffer[..written]));
        Assert.Equal(written, PrefixInteger.Length(prefixBits, value));
    }

    [Theory]
    [InlineData("400a637573746f6d2d6b65790d637573746f6d2d686561646572", "custom-key", "custom-header", 55, 0)]
    [InlineData("040c2f73616d706c652f70617468", ":path", "/sample/path", 0, 0)]
    [InlineData("100870617373776f726406736563726574", "password", "secret", 0, 1)]
    [InlineData("82", ":method", "GET", 0, 0)]
    public void C2_SingleFields(string hex, string name, string value, int tableSize, int neverIndexed)
    {
        var decoder = new HpackDecoder(4096, 16384);
        FieldCollector fields = Decode(decoder, hex);
        Assert.Equal([(name, value)], fields.Fields);
        Assert.Equal(tableSize, decoder.Table.Size);
        Assert.Equal(neverIndexed, fields.NeverIndexed);
    }

    [Fact]
    public void C3_RequestsWithoutHuffman_Decode() => AssertStory(4096, PlainRequests, [Request1, Request2, Request3], [57, 110, 164]);

    [Fact]
    public void C4_RequestsWithHuffman_Decode() => AssertStory(4096, HuffmanRequests, [Request1, Request2, Request3], [57, 110, 164]);

    [Fact]
    public void C4_RequestsWithHuffman_Encode()
    {
        var encoder = new HpackEncoder();
        Assert.Equal(HuffmanRequests[0], Encode(encoder, Request1));
        Assert.Equal(HuffmanRequests[1], Encode(encoder, Request2));
        Assert.Equal(HuffmanRequests[2], Encode(encoder, Request3));
        Assert.Equal(164, encoder.Table.Size);
    }

    [Fact]
    public void C5_ResponsesWithoutHuffman_DecodeWithEvictions() => AssertStory(256, PlainResponses, [Response1, Response2, Response3], [222, 222, 215]);

    [Fact]
    public void C6_ResponsesWithHuffman_DecodeWithEvictions() => AssertStory(256, HuffmanResponses, [Response1, Response2, Response3], [222, 222, 215]);

    private static void AssertStory(int tableSize, string[] blocks, (string, string)[][] expected, int[] sizes)
    {
        var decoder = new HpackDecoder(tableSize, 16384);
        for (int i = 0; i < blocks.Length; i++)
        {
            Assert.Equal(expected[i], Decode(decoder, blocks[i]).Fields);
            Assert.Equal(sizes[i], decoder.Table.Size);
        }
    }

    private static FieldCollector Decode(HpackDecoder decoder, string hex)
    {
        var fields = new FieldCollector();
        decoder.BeginBlock();
        Assert.True(decoder.Decode(Convert.FromHexString(hex), endOfBlock: true, fields).IsNone);
        return fields;
    }

    private static string Encode(HpackEncoder encoder, (string Name, string Value)[] fields)
    {
        encoder.BeginBlock();
        foreach ((string name, string value) in fields)
        {
            encoder.Write(Encoding.Latin1.GetBytes(name), Encoding.Latin1.GetBytes(value), Indexing.Incremental);
        }

        return Convert.ToHexStringLower(encoder.EndBlock());
    }
}
