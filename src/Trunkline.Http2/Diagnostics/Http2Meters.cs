using System.Diagnostics.Metrics;

namespace Trunkline.Http2.Diagnostics;

/// <summary>The instruments of the meter <c>Trunkline.Http2</c>. Nothing is computed for an instrument that nobody listens to.</summary>
internal static class Http2Meters
{
    private const string BudgetTag = "budget";

    private static readonly Meter Meter = new("Trunkline.Http2");

    private static readonly Counter<long> BudgetCharges = Meter.CreateCounter<long>(
        "trunkline.http2.budget.charges", "{charge}", "What peers did that a budget pays for, beyond what this side's own sending had earned them.");

    private static readonly Counter<long> BudgetExhaustions = Meter.CreateCounter<long>(
        "trunkline.http2.budget.exhaustions", "{connection}", "Connections ended because a budget was spent.");

    private static readonly ConnectionTallies Tallies = new();

    private static readonly KeyValuePair<string, object?>[] SideTags = [new("side", "client"), new("side", "server")];

    private static readonly KeyValuePair<string, object?>[] DirectionTags = [new("direction", "received"), new("direction", "sent")];

    // The instruments live as long as the meter; nothing refers to them again.
    static Http2Meters()
    {
        Meter.CreateObservableCounter(
            "trunkline.http2.connections", () => BySide(Tallies.Opened), "{connection}", "Connections since the process began.");
        Meter.CreateObservableUpDownCounter(
            "trunkline.http2.connections.active", () => BySide(isServer => Tallies.SumLive(isServer, static _ => 1)), "{connection}", "Connections that stand.");
        Meter.CreateObservableCounter(
            "trunkline.http2.streams",
            () => BySide(isServer => Tallies.Sum(isServer, isSent: !isServer, static traffic => traffic.Streams)),
            "{stream}",
            "Streams that clients have opened, since the process began.");
        Meter.CreateObservableUpDownCounter(
            "trunkline.http2.streams.active",
            () => BySide(isServer => Tallies.SumLive(isServer, static tally => tally.OpenStreams)),
            "{stream}",
            "Streams that are open or half-closed (RFC 9113 5.1.2).");
        Meter.CreateObservableCounter("trunkline.http2.frames", Frames, "{frame}", "Frames, by type and direction.");
        Meter.CreateObservableCounter(
            "trunkline.http2.fields.plain",
            () => ByDirection(static traffic => traffic.PlainFieldBytes),
            "By",
            "Bytes of header field names and values, before compression.");
        Meter.CreateObservableCounter(
            "trunkline.http2.fields.encoded",
            () => ByDirection(static traffic => traffic.EncodedFieldBytes),
            "By",
            "Bytes of header blocks on the wire: divided by the plain ones, the compression ratio (RFC 7541).");
        Meter.CreateObservableCounter(
            "trunkline.http2.window.stalls",
            () => BySide(isServer => Tallies.Sum(isServer, isSent: true, static traffic => traffic.Stalls)),
            "{stall}",
            "Times that a stream with data to send had to wait for the peer's credit (RFC 9113 6.9).");
        Meter.CreateObservableUpDownCounter(
            "trunkline.http2.window.growth",
            () => BySide(isServer => Tallies.SumLive(isServer, static tally => tally.GrownWindow)),
            "By",
            "Bytes by which the receive windows of open streams have grown beyond their first size.");
    }

    /// <summary>A connection begins: what it counts shows in the instruments.</summary>
    public static void Add(ConnectionTally tally) => Tallies.Add(tally);

    /// <summary>A connection is over.</summary>
    public static void Remove(ConnectionTally tally) => Tallies.Remove(tally);

    /// <summary>A budget was charged.</summary>
    public static void NoteCharge(string budget, int cost) => BudgetCharges.Add(cost, new KeyValuePair<string, object?>(BudgetTag, budget));

    /// <summary>A budget was spent and ends its connection.</summary>
    public static void NoteExhaustion(string budget) => BudgetExhaustions.Add(1, new KeyValuePair<string, object?>(BudgetTag, budget));

    private static IEnumerable<Measurement<long>> BySide(Func<bool, long> value) =>
        [new(value(false), SideTags[0]), new(value(true), SideTags[1])];

    private static IEnumerable<Measurement<long>> ByDirection(Func<TrafficTally, long> value)
    {
        foreach (bool isServer in (bool[])[false, true])
        {
            foreach (bool isSent in (bool[])[false, true])
            {
                yield return new Measurement<long>(Tallies.Sum(isServer, isSent, value), SideTags[isServer ? 1 : 0], DirectionTags[isSent ? 1 : 0]);
            }
        }
    }

    private static IEnumerable<Measurement<long>> Frames()
    {
        for (int type = 0; type < TrafficTally.Types; type++)
        {
            int index = type;
            var typeTag = new KeyValuePair<string, object?>("type", TrafficTally.NameOf(type));
            foreach (Measurement<long> measurement in ByDirection(traffic => traffic.Frames(index)))
            {
                if (measurement.Value > 0)
                {
                    yield return new Measurement<long>(measurement.Value, [.. measurement.Tags, typeTag]);
                }
            }
        }
    }
}
