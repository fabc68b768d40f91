using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Trunkline.Rpc.Headers;

namespace Trunkline.Rpc.Tests.Headers;

public sealed class GrpcTimeoutTests
{
    [Theory]
    [InlineData(1, "100n")]
    [InlineData(999_999, "99999900n")]
    [InlineData(1_000_000, "100000u")]
    [InlineData(999_999_991, "100000m")]
    [InlineData(10_000_000, "1000000u")]
    [InlineData(999_999_990, "99999999u")]
    [InlineData(10_000_000_000, "1000000m")]
    [InlineData(1_000_000_000_000, "100000S")]
    [InlineData(3_600_000_000_000_000_000, "99999999H")]
    public void Write_RoundsUpIntoTheFinestUnitThatFits(long ticks, string expected) => Assert.Equal(expected, Write(TimeSpan.FromTicks(ticks)));

    [Theory]
    [InlineData("1n", 1)]
    [InlineData("100n", 1)]
    [InlineData("101n", 2)]
    [InlineData("1u", 10)]
    [InlineData("1m", 10_000)]
    [InlineData("1S", 10_000_000)]
    [InlineData("1M", 600_000_000)]
    [InlineData("1H", 36_000_000_000)]
    [InlineData("00000000S", 0)]
    [InlineData("99999999H", 3_599_999_964_000_000_000)]
    public void TryRead_WellFormed_GivesTheTime(string text, long ticks)
    {
        Assert.True(GrpcTimeout.TryRead(Encoding.ASCII.GetBytes(text), out TimeSpan timeout));
        Assert.Equal(ticks, timeout.Ticks);
    }

    [Theory]
    [InlineData("")]
    [InlineData("S")]
    [InlineData("1")]
    [InlineData("123456789S")]
    [InlineData("1s")]
    [InlineData("-1S")]
    [InlineData(" 1S")]
    [InlineData("1.5S")]
    public void TryRead_Malformed_SaysSo(string text) => Assert.False(GrpcTimeout.TryRead(Encoding.ASCII.GetBytes(text), out _));

    [Fact]
    public void WriteThenRead_NeverShortens() => Prop.ForAll<long>(value =>
    {
        TimeSpan time = TimeSpan.FromTicks((value & (long.MaxValue >> 2)) | 1);
        return GrpcTimeout.TryRead(Encoding.ASCII.GetBytes(Write(time)), out TimeSpan read) && read >= time;
    }).QuickCheckThrowOnFailure();

    private static string Write(TimeSpan time)
    {
        Span<byte> bytes = stackalloc byte[GrpcTimeout.MaxLength];
        return Encoding.ASCII.GetString(bytes[..GrpcTimeout.Write(time, bytes)]);
    }
}
