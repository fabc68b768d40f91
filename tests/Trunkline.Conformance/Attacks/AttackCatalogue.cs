namespace Trunkline.Conformance.Attacks;

/// <summary>The attacks of docs/limits.md.</summary>
internal static class AttackCatalogue
{
    private const byte Data = 0x0;
    private const byte Headers = 0x1;
    private const byte Priority = 0x2;
    private const byte Reset = 0x3;
    private const byte Settings = 0x4;
    private const byte Ping = 0x6;
    private const byte GoAway = 0x7;
    private const byte WindowUpdate = 0x8;
    private const byte Continuation = 0x9;
    private const byte PriorityUpdate = 0x10;
    private const byte Unknown = 0x77;
    private const byte EndHeaders = 0x4;
    private const byte EndBoth = 0x5;

    private static readonly string Stuck = AttackTarget.Stuck.FullName;
    private static readonly string Waiting = AttackTarget.Waiting.FullName;
    private static readonly string Echo = AttackTarget.Echo.FullName;
    private static readonly string Large = AttackTarget.Large.FullName;

    // A stream that stays open, for attacks that need one.
    private static readonly byte[] OpenStream = RawPeer.Frame(Headers, EndHeaders, 1, RawPeer.Request(Waiting));

    /// <summary>Attacks that end in a moment, each by the number of what it sends.</summary>
    public static readonly Attack[] Fast =
    [
        new("rapid reset, handlers that ignore it", "MaxUnfinishedStreams, Refusals", "256 unfinished; 1,024 + 256/s", (peer, target) =>
            FloodAsync(peer, target, i => [.. RawPeer.Call(Id(i), Stuck), .. RawPeer.Frame(Reset, 0, Id(i), 0, 0, 0, 8)], 3), Rounds: 3),
        new("made you reset: WINDOW_UPDATE of 0", "StreamErrors", "200 + 20/s", (peer, target) =>
            FloodAsync(peer, target, i => [.. RawPeer.Call(Id(i), Stuck), .. RawPeer.Frame(WindowUpdate, 0, Id(i), 0, 0, 0, 0)], 3), Rounds: 3),
        new("made you reset: DATA behind the end", "StreamErrors", "200 + 20/s", (peer, target) =>
            FloodAsync(peer, target, i => [.. RawPeer.Call(Id(i), Waiting), .. RawPeer.Frame(Data, 0, Id(i), 1, 2, 3, 4, 5)], 3)),
        new("streams above the limit", "Refusals", "1,024 + 256/s", (peer, target) =>
            FloodAsync(peer, target, i => RawPeer.Frame(Headers, EndHeaders, Id(i), RawPeer.Request(Waiting)), 1)),
        new("CONTINUATION flood", "MaxContinuations", "8", (peer, target) =>
            FloodAsync(peer, target, i => i == 0 ? RawPeer.Frame(Headers, 0, 1, RawPeer.Request(Echo)) : RawPeer.Frame(Continuation, 0, 1, RawPeer.Literal("a", "b")), 1)),
        new("HPACK bomb", "MaxHeaderListSize", "16 KiB; 4 times that ends the connection", (peer, target) =>
            FloodAsync(peer, target, i => RawPeer.Frame(Headers, EndBoth, Id(i), i == 0 ? Bomb() : [.. Enumerable.Repeat((byte)0xBE, 16_384)]), 1)),
        new("header lists above the limit", "HeaderLists", "1,000 + 100/s", (peer, target) =>
            FloodAsync(peer, target, i => RawPeer.Frame(Headers, EndBoth, Id(i), i == 0 ? Bomb() : [0x83, 0x86, 0x84, .. Enumerable.Repeat((byte)0xBE, 5)]), 1)),
        new("header lists of many fields", "MaxHeaderFields, HeaderLists", "256; 1,000 + 100/s", (peer, target) =>
            FloodAsync(peer, target, i => RawPeer.Frame(Headers, EndBoth, Id(i), [0x83, 0x86, 0x84, .. Enumerable.Repeat(RawPeer.Literal("a", "b"), 300).SelectMany(field => field)]), 1)),
        new("table sizes three times a block", "RFC 7541 4.2", "2", (peer, target) =>
            FloodAsync(peer, target, i => RawPeer.Frame(Headers, EndBoth, Id(i), 0x20, 0x21, 0x20, 0x82), 1)),
        new("SETTINGS flood", "Settings", "100 + 10/s", (peer, target) => FloodAsync(peer, target, _ => RawPeer.Frame(Settings, 0, 0, 0, 3, 0, 0, 0, 100), 1)),
        new("SETTINGS of 2,730 entries", "MaxSettingsPerFrame", "32", (peer, target) => FloodAsync(peer, target, _ => RawPeer.Frame(Settings, 0, 0, ManyWindows()), 1)),
        new("PING flood", "Pings; PingPolicy", "1,000 + 100/s; 2 strikes", (peer, target) => FloodAsync(peer, target, _ => RawPeer.Frame(Ping, 0, 0, new byte[8]), 1)),
        new("PRIORITY flood", "Priorities", "1,000 + 100/s", (peer, target) => FloodAsync(peer, target, _ => RawPeer.Frame(Priority, 0, 99, 0, 0, 0, 0, 10), 1)),
        new("PRIORITY_UPDATE flood", "Priorities", "1,000 + 100/s", (peer, target) =>
            FloodAsync(peer, target, _ => RawPeer.Frame(PriorityUpdate, 0, 0, 0, 0, 0, 1, (byte)'u', (byte)'=', (byte)'1'), 1)),
        new("WINDOW_UPDATE flood", "WindowUpdates", "1,000 + 100/s", (peer, target) => FloodAsync(peer, target, _ => RawPeer.Frame(WindowUpdate, 0, 0, 0, 0, 0, 1), 1)),
        new("empty DATA", "EmptyFrames", "100 + 10/s", (peer, target) => FloodAsync(peer, target, i => i == 0 ? OpenStream : RawPeer.Frame(Data, 0, 1), 1)),
        new("DATA of one byte", "TinyData", "10,000 + 1,000/s", (peer, target) => FloodAsync(peer, target, i => i == 0 ? OpenStream : RawPeer.Frame(Data, 0, 1, 0), 1)),
        new("windows of one byte", "TinyWindows", "1,000 + 100/s", DribbleAsync, Rounds: 1),
        new("RST_STREAM of a stream that is over", "LateFrames", "10,000 + 1,000/s", (peer, target) =>
            FloodAsync(peer, target, i => i == 0 ? [.. OpenStream, .. RawPeer.Frame(Reset, 0, 1, 0, 0, 0, 8)] : RawPeer.Frame(Reset, 0, 1, 0, 0, 0, 8), 1)),
        new("unknown frames behind its own GOAWAY", "Glitches", "20,000 + 1,000/s points", (peer, target) =>
            FloodAsync(peer, target, i => i == 0 ? [.. OpenStream, .. RawPeer.Frame(GoAway, 0, 0, new byte[8])] : RawPeer.Frame(Unknown, 0, 0, 1), 1)),
        new("a frame above the size", "RFC 9113 4.2", "16 KiB", (peer, target) => FloodAsync(peer, target, _ => RawPeer.Frame(Data, 0, 1, new byte[16_385]), 1)),
        new("stream ids that go down", "RFC 9113 5.1.1", "-", (peer, target) => FloodAsync(peer, target, i => RawPeer.Call(int.MaxValue - (2 * i), Echo), 2)),
    ];

