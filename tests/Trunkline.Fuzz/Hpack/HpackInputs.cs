using System.Text;
using Trunkline.Fuzz.Running;
using Trunkline.Http2;
using Trunkline.Http2.Hpack;

namespace Trunkline.Fuzz.Hpack;

/// <summary>The grammar of the HPACK target's inputs, both ways.</summary>
internal static class HpackInputs
{
    private static readonly string[] Names =
    [
        ":path", ":method", ":status", "content-type", "te", "user-agent", "grpc-timeout", "authorization", "x-a", "x-b", "cookie", "set-cookie", "",
    ];

    private static readonly string[] Values = ["", "/", "GET", "a", "trailers", "application/grpc", "1S", new('x', 40), new('~', 9), "\0\u00ff\u0080", new('z', 700)];

    /// <summary>Makes an input: a mode, then blocks (or field lists) and table limits.</summary>
    public static byte[] Generate(Random random)
    {
        byte mode = (byte)random.Next(256);
        List<byte> input = [mode];
        for (int records = random.Next(1, 12); records > 0; records--)
        {
            if (random.Next(4) == 0)
            {
                int limit = random.Next(3) switch { 0 => 0, 1 => random.Next(200), _ => random.Next(6000) };
                input.AddRange([7, (byte)(limit >> 8), (byte)limit]);
            }
            else if ((mode & 1) == 0)
            {
                byte[] block = Block(random);
                input.AddRange([0x80, (byte)(block.Length >> 8), (byte)block.Length, .. block]);
            }
            else
            {
                input.AddRange(List(random));
            }
        }

        return [.. input];
    }

    /// <summary>Reads a field list: its tag says how many fields there are; each has a byte for name and policy and one for the value.</summary>
    public static FieldSection ReadFields(InputReader reader, byte tag)
    {
        var fields = new FieldSection();
        for (int left = tag >> 4; left > 0; left--)
        {
            byte name = reader.Byte();
            byte value = reader.Byte();
            byte[] octets = value < 0x80 ? Encoding.Latin1.GetBytes(Values[value % Values.Length]) : reader.Bytes(value & 0x7F);
            fields.Add(Encoding.Latin1.GetBytes(Names[name % Names.Length]), octets, (Indexing)(name / 64));
        }

        return fields;
    }

    private static List<byte> List(Random random)
    {
        int count = random.Next(16);
        List<byte> record = [(byte)((count << 4) | (random.Next(2) << 3))];
        for (; count > 0; count--)
        {
            record.Add((byte)random.Next(256));
            if (random.Next(4) > 0)
            {
                record.Add((byte)random.Next(Values.Length));
                continue;
            }

            byte[] octets = new byte[random.Next(0x80)];
            random.NextBytes(octets);
            record.AddRange([(byte)(0x80 | octets.Length), .. octets]);
        }

        return record;
    }

    private static byte[] Block(Random random)
    {
        List<byte> block = [];
        for (int updates = random.Next(6) - 3; updates > 0; updates--)
        {
            Integer(block, 0x20, 5, random.Next(3) == 0 ? 0 : random.Next(5000));
        }

        for (int fields = random.Next(10); fields > 0; fields--)
        {
            Field(block, random);
        }

        if (random.Next(20) == 0)
        {
            block.Add((byte)random.Next(256));
        }

        return [.. block];
    }

    private static void Field(List<byte> block, Random random)
    {
        int index = random.Next(8) switch { 0 => 0, 1 or 2 or 3 => random.Next(1, 62), 7 => random.Next(62, 130), _ => random.Next(62, 68) };
        (byte pattern, int bits) = random.Next(5) switch { 0 or 1 => ((byte)0x80, 7), 2 or 3 => ((byte)0x40, 6), _ => ((byte)(random.Next(2) << 4), 4) };
        if (bits == 7)
        {
            Integer(block, pattern, bits, Math.Max(index, random.Next(30) == 0 ? 0 : 1));
            return;
        }

        Integer(block, pattern, bits, index);
        if (index == 0)
        {
            String(block, Names[random.Next(Names.Length)], random);
        }

        String(block, Values[random.Next(Values.Length)], random);
    }

    private static void String(List<byte> block, string text, Random random)
    {
        byte[] octets = Encoding.Latin1.GetBytes(text);
        if (random.Next(2) == 0)
        {
            Integer(block, 0, 7, octets.Length);
            block.AddRange(octets);
            return;
        }

        byte[] coded = new byte[HuffmanEncoder.EncodedLength(octets)];
        HuffmanEncoder.Encode(octets, coded);
        Integer(block, 0x80, 7, coded.Length);
        block.AddRange(coded);
    }

    private static void Integer(List<byte> block, byte pattern, int bits, int value)
    {
        int mask = (1 << bits) - 1;
        if (value < mask)
        {
            block.Add((byte)(pattern | value));
            return;
        }

        block.Add((byte)(pattern | mask));
        for (value -= mask; value >= 0x80; value >>= 7)
        {
            block.Add((byte)(value | 0x80));
        }

        block.Add((byte)value);
    }
}
