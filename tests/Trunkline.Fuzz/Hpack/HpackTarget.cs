using System.Text;
using Trunkline.Fuzz.Running;
using Trunkline.Http2;
using Trunkline.Http2.Hpack;

namespace Trunkline.Fuzz.Hpack;

/// <summary>
/// HPACK. One half of the inputs are blocks, decoded whole, byte by byte and cut at random, which must agree with each other and with the reference
/// decoder in fields, errors and table. The other half are field lists with table-size games between them, encoded by ours and decoded by both.
/// </summary>
internal sealed class HpackTarget : IFuzzTarget
{
    private static readonly int[] ListLimits = [200, 1000, 16_384, int.MaxValue / 8];
    private static readonly int[] TableLimits = [4096, 0, 100, 65_536];

    public string Name => "hpack";

    public int MaxLength => 2048;

    public byte[] Generate(Random random) => HpackInputs.Generate(random);

    public Task ExecuteAsync(byte[] input, Trace trace)
    {
        var reader = new InputReader(input);
        byte mode = reader.Byte();
        int listLimit = ListLimits[(mode >> 1) & 3];
        int tableLimit = TableLimits[(mode >> 3) & 3];
        if ((mode & 1) == 0)
        {
            DecodeBlocks(reader, tableLimit, listLimit, trace);
        }
        else
        {
            EncodeLists(reader, tableLimit, trace);
        }

        return Task.CompletedTask;
    }

    private static void DecodeBlocks(InputReader reader, int tableLimit, int listLimit, Trace trace)
    {
        var reference = new ReferenceDecoder(tableLimit, listLimit) { Observe = word => trace.See("hpack", word) };
        CutDecoder[] decoders = [new(tableLimit, listLimit, Cut.None), new(tableLimit, listLimit, Cut.Bytes), new(tableLimit, listLimit, Cut.Random)];
        while (!reader.IsAtEnd)
        {
            byte tag = reader.Byte();
            if ((tag & 7) == 7)
            {
                int limit = reader.UInt16();
                trace.Tell($"table limit {limit}");
                reference.SetTableLimit(limit);
                Array.ForEach(decoders, decoder => decoder.SetTableLimit(limit));
                continue;
            }

            byte[] block = reader.Bytes((tag & 0x80) == 0 ? reader.Byte() : reader.UInt16());
            ReferenceBlock expected = reference.Decode(block);
            trace.Tell($"block {Convert.ToHexStringLower(block)}: {expected.Fields.Count} fields, {expected.ListSize} bytes, {expected.Code}");
            foreach (CutDecoder decoder in decoders)
            {
                decoder.Check(block, expected, reference);
            }

            if (expected.Code != Http2ErrorCode.NoError)
            {
                return;
            }
        }
    }

    private static void EncodeLists(InputReader reader, int ownLimit, Trace trace)
    {
        const int Unlimited = int.MaxValue / 8;
        var encoder = new HpackEncoder(ownLimit);
        var reference = new ReferenceDecoder(HpackEncoder.InitialTableSize, Unlimited) { Observe = word => trace.See("encoded", word) };
        var decoder = new CutDecoder(HpackEncoder.InitialTableSize, Unlimited, Cut.None);
        while (!reader.IsAtEnd)
        {
            byte tag = reader.Byte();
            if ((tag & 7) == 7)
            {
                int limit = reader.UInt16();
                trace.Tell($"peer's table size {limit}");
                encoder.SetPeerTableSize((uint)limit);
                reference.SetTableLimit(limit);
                decoder.SetTableLimit(limit);
                continue;
            }

            FieldSection fields = HpackInputs.ReadFields(reader, tag);
            byte[] block = Encode(encoder, fields, isPrepared: (tag & 8) != 0);
            ReferenceBlock decoded = reference.Decode(block);
            trace.Tell($"{fields.Count} fields encoded: {Convert.ToHexStringLower(block)}");
            Trace.Hold(decoded.Code == Http2ErrorCode.NoError, $"a block of the encoder does not decode: {decoded.Code}");
            CheckRoundTrip(fields, decoded);
            decoder.Check(block, decoded, reference);
            Trace.Hold(
                encoder.Table.Size == reference.Size && encoder.Table.Capacity == reference.Capacity,
                $"the encoder's table is {encoder.Table.Size} of {encoder.Table.Capacity}, the decoder's {reference.Size} of {reference.Capacity}");
        }
    }

    // Prepared fields are written twice into the block: the second time takes the remembered bytes, if the table has not moved.
    private static byte[] Encode(HpackEncoder encoder, FieldSection fields, bool isPrepared)
    {
        encoder.BeginBlock();
        if (isPrepared)
        {
            var prepared = new PreparedFields(fields);
            encoder.Write(prepared);
            encoder.Write(prepared);
        }
        else
        {
            encoder.Write(fields);
        }

        return encoder.EndBlock().ToArray();
    }

    private static void CheckRoundTrip(FieldSection fields, ReferenceBlock decoded)
    {
        // Prepared fields stand in the block twice.
        Trace.Hold(fields.Count == 0 ? decoded.Fields.Count == 0 : decoded.Fields.Count % fields.Count == 0, "fields were lost or added");
        for (int i = 0; i < decoded.Fields.Count; i++)
        {
            int k = i % fields.Count;
            bool isSame = decoded.Fields[i].Name == Encoding.Latin1.GetString(fields.Name(k)) && decoded.Fields[i].Value == Encoding.Latin1.GetString(fields.Value(k));
            Trace.Hold(isSame, $"field {i} came back as {decoded.Fields[i]}");
            Trace.Hold(decoded.Fields[i].IsNeverIndexed == IsSecret(decoded.Fields[i], fields.Policy(k)), $"field {i}: never indexed is {decoded.Fields[i].IsNeverIndexed}");
        }
    }

    // Where the encoder decides, credentials and cookies that can be guessed stay out of every table.
    private static bool IsSecret(ReferenceField field, Indexing indexing) =>
        indexing == Indexing.Never
        || (indexing == Indexing.Automatic && (field.Name is "authorization" or "proxy-authorization" || (field.Name == "cookie" && field.Value.Length < 20)));
}
