using System.Text;
using Trunkline.Rpc.Headers;

namespace Trunkline.Rpc.Tests.Headers;

public sealed class BinaryValueTests
{
    [Fact]
    public void Encode_AnyLength_IsBase64WithoutPadding()
    {
        byte[] source = [.. Enumerable.Range(0, 40).Select(i => (byte)(i * 37))];
        for (int length = 0; length <= source.Length; length++)
        {
            byte[] encoded = new byte[BinaryValue.EncodedLength(length)];
            BinaryValue.Encode(source.AsSpan(0, length), encoded);

            Assert.Equal(Convert.ToBase64String(source, 0, length).TrimEnd('='), Encoding.ASCII.GetString(encoded));
            Assert.True(BinaryValue.TryDecode(encoded, out byte[] decoded));
            Assert.Equal(source[..length], decoded);
        }
    }

    [Theory]
    [InlineData("q6s=", "ABAB")]
    [InlineData("q6s", "ABAB")]
    [InlineData(" q6ur ", "ABABAB")]
    [InlineData("", "")]
    [InlineData("+/+/", "FBFFBF")]
    public void TryDecode_WithOrWithoutPadding_GivesTheBytes(string text, string hex)
    {
        Assert.True(BinaryValue.TryDecode(Encoding.ASCII.GetBytes(text), out byte[] value));
        Assert.Equal(Convert.FromHexString(hex), value);
    }

    [Theory]
    [InlineData("a")]
    [InlineData("abcde")]
    [InlineData("ab!d")]
    [InlineData("-_-_")]
    public void TryDecode_NotBase64_SaysSo(string text) => Assert.False(BinaryValue.TryDecode(Encoding.ASCII.GetBytes(text), out _));
}