    /// <summary>Attacks that hold on and do nothing, on many connections at once, each by the time that it is let.</summary>
    public static readonly Attack[] Slow =
    [
        new("slow preface", "HandshakeTimeout", "10 s", async (peer, target) =>
        {
            await peer.ConnectAsync(target.Port);
            foreach (byte octet in "PRI * HTTP/2.0\r\n\r\nSM\r\n"u8.ToArray())
            {
                await peer.WriteAsync([octet], frames: 0);
                await Task.Delay(TimeSpan.FromSeconds(1));
            }
        }, Connections: 100, Rounds: 1),
        new("TLS handshake that does not go on", "HandshakeTimeout", "10 s", async (peer, target) =>
        {
            await peer.ConnectAsync(target.TlsPort);
            await peer.WriteAsync([0x16, 0x03, 0x01, 0x01, 0x00], frames: 0);
        }, Connections: 100, Rounds: 1),
        new("header block that does not end", "HeaderBlockTimeout", "10 s", async (peer, target) =>
        {
            await peer.BeginAsync(target.Port);
            await peer.WriteAsync(RawPeer.Frame(Headers, 0, 1, RawPeer.Request(Echo)), 1);
        }, Connections: 100, Rounds: 1),
        new("half a frame", "FrameTimeout", "30 s", async (peer, target) =>
        {
            await peer.BeginAsync(target.Port);
            await peer.WriteAsync([0, 64, 0, 0, 0, 0, 0, 0, 1, 1, 2, 3], frames: 0);
        }, Connections: 100, Rounds: 1, Patience: 50),
        new("requests without reading the answers", "MaxConcurrentStreams, Refusals", "256; 1,024 + 256/s", async (peer, target) =>
        {
            await peer.BeginAsync(target.Port, reads: false, receiveBuffer: 4096);
            await peer.FloodAsync(i => RawPeer.Call(Id(i), Echo), 2);
        }, Connections: 10, Rounds: 1, Patience: 90),
        new("large answers, credit for all, not read", "WriteTimeout; the socket's own", "60 s; 20 s", async (peer, target) =>
        {
            await peer.BeginAsync(target.Port, reads: false, receiveBuffer: 4096, settings: [0, 4, 0x7F, 0xFF, 0xFF, 0xFF]);
            await peer.WriteAsync(RawPeer.Frame(WindowUpdate, 0, 0, 0x7F, 0, 0, 0), 1);
            for (int i = 0; i < 20; i++)
            {
                await peer.WriteAsync(RawPeer.Call(Id(i), Large), 2);
            }

            // Something goes to the server now and then, or nothing would tell that it has gone.
            while (!peer.IsOver)
            {
                await Task.Delay(TimeSpan.FromSeconds(1));
                await peer.WriteAsync(RawPeer.Frame(Unknown, 0, 0), 1);
            }
        }, Connections: 2, Rounds: 1, Patience: 90),
        new("large answers without credit", "StallTimeout, MaxStalledBytes", "30 s, 16 MiB", async (peer, target) =>
        {
            await peer.BeginAsync(target.Port, settings: [0, 4, 0, 0, 0, 0]);
            for (int i = 0; i < 100; i++)
            {
                await peer.WriteAsync(RawPeer.Call(Id(i), Large), 2);
            }
        }, Connections: 2, Rounds: 1, Patience: 45),
    ];

