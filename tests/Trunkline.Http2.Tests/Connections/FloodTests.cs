using System.Diagnostics.Metrics;
using Trunkline.Harness;

namespace Trunkline.Http2.Tests.Connections;

/// <summary>
/// Floods of frames that cost the sender little: each is let pass up to its budget, frame by frame, and one frame more ends the connection
/// (<c>docs/limits.md</c>). Time stands still unless a test moves it.
/// </summary>
public class FloodTests
{
    private static readonly Dictionary<string, Flood> Floods = new(StringComparer.Ordinal)
    {
        ["SETTINGS"] = new("Settings", 100, 10, peer => peer.SendSettingsAsync((3, 100))),
        ["PING"] = new("Pings", 1000, 100, peer => peer.SendFrameAsync(FrameKind.Ping, 0, 0, new byte[8])),
        ["PRIORITY"] = new("Priorities", 1000, 100, peer => peer.SendFrameAsync(FrameKind.Priority, 0, 99, 0, 0, 0, 0, 10)),
        ["WINDOW_UPDATE of the connection"] = new("WindowUpdates", 1000, 100, peer => peer.SendWindowUpdateAsync(0, 1)),
        ["WINDOW_UPDATE of a stream"] = new("WindowUpdates", 1000, 100, peer => peer.SendWindowUpdateAsync(1, 1)),
        ["empty DATA"] = new("EmptyFrames", 100, 10, peer => peer.SendDataAsync(1, [])),
        ["DATA of padding"] = new("EmptyFrames", 100, 10, peer => peer.SendFrameAsync(FrameKind.Data, 0x8, 1, [4, 0, 0, 0, 0])),
        ["DATA of one byte"] = new("TinyData", 10_000, 1000, peer => peer.SendDataAsync(1, [1])),
        ["RST_STREAM on a stream that is over"] = new("LateFrames", 10_000, 1000, peer => peer.SendRstStreamAsync(3, Http2ErrorCode.Cancel)),
        ["unknown frame"] = new("Glitches", 2000, 100, peer => peer.SendFrameAsync(FrameKind.Unknown, 0, 0, 1)),
    };

