using System.Text;
using Trunkline.Http2.Hpack;

namespace Trunkline.Http2.Tests.Hpack;

/// <summary>What the encoder does with fields whose sender leaves it to it.</summary>
public class IndexingPolicyTests
{
    [Theory]
    [InlineData("user-agent", "something")]
    [InlineData("x-anything", "something")]
    [InlineData("cookie", "twenty characters or more")]
    public void Automatic_UsualField_IsIndexedFromTheSecondTimeOn(string name, string value)
    {
        var encoder = new HpackEncoder();
        Assert.NotEqual(1, Write(encoder, name, value));
        Assert.Equal(1, Write(encoder, name, value));
    }

    [Theory]
    [InlineData(":path", "/one")]
    [InlineData("etag", "\"5f3a91c2\"")]
    [InlineData("content-length", "1234")]
    [InlineData("set-cookie", "a=b")]
    public void Automatic_ChangingField_EntersTheTableAtItsSecondComing(string name, string value)
    {
        var encoder = new HpackEncoder();
        Assert.NotEqual(1, Write(encoder, name, value));
        Assert.Equal(0, encoder.Table.Size);
        Assert.NotEqual(1, Write(encoder, name, value));
        Assert.Equal(1, Write(encoder, name, value));
    }

    [Fact]
    public void Automatic_ChangingFieldThatComesAgainTooLate_IsNew()
    {
        var encoder = new HpackEncoder();
        Write(encoder, ":path", "/first");
        for (int i = 0; i < IndexingPolicy.Remembered; i++)
        {
            Write(encoder, ":path", $"/{i}");
        }

        Write(encoder, ":path", "/first");
        Assert.Equal(0, encoder.Table.Size);
    }

    [Theory]
    [InlineData("authorization", "Bearer of a token that is long enough")]
    [InlineData("proxy-authorization", "Basic abc")]
    [InlineData("cookie", "short=1")]
    public void Automatic_Secret_IsNeverIndexed(string name, string value)
    {
        var encoder = new HpackEncoder();
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(0x10, Encode(encoder, name, value)[0] & 0xF0);
        }

        Assert.Equal(0, encoder.Table.Size);
    }

    [Fact]
    public void Automatic_InPreparedFields_EntersAtOnceButForSecrets()
    {
        var encoder = new HpackEncoder();
        var fields = new FieldSection();
        fields.Add(":path", "/service/method");
        fields.Add("authorization", "Bearer of a token that is long enough");
        var prepared = new PreparedFields(fields);
        int first = Write(encoder, prepared);
        Assert.Equal(":path".Length + "/service/method".Length + HpackEntry.Overhead, encoder.Table.Size);
        int second = Write(encoder, prepared);
        Assert.True(second < first, $"{second} bytes, {first} before");
        Assert.Equal(second, Write(encoder, prepared));
    }

    private static int Write(HpackEncoder encoder, string name, string value) => Encode(encoder, name, value).Length;

    private static int Write(HpackEncoder encoder, PreparedFields fields)
    {
        encoder.BeginBlock();
        encoder.Write(fields);
        return encoder.EndBlock().Length;
    }

    private static byte[] Encode(HpackEncoder encoder, string name, string value)
    {
        encoder.BeginBlock();
        encoder.Write(Encoding.ASCII.GetBytes(name), Encoding.ASCII.GetBytes(value), Indexing.Automatic);
        return encoder.EndBlock().ToArray();
    }
}