    private static async Task FloodAsync(RawPeer peer, TargetProcess target, Func<int, byte[]> next, int framesEach)
    {
        await peer.BeginAsync(target.Port);
        await peer.FloodAsync(next, framesEach);
    }

    private static async Task DribbleAsync(RawPeer peer, TargetProcess target)
    {
        await peer.BeginAsync(target.Port, settings: [0, 4, 0, 0, 0, 0]);
        await peer.WriteAsync(RawPeer.Call(1, Large), 2);

        // One credit at a time, as the byte comes: faster ones would add up to larger frames.
        for (int i = 0; i < 100_000 && !peer.IsOver; i++)
        {
            await peer.WriteAsync(RawPeer.Frame(WindowUpdate, 0, 1, 0, 0, 0, 1), 1);
            await Task.Delay(TimeSpan.FromMilliseconds(1));
        }
    }

    private static int Id(int index) => (2 * index) + 1;

    // A request with a field of 4,000 bytes that becomes the dynamic table's only entry, 62.
    private static byte[] Bomb() => [0x83, 0x86, 0x84, 0x40, 1, (byte)'x', 0x7F, 0xA1, 0x1E, .. Enumerable.Repeat((byte)'b', 4000)];

    private static byte[] ManyWindows() => [.. Enumerable.Range(0, 2730).SelectMany(i => new byte[] { 0, 4, 0, 0, 0x10, (byte)i })];
}
