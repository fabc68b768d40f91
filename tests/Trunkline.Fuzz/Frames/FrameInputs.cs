namespace Trunkline.Fuzz.Frames;

/// <summary>The grammar of the frame target's inputs: SETTINGS, then frames, most of them sound.</summary>
internal static class FrameInputs
{
    private static readonly byte[] Types = [0, 0, 0, 1, 1, 1, 1, 2, 3, 3, 4, 4, 5, 6, 6, 7, 8, 8, 8, 9, 16, 0x77];

    // GET http /, without a table.
    private static readonly byte[] Request = [0x82, 0x86, 0x84];

    public static byte[] Generate(Random random)
    {
        List<byte> input = [.. new RawFrame(RawFrame.Settings, 0, 0, Settings(random)).ToBytes()];
        int next = 1;
        for (int frames = random.Next(1, 20); frames > 0; frames--)
        {
            Append(input, random, ref next);
        }

        return random.Next(8) == 0 ? [.. input.Take(random.Next(input.Count))] : [.. input];
    }

    private static void Append(List<byte> input, Random random, ref int next)
    {
        byte type = Types[random.Next(Types.Length)];
        bool isOnConnection = type is RawFrame.Settings or RawFrame.Ping or RawFrame.GoAway or RawFrame.PriorityUpdate || (type == RawFrame.WindowUpdate && random.Next(2) == 0);
        int stream = isOnConnection ? 0 : type == RawFrame.Headers && random.Next(4) > 0 ? next : Math.Max(1, next - (2 * random.Next(4)));
        stream = random.Next(40) == 0 ? random.Next(6) : stream;
        next = type == RawFrame.Headers && stream == next ? next + 2 : next;
        byte flags = (byte)(random.Next(10) == 0 ? random.Next(256) : type switch
        {
            RawFrame.Headers => random.Next(6) == 0 ? random.Next(2) : 4 | random.Next(2),
            RawFrame.Continuation => 4,
            RawFrame.Data => random.Next(2),
            _ => 0,
        });
        input.AddRange(new RawFrame(type, flags, stream, Payload(type, flags, random)).ToBytes());
        if (type == RawFrame.Headers && (flags & 4) == 0 && random.Next(4) > 0)
        {
            input.AddRange(new RawFrame(RawFrame.Continuation, 4, stream, random.Next(2) == 0 ? [] : [0x84]).ToBytes());
        }
    }

    private static byte[] Payload(byte type, byte flags, Random random)
    {
        if (random.Next(30) == 0)
        {
            return Bytes(random.Next(20), random);
        }

        return type switch
        {
            RawFrame.Data => Padded(Bytes(random.Next(100), random), flags, random),
            RawFrame.Headers => Padded([.. (flags & RawFrame.PriorityFlag) != 0 ? Bytes(5, random) : [], .. Request], flags, random),
            RawFrame.Priority => Bytes(5, random),
            RawFrame.RstStream => [0, 0, 0, (byte)random.Next(16)],
            RawFrame.Settings => (flags & RawFrame.AckFlag) != 0 ? [] : Settings(random),
            RawFrame.PushPromise => Padded([0, 0, 0, (byte)random.Next(8), .. Request], flags, random),
            RawFrame.Ping => Bytes(8, random),
            RawFrame.GoAway => [0, 0, 0, (byte)random.Next(8), 0, 0, 0, (byte)random.Next(3), .. Bytes(random.Next(3), random)],
            RawFrame.WindowUpdate => random.Next(6) == 0 ? Bytes(4, random) : [0, 0, (byte)random.Next(256), (byte)random.Next(256)],
            RawFrame.PriorityUpdate => [0, 0, 0, (byte)random.Next(8), .. "u=1, i"u8],
            _ => Bytes(random.Next(20), random),
        };
    }

    private static byte[] Padded(byte[] content, byte flags, Random random)
    {
        if ((flags & RawFrame.PaddedFlag) == 0)
        {
            return content;
        }

        int padding = random.Next(8);
        return [(byte)(random.Next(10) == 0 ? random.Next(256) : padding), .. content, .. new byte[padding]];
    }

    private static byte[] Settings(Random random)
    {
        List<byte> payload = [];
        for (int entries = random.Next(4); entries > 0; entries--)
        {
            payload.AddRange([0, (byte)random.Next(1, 10)]);
            payload.AddRange(random.Next(3) switch
            {
                0 => [0, 0, 0, (byte)random.Next(3)],
                1 => [0, 0, 0x40, 0],
                _ => Bytes(4, random),
            });
        }

        return [.. payload];
    }

    private static byte[] Bytes(int count, Random random)
    {
        byte[] bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }
}
