using FsCheck;
using FsCheck.Fluent;
using Trunkline.Http2.Fields;
using Trunkline.Http2.Hpack;

namespace Trunkline.Http2.Tests.Hpack;

public class HpackRoundTripTests
{
    // The peer's table setting changes between blocks, also several times, and the decoder is held to what it acknowledged.
    [Fact]
    public void Blocks_WithChangingTableSizes_DecodeToWhatWasEncoded() =>
        Prop.ForAll<int>(seed =>
        {
            var random = new Random(seed);
            var encoder = new HpackEncoder(ownLimit: random.Next(0, 8192));
            var decoder = new HpackDecoder(HpackEncoder.InitialTableSize, int.MaxValue / 8);
            for (int block = 0; block < 30; block++)
            {
                for (int changes = random.Next(0, 4) - 1; changes > 0; changes--)
                {
                    int size = random.Next(4) == 0 ? 0 : random.Next(0, 6000);
                    encoder.SetPeerTableSize((uint)size);
                    decoder.SetTableSizeLimit(size);
                }

                FieldSection fields = RandomFields.Next(random);
                Assert.Equal(RandomFields.ToList(fields), Decode(decoder, Encode(encoder, fields)).Fields);
                Assert.Equal(encoder.Table.Size, decoder.Table.Size);
                Assert.True(decoder.Table.Size <= decoder.Table.Capacity);
            }

            return true;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Block_CutAnywhere_DecodesAsWhole() =>
        Prop.ForAll<int, byte[]>((seed, cuts) =>
        {
            var random = new Random(seed);
            var encoder = new HpackEncoder();
            HpackDecoder[] decoders = [.. Enumerable.Range(0, 3).Select(_ => new HpackDecoder(HpackEncoder.InitialTableSize, 1000))];
            for (int block = 0; block < 10; block++)
            {
                byte[] bytes = Encode(encoder, RandomFields.Next(random));
                AssertSame(decoders, bytes, cuts);
            }

            return true;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Garbage_CutAnywhere_FailsAsWhole() =>
        Prop.ForAll<byte[][], byte[]>((blocks, cuts) =>
        {
            HpackDecoder[] decoders = [.. Enumerable.Range(0, 3).Select(_ => new HpackDecoder(HpackEncoder.InitialTableSize, 1000))];
            foreach (byte[] block in blocks)
            {
                if (!AssertSame(decoders, block, cuts))
                {
                    break;
                }
            }

            return true;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void PreparedFields_OnceInTheTable_AreOneCopyAndDecodeTheSame()
    {
        var encoder = new HpackEncoder();
        var decoder = new HpackDecoder(HpackEncoder.InitialTableSize, 16_384);
        var head = new FieldSection();
        head.Add(":method", "POST");
        head.Add(":path", "/helloworld.Greeter/SayHello");
        head.Add("content-type", "application/grpc");
        var prepared = new PreparedFields(head);
        List<(string, string)> expected = RandomFields.ToList(head);
        Assert.Equal(expected, Decode(decoder, EncodePrepared(encoder, prepared)).Fields);
        byte[] second = EncodePrepared(encoder, prepared);
        Assert.Equal(3, second.Length);
        Assert.Equal(expected, Decode(decoder, second).Fields);
        Assert.Equal(second, EncodePrepared(encoder, prepared));
        Assert.Equal(expected, Decode(decoder, second).Fields);

        // Another insertion shifts every index: the remembered bytes no longer hold.
        var other = new FieldSection();
        other.Add("x-new", "1");
        Decode(decoder, Encode(encoder, other));
        byte[] shifted = EncodePrepared(encoder, prepared);
        Assert.NotEqual(second, shifted);
        Assert.Equal(expected, Decode(decoder, shifted).Fields);
    }

    [Fact]
    public void SteadyState_EncodeAndDecode_AllocateNothing()
    {
        var encoder = new HpackEncoder();
        var decoder = new HpackDecoder(HpackEncoder.InitialTableSize, 16_384);
        var head = new FieldSection();
        head.Add(":method", "POST");
        head.Add(":path", "/helloworld.Greeter/SayHello");
        head.Add("user-agent", "trunkline");
        var prepared = new PreparedFields(head);
        var call = new FieldSection();
        call.Add("grpc-timeout", "1S", Indexing.Without);
        var sink = new FieldBuffer();
        for (int i = 0; i < 100; i++)
        {
            Once();
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
        {
            Once();
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Once()
        {
            encoder.BeginBlock();
            encoder.Write(prepared);
            encoder.Write(call);
            sink.Clear();
            decoder.BeginBlock();
            decoder.Decode(encoder.EndBlock(), endOfBlock: true, sink);
        }
    }

    [Fact]
    public void Tag_OnAnEntry_LivesAndDiesWithIt()
    {
        var encoder = new HpackEncoder();
        var decoder = new HpackDecoder(HpackEncoder.InitialTableSize, 16_384);
        var fields = new FieldSection();
        fields.Add(":path", "/a", Indexing.Incremental);
        HpackEntry entry = Assert.Single(Decode(decoder, Encode(encoder, fields)).Entries);
        entry.Tag = "the method";
        Assert.Equal("the method", Assert.Single(Decode(decoder, Encode(encoder, fields)).Entries).Tag);

        encoder.SetPeerTableSize(0);
        encoder.SetPeerTableSize(4096);
        Assert.Null(Assert.Single(Decode(decoder, Encode(encoder, fields)).Entries).Tag);
    }

    private static bool AssertSame(HpackDecoder[] decoders, byte[] block, byte[] cuts)
    {
        (List<(string, string)> Fields, Http2ErrorCode Code, bool TooLarge) whole = Outcome(decoders[0], [block]);
        foreach ((var pieces, HpackDecoder decoder) in new[] { (block.Chunk(1), decoders[1]), (HuffmanTests.Cut(block, cuts), decoders[2]) })
        {
            var other = Outcome(decoder, pieces);
            Assert.Equal(whole.Fields, other.Fields);
            Assert.Equal((whole.Code, whole.TooLarge), (other.Code, other.TooLarge));
            Assert.Equal(decoders[0].Table.Size, decoder.Table.Size);
        }

        return whole.Code == Http2ErrorCode.NoError;
    }

    private static (List<(string, string)> Fields, Http2ErrorCode Code, bool TooLarge) Outcome(HpackDecoder decoder, IEnumerable<byte[]> pieces)
    {
        var fields = new FieldCollector();
        decoder.BeginBlock();
        foreach (byte[] piece in pieces)
        {
            if (decoder.Decode(piece, endOfBlock: false, fields) is { IsNone: false } error)
            {
                return (fields.Fields, error.Code, decoder.IsListTooLarge);
            }
        }

        return (fields.Fields, decoder.Decode([], endOfBlock: true, fields).Code, decoder.IsListTooLarge);
    }

    private static FieldCollector Decode(HpackDecoder decoder, byte[] block)
    {
        var fields = new FieldCollector();
        decoder.BeginBlock();
        Http2Error error = decoder.Decode(block, endOfBlock: true, fields);
        Assert.True(error.IsNone, error.Reason);
        return fields;
    }

    private static byte[] Encode(HpackEncoder encoder, FieldSection fields)
    {
        encoder.BeginBlock();
        encoder.Write(fields);
        return encoder.EndBlock().ToArray();
    }

    private static byte[] EncodePrepared(HpackEncoder encoder, PreparedFields fields)
    {
        encoder.BeginBlock();
        encoder.Write(fields);
        return encoder.EndBlock().ToArray();
    }
}
