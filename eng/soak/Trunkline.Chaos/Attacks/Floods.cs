namespace Trunkline.Chaos.Attacks;

/// <summary>More of one frame than anybody needs.</summary>
internal static class Floods
{
    // Each is far above every budget.
    private const int Times = 30_000;

    public static readonly Attack[] All =
    [
        Flood("SETTINGS flood", Wire.Frame(Wire.Settings, 0, 0)),
        Flood("PING flood", Wire.Frame(Wire.Ping, 0, 0, new byte[8])),
        Flood("PING flood, unread", Wire.Frame(Wire.Ping, 0, 0, new byte[8]), reads: false),
        Flood("PRIORITY flood", Wire.Frame(Wire.Priority, 0, 1, 0, 0, 0, 0, 16)),
        Flood("PRIORITY_UPDATE flood", Wire.Frame(Wire.PriorityUpdate, 0, 0, [0, 0, 0, 1, .. "u=1"u8])),
        Flood("WINDOW_UPDATE flood", Wire.Frame(Wire.WindowUpdate, 0, 0, 0, 0, 0, 1)),
        Flood("unknown frames", Wire.Frame(0x77, 0, 0, new byte[20])),
        Flood("GOAWAY flood", Wire.Frame(Wire.GoAway, 0, 0, new byte[8])),
        OnStream("empty DATA flood", Wire.Frame(Wire.Data, 0, 1)),
        OnStream("DATA of one byte", Wire.Frame(Wire.Data, 0, 1, 0)),
        Attack.Http2("CONTINUATION flood", async (victim, _, stop) =>
        {
            await victim.SendAsync(Wire.Frame(Wire.Headers, 0, 1, Wire.Request("Unary")), stop);
            await victim.FloodAsync(Wire.Frame(Wire.Continuation, 0, 1, Wire.Field("x-more", "and more")), Times, reads: true, stop);
            await victim.DrainAsync(stop);
        }),
        Attack.Http2("empty CONTINUATION flood", async (victim, _, stop) =>
        {
            await victim.SendAsync(Wire.Frame(Wire.Headers, 0, 1, Wire.Request("Unary")), stop);
            await victim.FloodAsync(Wire.Frame(Wire.Continuation, 0, 1), Times, reads: true, stop);
            await victim.DrainAsync(stop);
        }),
        Attack.Http2("HPACK bomb", async (victim, _, stop) =>
        {
            // One large entry, then a reference to it in each byte.
            byte[] entry = [0x40, 1, (byte)'x', 0x7F, 0x81, 0x1E, .. new byte[4000]];
            await victim.SendAsync(Wire.Frame(Wire.Headers, Wire.EndHeaders, 1, [.. Wire.Request("Unary"), .. entry]), stop);
            for (int stream = 3; stream < 2000 && victim.GoAwayCode is null; stream += 2)
            {
                byte[] references = new byte[8000];
                Array.Fill(references, (byte)0xBE);
                await victim.SendAsync(Wire.Frame(Wire.Headers, Wire.EndHeaders, stream, [.. Wire.Request("Unary"), .. references]), stop);
            }

            await victim.DrainAsync(stop);
        }),
    ];

    private static Attack Flood(string name, byte[] frame, bool reads = true) => Attack.Http2(name, async (victim, _, stop) =>
    {
        await victim.FloodAsync(frame, Times, reads, stop);
        await victim.DrainAsync(stop);
    });

    private static Attack OnStream(string name, byte[] frame) => Attack.Http2(name, async (victim, _, stop) =>
    {
        await victim.SendAsync(Wire.Frame(Wire.Headers, Wire.EndHeaders, 1, Wire.Request("Join")), stop);
        await victim.FloodAsync(frame, Times, reads: true, stop);
        await victim.DrainAsync(stop);
    });
}
