using Trunkline.Harness;

namespace Trunkline.Http2.Tests.Connections;

/// <summary>
/// What a flood costs the server in memory does not grow with the flood: nothing is kept for a frame. Runs when no other test does, since the figure is
/// the process's.
/// </summary>
[Collection(MeasuredCollection.Name)]
public class FloodMemoryTests
{
    private const int Frames = 20_000;
    private const long Bound = 1024 * 1024;

    private static readonly Dictionary<string, Func<FramePeer, Task>> Floods = new(StringComparer.Ordinal)
    {
        ["PING"] = peer => peer.SendFrameAsync(FrameKind.Ping, 0, 0, new byte[8]),
        ["SETTINGS"] = peer => peer.SendSettingsAsync((4, 65_535), (3, 100)),
        ["PRIORITY"] = peer => peer.SendFrameAsync(FrameKind.Priority, 0, 99, 0, 0, 0, 0, 10),
        ["WINDOW_UPDATE"] = peer => peer.SendWindowUpdateAsync(1, 1),
        ["empty DATA"] = peer => peer.SendDataAsync(1, []),
        ["late RST_STREAM"] = peer => peer.SendRstStreamAsync(3, Http2ErrorCode.Cancel),
        ["late DATA"] = peer => peer.SendDataAsync(5, [1]),
        ["unknown"] = peer => peer.SendFrameAsync(FrameKind.Unknown, 0, 0, 1),
    };

    public static TheoryData<string> Names => [.. Floods.Keys];

    /// <summary>With the budgets off, so that the flood is as long as it likes.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public async Task Flood_Received_WithoutABudget_MemoryStaysFlat(string name)
    {
        RateLimit none = RateLimit.Unlimited;
        var limits = new Http2Limits
        {
            Settings = none,
            Pings = none,
            Priorities = none,
            WindowUpdates = none,
            EmptyFrames = none,
            TinyData = none,
            LateFrames = none,
            Glitches = none,
        };
        var options = new Http2Options { TimeProvider = new ManualTimeProvider(), Limits = limits };
        var handler = new WorkingServer();
        await using AttackFixture fixture = await AttackFixture.ConnectAsync(handler, options);

        // Stream 1 stays open, stream 3 is reset by the peer, stream 5 by this side.
        await fixture.Peer.SendRequestAsync(1, endStream: false);
        await fixture.Peer.SendRequestAsync(3, endStream: false);
        await fixture.Peer.SendRstStreamAsync(3, Http2ErrorCode.Cancel);
        await fixture.Peer.SendRequestAsync(5, endStream: false);
        await fixture.Peer.ExpectAliveAsync();
        handler.Streams[^1].Reset(Http2ErrorCode.Cancel);
        await SendAsync(fixture.Peer, Floods[name], 1000);
        long before = GC.GetTotalMemory(forceFullCollection: true);
        await SendAsync(fixture.Peer, Floods[name], Frames);
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, Bound);
    }

    // In pieces, since replies owed to a peer have their own bound.
    private static async Task SendAsync(FramePeer peer, Func<FramePeer, Task> send, int count)
    {
        for (int i = 1; i <= count; i++)
        {
            await send(peer);
            if (i % 500 == 0)
            {
                await peer.ExpectAliveAsync();
            }
        }
    }
}

/// <summary>Tests that measure the whole process.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public static class MeasuredCollection
{
    /// <summary>The name by which tests join.</summary>
    public const string Name = "measured";
}
