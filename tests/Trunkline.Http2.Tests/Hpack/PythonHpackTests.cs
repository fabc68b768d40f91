using System.Text;
using Trunkline.Harness;
using Trunkline.Http2.Hpack;

namespace Trunkline.Http2.Tests.Hpack;

/// <summary>Agreement with Debian's python3-hpack, both ways. A line is a table size, a space, and a block in hex; fields come as name=value in hex.</summary>
public class PythonHpackTests
{
    private const string DecodeScript = """
        import sys
        from hpack import Decoder
        decoder = Decoder()
        for line in sys.stdin:
            size, block = line.rstrip('\n').split(' ')
            if int(size) >= 0:
                decoder.max_allowed_table_size = int(size)
            print(' '.join(n.hex() + '=' + v.hex() for n, v in decoder.decode(bytes.fromhex(block), raw=True)))
        """;

    private const string EncodeScript = """
        import sys
        from hpack import Encoder, HeaderTuple, NeverIndexedHeaderTuple
        encoder = Encoder()
        for i, line in enumerate(sys.stdin):
            size, fields = line.rstrip('\n').split(' ', 1)
            if int(size) >= 0:
                encoder.header_table_size = int(size)
            pairs = [tuple(bytes.fromhex(part) for part in field.split('=')) for field in fields.split()]
            print(encoder.encode([(NeverIndexedHeaderTuple if j % 5 == 4 else HeaderTuple)(*p) for j, p in enumerate(pairs)], huffman=i % 2 == 0).hex())
        """;

    [PeerFact("python3:hpack")]
    public async Task Blocks_EncodedHere_DecodeThere()
    {
        var random = new Random(1);
        var encoder = new HpackEncoder();
        var input = new StringBuilder();
        var expected = new StringBuilder();
        for (int block = 0; block < 300; block++)
        {
            FieldSection fields = RandomFields.Next(random);
            int size = NextSize(random, block);
            if (size >= 0)
            {
                encoder.SetPeerTableSize((uint)size);
            }

            encoder.BeginBlock();
            encoder.Write(fields);
            input.Append(size).Append(' ').Append(Convert.ToHexStringLower(encoder.EndBlock())).Append('\n');
            expected.Append(ToHex(RandomFields.ToList(fields))).Append('\n');
        }

        Assert.Equal(expected.ToString(), await Peer.RunAsync(Peer.Python, ["-c", DecodeScript], input.ToString()));
    }

    [PeerFact("python3:hpack")]
    public async Task Blocks_EncodedThere_DecodeHere()
    {
        var random = new Random(2);
        var input = new StringBuilder();
        var stories = new List<(int Size, List<(string, string)> Fields)>();
        for (int block = 0; block < 300; block++)
        {
            stories.Add((NextSize(random, block), RandomFields.ToList(RandomFields.Next(random))));
            input.Append(stories[^1].Size).Append(' ').Append(ToHex(stories[^1].Fields)).Append('\n');
        }

        string[] blocks = (await Peer.RunAsync(Peer.Python, ["-c", EncodeScript], input.ToString())).Split('\n');
        var decoder = new HpackDecoder(HpackEncoder.InitialTableSize, int.MaxValue / 8);
        for (int block = 0; block < stories.Count; block++)
        {
            if (stories[block].Size >= 0)
            {
                decoder.SetTableSizeLimit(stories[block].Size);
            }

            var fields = new FieldCollector();
            decoder.BeginBlock();
            Http2Error error = decoder.Decode(Convert.FromHexString(blocks[block]), endOfBlock: true, fields);
            Assert.True(error.IsNone, error.Reason);
            Assert.Equal(stories[block].Fields, fields.Fields);
        }
    }

    // The table size changes every 25 blocks; -1 leaves it.
    private static int NextSize(Random random, int block) => block % 25 == 24 ? random.Next(0, 4096) : -1;

    private static string ToHex(List<(string Name, string Value)> fields) =>
        string.Join(' ', fields.Select(field => Hex(field.Name) + "=" + Hex(field.Value)));

    private static string Hex(string latin1) => Convert.ToHexStringLower(Encoding.Latin1.GetBytes(latin1));
}
