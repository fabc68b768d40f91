using System.Diagnostics.Metrics;
using Trunkline.Harness;
using Trunkline.Http2.Tests.Connections;

namespace Trunkline.Http2.Tests.Diagnostics;

/// <summary>
/// What the meter shows. Other tests use connections at the same moment and the instruments are the process's: so a test looks at what must be there at
/// least, or at tallies of its own.
/// </summary>
public class Http2MetersTests
{
    [Fact]
    public async Task Instruments_OneCall_ShowIt()
    {
        Dictionary<string, long> before = Read();
        await using ServerFixture fixture = await ServerFixture.ConnectAsync();
        await fixture.Peer.SendRequestAsync(1, endStream: true, ("x-one", "1"));
        RecordingStream stream = await fixture.Events.NextStreamAsync();
        await stream.ExpectAsync("headers end");
        Dictionary<string, long> during = Read();
        AssertGrew(before, during, "trunkline.http2.connections side=server");
        AssertGrew(before, during, "trunkline.http2.streams side=server");
        AssertGrew(before, during, "trunkline.http2.frames side=server direction=received type=HEADERS");
        AssertGrew(before, during, "trunkline.http2.frames side=server direction=sent type=SETTINGS");
        AssertGrew(before, during, "trunkline.http2.fields.plain side=server direction=received");
        AssertGrew(before, during, "trunkline.http2.fields.encoded side=server direction=received");
        Assert.True(during["trunkline.http2.connections.active side=server"] >= 1);
        Assert.True(during["trunkline.http2.streams.active side=server"] >= 1);
    }

    [Fact]
    public async Task Instruments_PeerWithoutCredit_ShowTheStall()
    {
        Dictionary<string, long> before = Read();
        await using ServerFixture fixture = await ServerFixture.ConnectAsync();
        await fixture.Peer.SendRequestAsync(1, endStream: true);
        RecordingStream stream = await fixture.Events.NextStreamAsync();
        await stream.ExpectAsync("headers end");
        var response = new FieldSection();
        response.Add(":status", "200");
        var data = new PooledBuffer();
        data.GetSpan(70_000)[..70_000].Clear();
        data.Advance(70_000);
        Assert.Equal(WriteOutcome.Waiting, stream.Stream!.Write(new Outgoing { MoreHeaders = response, Data = data, EndStream = true }));
        AssertGrew(before, Read(), "trunkline.http2.window.stalls side=server");
    }

    [Fact]
    public void Tallies_ConnectionOver_KeepsWhatItCounted()
    {
        var tallies = new Http2.Diagnostics.ConnectionTallies();
        var tally = new Http2.Diagnostics.ConnectionTally(isServer: true, static () => 3, static () => 0);
        tallies.Add(tally);
        tally.Received.CountFrame(Http2.Frames.FrameType.Data);
        tally.Received.CountFields(plain: 100, encoded: 10);
        Assert.Equal(3, tallies.SumLive(isServer: true, static live => live.OpenStreams));
        Assert.Equal(0, tallies.SumLive(isServer: false, static live => live.OpenStreams));
        tallies.Remove(tally);
        tallies.Remove(tally);
        Assert.Equal(0, tallies.SumLive(isServer: true, static live => live.OpenStreams));
        Assert.Equal(1, tallies.Opened(isServer: true));
        Assert.Equal(1, tallies.Sum(isServer: true, isSent: false, static traffic => traffic.Frames(0)));
        Assert.Equal(100, tallies.Sum(isServer: true, isSent: false, static traffic => traffic.PlainFieldBytes));
        Assert.Equal(0, tallies.Sum(isServer: true, isSent: true, static traffic => traffic.EncodedFieldBytes));
    }

    private static void AssertGrew(Dictionary<string, long> before, Dictionary<string, long> after, string key) =>
        Assert.True(after.GetValueOrDefault(key) > before.GetValueOrDefault(key), $"{key} did not grow: {string.Join(", ", after)}");

    private static Dictionary<string, long> Read()
    {
        var values = new Dictionary<string, long>(StringComparer.Ordinal);
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument is { Meter.Name: "Trunkline.Http2", IsObservable: true })
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
            values[instrument.Name + string.Concat(tags.ToArray().Select(tag => $" {tag.Key}={tag.Value}"))] = value);
        listener.Start();
        listener.RecordObservableInstruments();
        return values;
    }
}