    public static TheoryData<string> Names => [.. Floods.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Flood_Received_OneAboveTheBudget_EnhanceYourCalm(string name)
    {
        Flood flood = Floods[name];
        var time = new ManualTimeProvider();
        await using ServerFixture fixture = await ConnectAsync(time);
        await SendAsync(fixture, flood, flood.Burst);
        time.Advance(TimeSpan.FromSeconds(1));
        await SendAsync(fixture, flood, flood.PerSecond);
        await flood.Send(fixture.Peer);
        Assert.Contains($"Http2Limits.{flood.Budget}", await fixture.Peer.ExpectEndAsync(Http2ErrorCode.EnhanceYourCalm), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Flood_Received_BudgetSwitchedOff_GoesOn(string name)
    {
        Flood flood = Floods[name];
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
        await using ServerFixture fixture = await ConnectAsync(new ManualTimeProvider(), limits);

        // In pieces, since replies owed to a peer have their own bound.
        for (int i = 0; i < 4; i++)
        {
            await SendAsync(fixture, flood, flood.Burst / 2);
        }
    }

    [Fact]
    public async Task CONTINUATION_Received_EmptyAndEndless_EnhanceYourCalm()
    {
        var limits = new Http2Limits { MaxContinuations = 1000 };
        await using ServerFixture fixture = await ServerFixture.ConnectAsync(new Http2Options { TimeProvider = new ManualTimeProvider(), Limits = limits });
        byte[] block = fixture.Peer.Encode((":method", "GET"));
        await fixture.Peer.SendFrameAsync(FrameKind.Headers, 0, 1, block);
        for (int i = 0; i <= 100; i++)
        {
            await fixture.Peer.SendFrameAsync(FrameKind.Continuation, 0, 1);
        }

        Assert.Contains("Http2Limits.EmptyFrames", await fixture.Peer.ExpectEndAsync(Http2ErrorCode.EnhanceYourCalm), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SETTINGS_Received_TooManyEntries_EnhanceYourCalm()
    {
        await using ServerFixture fixture = await ServerFixture.ConnectAsync();
        await fixture.Peer.SendSettingsAsync([.. Enumerable.Repeat(((ushort)4, 1000u), 32)]);
        await fixture.Peer.ExpectAliveAsync();
        await fixture.Peer.SendSettingsAsync([.. Enumerable.Repeat(((ushort)4, 1000u), 33)]);
        Assert.Contains("33 entries", await fixture.Peer.ExpectEndAsync(Http2ErrorCode.EnhanceYourCalm), StringComparison.Ordinal);
    }

    /// <summary>Each of the habits stays below its own budget; the glitch budget sees the sum.</summary>
    [Fact]
    public async Task Flood_Received_MixedBelowEachBudget_EnhanceYourCalm()
    {
        await using ServerFixture fixture = await ConnectAsync(new ManualTimeProvider());
        for (int i = 0; i < 80; i++)
        {
            foreach (string name in (string[])["SETTINGS", "PRIORITY", "empty DATA"])
            {
                // Four fifths of each burst, or until the connection is closed for it.
                await Dialogue.UntilClosedAsync(() => Floods[name].Send(fixture.Peer), Floods[name].Burst / 100);
            }
        }

        Assert.Contains("Http2Limits.Glitches", await fixture.Peer.ExpectEndAsync(Http2ErrorCode.EnhanceYourCalm), StringComparison.Ordinal);
    }

    /// <summary>Credit for data that was sent is earned: a peer that acknowledges every frame twice over pays nothing, in no time at all.</summary>
    [Fact]
    public async Task WINDOW_UPDATE_Received_ForEveryFrameSent_IsFree()
    {
        await using ServerFixture fixture = await ServerFixture.ConnectAsync(
            new Http2Options { TimeProvider = new ManualTimeProvider(), Limits = new Http2Limits { WindowUpdates = new(10, 0) } });
        await fixture.Peer.SendRequestAsync(1, endStream: true);
        RecordingStream stream = await fixture.Events.NextStreamAsync();
        stream.Stream!.Write(new Outgoing { MoreHeaders = Ok() });
        await fixture.Peer.ExpectAsync(FrameKind.Headers);
        for (int i = 0; i < 2000; i++)
        {
            var data = new PooledBuffer();
            data.Write(new byte[1000]);
            stream.Stream!.Write(new Outgoing { Data = data });
            await fixture.Peer.ExpectAsync(FrameKind.Data);
            await fixture.Peer.SendWindowUpdateAsync(0, 1000);
            await fixture.Peer.SendWindowUpdateAsync(1, 1000);
        }

        await fixture.Peer.ExpectAliveAsync();
    }

    [Fact]
    public async Task Meter_CountsChargesAndExhaustions()
    {
        long charges = 0;
        long exhaustions = 0;
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, all) =>
        {
            if (instrument.Meter.Name == "Trunkline.Http2" && instrument.Name.StartsWith("trunkline.http2.budget.", StringComparison.Ordinal))
            {
                all.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            // Other tests charge other budgets at the same time; nobody else touches this one so often in one go.
            if (tags[0].Value is "priorities")
            {
                Interlocked.Add(ref instrument.Name.EndsWith("charges", StringComparison.Ordinal) ? ref charges : ref exhaustions, value);
            }
        });
        listener.Start();
        await using ServerFixture fixture = await ConnectAsync(new ManualTimeProvider());
        int burst = Floods["PRIORITY"].Burst;
        for (int i = 0; i <= burst; i++)
        {
            await Floods["PRIORITY"].Send(fixture.Peer);
        }

        await fixture.Peer.ExpectEndAsync(Http2ErrorCode.EnhanceYourCalm);
        Assert.InRange(Interlocked.Read(ref charges), burst + 1, long.MaxValue);
        Assert.InRange(Interlocked.Read(ref exhaustions), 1, long.MaxValue);
    }

    private static async Task<ServerFixture> ConnectAsync(ManualTimeProvider time, Http2Limits? limits = null)
    {
        ServerFixture fixture = await ServerFixture.ConnectAsync(new Http2Options { TimeProvider = time, Limits = limits ?? new Http2Limits() });

        // Stream 1 is open; stream 3 is over.
        await fixture.Peer.SendRequestAsync(1, endStream: false);
        await fixture.Peer.SendRequestAsync(3, endStream: false);
        await fixture.Peer.SendRstStreamAsync(3, Http2ErrorCode.Cancel);
        return fixture;
    }

    private static async Task SendAsync(ServerFixture fixture, Flood flood, int count)
    {
        // The probe is a PING itself, and one PING weighs as many points as one frame of unknown type.
        int probes = flood.Budget is "Pings" or "Glitches" ? 1 : 0;
        for (int i = probes; i < count; i++)
        {
            await flood.Send(fixture.Peer);
        }

        await fixture.Peer.ExpectAliveAsync();
    }

    private static FieldSection Ok()
    {
        var fields = new FieldSection();
        fields.Add(":status", "200");
        return fields;
    }

    private sealed record Flood(string Budget, int Burst, int PerSecond, Func<FramePeer, Task> Send);
}
