using FsCheck;
using FsCheck.Fluent;
using Trunkline.Http2.Hpack;
using Trunkline.TableGen;

namespace Trunkline.Http2.Tests.Hpack;

public class HuffmanTests
{
    [Fact]
    public void Tables_Regenerated_AreThoseCheckedIn()
    {
        string root = FindRoot(AppContext.BaseDirectory);
        foreach (GeneratedTable table in GeneratedTable.All)
        {
            Assert.True(
                table.Text == File.ReadAllText(Path.Combine(root, table.RepositoryPath)),
                $"{table.RepositoryPath} is out of date: dotnet run --project eng/Trunkline.TableGen -- .");
        }
    }

    [Fact]
    public void Code_IsPrefixFreeAndComplete()
    {
        var code = HuffmanCode.Create();
        Assert.Equal(1L << 30, code.Lengths.Sum(length => 1L << (30 - length)));
        Assert.Equal(0x3FFF_FFFFu, code.Codes[HuffmanCode.EndOfString]);
    }

    [Fact]
    public void AnyOctets_EncodedAndDecodedInPieces_AreTheSame() =>
        Prop.ForAll<byte[], byte[]>((octets, cuts) =>
        {
            byte[] encoded = new byte[HuffmanEncoder.EncodedLength(octets)];
            Assert.Equal(encoded.Length, HuffmanEncoder.Encode(octets, encoded));
            Assert.Equal(octets, Decode(Cut(encoded, cuts)));
            Assert.Equal(octets, Decode(encoded.Chunk(1)));
            Assert.Equal(octets, Decode([encoded]));
            return true;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void EveryOctet_EncodedAlone_Decodes()
    {
        for (int octet = 0; octet < 256; octet++)
        {
            byte[] encoded = new byte[HuffmanEncoder.EncodedLength([(byte)octet])];
            HuffmanEncoder.Encode([(byte)octet], encoded);
            Assert.Equal((byte)octet, Assert.Single(Decode([encoded])!));
        }
    }

    [Theory]
    [InlineData("ff")] // eight ones: padding of a whole byte
    [InlineData("1fff")] // 'a' and eleven ones
    [InlineData("18")] // 'a' and zeros
    [InlineData("fffffffc")] // the end-of-string symbol
    [InlineData("1fffffffff")] // 'a' and the end-of-string symbol
    public void WrongEnd_Decoded_IsRefused(string hex) => Assert.Null(Decode([Convert.FromHexString(hex)]));

    internal static IEnumerable<byte[]> Cut(byte[] bytes, byte[] cuts)
    {
        int start = 0;
        foreach (byte cut in cuts)
        {
            int length = Math.Min(cut % 16, bytes.Length - start);
            yield return bytes[start..(start + length)];
            start += length;
        }

        yield return bytes[start..];
    }

    private static byte[]? Decode(IEnumerable<byte[]> pieces)
    {
        var decoder = default(HuffmanDecoder);
        var decoded = new List<byte>();
        foreach (byte[] piece in pieces)
        {
            byte[] room = new byte[HuffmanDecoder.MaxDecodedLength(piece.Length)];
            if (!decoder.TryDecode(piece, room, out int written))
            {
                return null;
            }

            decoded.AddRange(room.AsSpan(0, written));
        }

        return decoder.MayEnd ? [.. decoded] : null;
    }

    private static string FindRoot(string folder) =>
        File.Exists(Path.Combine(folder, "Trunkline.slnx")) ? folder : FindRoot(Path.GetDirectoryName(folder)!);
}
