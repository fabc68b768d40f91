namespace Trunkline.Chaos.Attacks;

/// <summary>Bytes that mean little.</summary>
internal static class Noise
{
    private static readonly byte[] Types = [0, 0, 1, 1, 2, 3, 4, 5, 6, 7, 8, 9, 16, 0x77];

    public static readonly Attack[] All =
    [
        new("garbage", async (victim, target, random, stop) =>
        {
            await victim.ConnectAsync(random.Next(2) == 0 ? target.Port : target.TlsPort, stop);
            await victim.SendAsync(Bytes(random.Next(1, 5000), random), stop);
            await victim.DrainAsync(stop);
        }),
        Attack.Http2("garbage behind the preface", async (victim, random, stop) =>
        {
            await victim.SendAsync(Bytes(random.Next(1, 5000), random), stop);
            await victim.DrainAsync(stop);
        }),
        Attack.Http2("garbage behind GOAWAY", async (victim, random, stop) =>
        {
            await victim.SendAsync((byte[])[.. Wire.Call(1, "Slow", "x"), .. Wire.Frame(Wire.Data, 0, 0, 1)], stop);
            await victim.FloodAsync(Bytes(1000, random), times: 200, reads: false, stop);
            await victim.DrainAsync(stop);
        }),
        Attack.Http2("an oversized frame", async (victim, random, stop) =>
        {
            await victim.SendAsync(Wire.Frame(Types[random.Next(Types.Length)], 0, random.Next(2), new byte[17_000]), stop);
            await victim.DrainAsync(stop);
        }),
        Attack.Http2("random frames", async (victim, random, stop) =>
        {
            for (int frames = random.Next(1, 300); frames > 0 && victim.GoAwayCode is null; frames--)
            {
                byte flags = random.Next(3) == 0 ? (byte)random.Next(256) : (byte)4;
                byte[] payload = random.Next(3) == 0 ? Wire.Request("Unary") : Bytes(random.Next(3) == 0 ? 4 : random.Next(40), random);
                await victim.FloodAsync(Wire.Frame(Types[random.Next(Types.Length)], flags, random.Next(8), payload), times: 1, reads: true, stop);
            }

            await victim.SendAsync(Wire.Frame(Wire.Data, 0, 0), stop);
            await victim.DrainAsync(stop);
        }),
        Attack.Http2("sound calls, then gone", async (victim, random, stop) =>
        {
            for (int stream = 1; stream < 100; stream += 2)
            {
                await victim.FloodAsync(Wire.Call(stream, random.Next(2) == 0 ? "Unary" : "NoSuchMethod", "x"), times: 1, reads: true, stop);
            }

            victim.Reset();
        }),
    ];

    private static byte[] Bytes(int count, Random random)
    {
        byte[] bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }
}
