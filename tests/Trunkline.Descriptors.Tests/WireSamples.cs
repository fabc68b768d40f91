namespace Trunkline.Descriptors.Tests;

/// <summary>Bytes that are messages, nearly messages, or anything.</summary>
internal static class WireSamples
{
    private static readonly MessageSchema Empty = SchemaRegistry
        .Create(new FileDescriptorProto { Name = "empty.proto", MessageTypes = { new DescriptorProto { Name = "Empty" } } })
        .FindMessage("Empty")!;

    /// <summary>What <c>--decode_raw</c> prints; null when the bytes are no message.</summary>
    public static string? PrintRaw(byte[] bytes)
    {
        try
        {
            return DynamicMessage.Read(Empty, bytes).ToString();
        }
        catch (DescriptorFormatException)
        {
            // The bytes are no message, which is an answer here.
            return null;
        }
    }

    /// <summary>A row of random fields, some of them groups or messages again.</summary>
    public static byte[] RandomFields(Random random, int depth = 0)
    {
        var writer = new WireWriter();
        for (var count = random.Next(depth == 0 ? 8 : 4); count > 0; count--)
        {
            WriteField(writer, random, depth);
        }

        return writer.Written.ToArray();
    }

    /// <summary>The bytes with some of them changed, taken out or put in.</summary>
    public static byte[] Damage(byte[] bytes, Random random)
    {
        var damaged = bytes.ToList();
        for (var times = random.Next(1, 4); times > 0; times--)
        {
            var at = random.Next(damaged.Count + 1);
            switch (random.Next(3))
            {
                case 0 when at < damaged.Count:
                    damaged[at] = (byte)random.Next(256);
                    break;
                case 1 when at < damaged.Count:
                    damaged.RemoveAt(at);
                    break;
                default:
                    damaged.Insert(at, (byte)random.Next(256));
                    break;
            }
        }

        return [.. damaged];
    }

    private static void WriteField(WireWriter writer, Random random, int depth)
    {
        var number = random.Next(4) switch
        {
            0 => random.Next(1, 1 << 29),
            1 => random.Next(1, 1100),
            _ => random.Next(1, 40),
        };
        switch (random.Next(depth < 6 ? 7 : 4))
        {
            case 0:
                writer.WriteTag(number, WireType.Varint);
                writer.WriteVarint((ulong)random.NextInt64() >> random.Next(64));
                break;
            case 1:
                writer.WriteTag(number, WireType.Fixed32);
                writer.WriteFixed32((uint)random.Next());
                break;
            case 2:
                writer.WriteTag(number, WireType.Fixed64);
                writer.WriteFixed64((ulong)random.NextInt64());
                break;
            case 3:
                writer.WriteTag(number, WireType.LengthDelimited);
                var bytes = new byte[random.Next(12)];
                random.NextBytes(bytes);
                writer.WriteBytes(bytes);
                break;
            case 4:
                writer.WriteTag(number, WireType.StartGroup);
                writer.WriteRaw(RandomFields(random, depth + 1));
                writer.WriteTag(number, WireType.EndGroup);
                break;
            default:
                writer.WriteTag(number, WireType.LengthDelimited);
                writer.WriteBytes(RandomFields(random, depth + 1));
                break;
        }
    }
}
