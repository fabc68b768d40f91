using System.Buffers.Binary;

namespace Trunkline.Fuzz.Running;

/// <summary>Changes to an input that know nothing of its meaning.</summary>
internal static class Mutation
{
    private static readonly byte[] Edges = [0x00, 0x01, 0x7F, 0x80, 0xFF, 0xFE, 0x20, 0x3F, 0x40, 0x0F, 0x1F];

    /// <summary>Gives a changed copy.</summary>
    /// <param name="input">What is changed.</param>
    /// <param name="other">Another input, from which pieces may be taken.</param>
    /// <param name="maxLength">What the copy must not pass.</param>
    /// <param name="random">Decides.</param>
    public static byte[] Of(byte[] input, byte[] other, int maxLength, Random random)
    {
        List<byte> bytes = [.. input];
        for (int changes = 1 << random.Next(4); changes > 0; changes--)
        {
            Change(bytes, other, random);
        }

        return bytes.Count > maxLength ? [.. bytes[..maxLength]] : [.. bytes];
    }

    private static void Change(List<byte> bytes, byte[] other, Random random)
    {
        switch (random.Next(bytes.Count == 0 ? 1 : 9))
        {
            case 0:
                bytes.Insert(random.Next(bytes.Count + 1), (byte)random.Next(256));
                break;
            case 1:
                bytes[random.Next(bytes.Count)] ^= (byte)(1 << random.Next(8));
                break;
            case 2:
                bytes[random.Next(bytes.Count)] = Edges[random.Next(Edges.Length)];
                break;
            case 3:
                bytes[random.Next(bytes.Count)] += (byte)random.Next(-8, 9);
                break;
            case 4:
                (int start, int count) = Piece(bytes.Count, random);
                bytes.RemoveRange(start, count);
                break;
            case 5:
                (start, count) = Piece(bytes.Count, random);
                bytes.InsertRange(random.Next(bytes.Count + 1), bytes.GetRange(start, count));
                break;
            case 6 when other.Length > 0:
                (start, count) = Piece(other.Length, random);
                bytes.InsertRange(random.Next(bytes.Count + 1), other.AsSpan(start, count).ToArray());
                break;
            case 7 when bytes.Count >= 4:
                byte[] number = new byte[4];
                BinaryPrimitives.WriteUInt32BigEndian(number, (uint)random.NextInt64(uint.MaxValue + 1L) >> random.Next(32));
                int place = random.Next(bytes.Count - 3);
                bytes.RemoveRange(place, 4);
                bytes.InsertRange(place, number);
                break;
            default:
                bytes.RemoveRange(random.Next(bytes.Count), 1);
                break;
        }
    }

    private static (int Start, int Count) Piece(int length, Random random)
    {
        int start = random.Next(length);
        return (start, 1 + random.Next(Math.Min(length - start, 64)));
    }
}
