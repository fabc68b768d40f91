using FsCheck;
using FsCheck.Fluent;
using Trunkline.Http2.Hpack;

namespace Trunkline.Http2.Tests.Hpack;

public class PrefixIntegerTests
{
    [Fact]
    public void AnyValue_WrittenAndRead_IsTheSame() =>
        Prop.ForAll<int, byte>((number, bits) =>
        {
            int value = number & int.MaxValue;
            int prefixBits = (bits % 8) + 1;
            Assert.Equal(value, RoundTrip(value, prefixBits));
            Assert.Equal(int.MaxValue - value, RoundTrip(int.MaxValue - value, prefixBits));
            Assert.Equal((1 << prefixBits) - 1, RoundTrip((1 << prefixBits) - 1, prefixBits));
            return true;
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("ff8080808008")] // 2^31 + 127, past 2^31-1
    [InlineData("ffffffffff7f")]
    [InlineData("ff808080808000")] // zeros without end
    public void TooLarge_Read_IsRefused(string hex) => Assert.Null(Read(Convert.FromHexString(hex), prefixBits: 7));

    [Fact]
    public void Zeros_WithinBounds_AreAccepted() => Assert.Equal(127, Read([0x7f, 0x80, 0x80, 0x80, 0x80, 0x00], prefixBits: 7));

    private static int? RoundTrip(int value, int prefixBits)
    {
        byte[] bytes = new byte[PrefixInteger.MaxLength];
        int length = PrefixInteger.Write(bytes, pattern: 0, prefixBits, value);
        Assert.Equal(length, PrefixInteger.Length(prefixBits, value));
        return Read(bytes[..length], prefixBits);
    }

    private static int? Read(byte[] bytes, int prefixBits)
    {
        var reader = default(PrefixIntegerReader);
        PrefixIntegerResult result = reader.Begin(bytes[0], prefixBits);
        foreach (byte next in bytes.AsSpan(1))
        {
            if (result != PrefixIntegerResult.Incomplete)
            {
                break;
            }

            result = reader.Continue(next);
        }

        return result == PrefixIntegerResult.Complete ? reader.Value : null;
    }
}
