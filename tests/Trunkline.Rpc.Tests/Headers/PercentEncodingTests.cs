using System.Text;
using Trunkline.Rpc.Headers;

namespace Trunkline.Rpc.Tests.Headers;

public sealed class PercentEncodingTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("plain ~text!", "plain ~text!")]
    [InlineData("100%", "100%25")]
    [InlineData("\t\ntest with whitespace\r\nand Unicode BMP ☺ and non-BMP 😈\t\n", "%09%0Atest with whitespace%0D%0Aand Unicode BMP %E2%98%BA and non-BMP %F0%9F%98%88%09%0A")]
    public void Encode_ThenDecode_GivesTheText(string text, string encoded)
    {
        byte[] bytes = new byte[PercentEncoding.EncodedLength(text)];
        PercentEncoding.Encode(text, bytes);

        Assert.Equal(encoded, Encoding.ASCII.GetString(bytes));
        Assert.Equal(text, PercentEncoding.Decode(bytes));
    }

    [Theory]
    [InlineData("%", "%")]
    [InlineData("%4", "%4")]
    [InlineData("%zz%41", "%zzA")]
    [InlineData("%ff", "\uFFFD")]
    [InlineData("%e2%98%ba", "☺")]
    [InlineData("raw ☺", "raw ☺")]
    public void Decode_Sloppy_NeverFails(string encoded, string text) => Assert.Equal(text, PercentEncoding.Decode(Encoding.UTF8.GetBytes(encoded)));

    [Fact]
    public void Decode_Long_IsWhole()
    {
        string text = new('☺', 1000);
        byte[] bytes = new byte[PercentEncoding.EncodedLength(text)];
        PercentEncoding.Encode(text, bytes);

        Assert.Equal(text, PercentEncoding.Decode(bytes));
    }

    [Fact]
    public void Encode_LoneSurrogate_BecomesTheReplacementCharacter()
    {
        byte[] bytes = new byte[PercentEncoding.EncodedLength("\uD800")];
        PercentEncoding.Encode("\uD800", bytes);

        Assert.Equal("%EF%BF%BD", Encoding.ASCII.GetString(bytes));
    }
}
