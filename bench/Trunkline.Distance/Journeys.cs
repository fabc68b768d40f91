using System.Diagnostics;
using Trunkline.Harness.Relays;

namespace Trunkline.Distance;

/// <summary>Moves the same bytes over raw sockets and over Trunkline, round by round in turn, and prints what they make.</summary>
internal sealed class Journeys(DistanceOptions options, TextWriter output)
{
    private const int WarmUpRounds = 3;
    private const int SmallCalls = 5000;

    private readonly long _bytes = options.Megabytes * 1_000_000L;

    /// <summary>Prints one row for each round trip, direction and kind of call, as Markdown.</summary>
    public async Task RunAsync()
    {
        await output.WriteLineAsync("| round trip | direction | call | raw sockets | Trunkline | of raw | windows fixed | of raw |");
        await output.WriteLineAsync("|--:|---|---|--:|--:|--:|--:|--:|");
        foreach (var roundTrip in options.RoundTrips)
        {
            await MeasureAsync(roundTrip);
        }
    }

    /// <summary>Prints what a small call takes without any distance, windows growing and not.</summary>
    public async Task RunSmallCallsAsync()
    {
        await using var growing = TrunklinePath.Start(shape: null, grows: true);
        await using var still = TrunklinePath.Start(shape: null, grows: false);
        List<double> withGrowth = [];
        List<double> without = [];
        for (var round = -WarmUpRounds; round < options.Rounds; round++)
        {
            var first = (await growing.SmallCallAsync(SmallCalls)).TotalMicroseconds;
            var second = (await still.SmallCallAsync(SmallCalls)).TotalMicroseconds;
            if (round >= 0)
            {
                withGrowth.Add(first);
                without.Add(second);
            }
        }

        await output.WriteLineAsync(FormattableString.Invariant($"A small unary call without a relay: {Median(withGrowth):N1} us with windows growing, {Median(without):N1} us with windows fixed."));
    }

    private async Task MeasureAsync(double roundTrip)
    {
        var shape = new LinkShape { Delay = TimeSpan.FromMilliseconds(roundTrip / 2), BytesPerSecond = options.Rate * 1_000_000L };
        await using var raw = await RawPath.StartAsync(shape);
        await using var growing = TrunklinePath.Start(shape, grows: true);
        await using var still = TrunklinePath.Start(shape, grows: false);
        foreach (var direction in Enum.GetValues<Direction>())
        {
            foreach (var streamed in (bool[])[false, true])
            {
                Func<Task>[] moves =
                [
                    () => raw.MoveAsync(direction, _bytes),
                    () => growing.MoveAsync(direction, streamed, _bytes),
                ];
                var speeds = await MeasureAsync(moves, options.Rounds, WarmUpRounds);

                // One round: it takes the window for each round trip, and nothing in it varies.
                var fixedSpeed = (await MeasureAsync([() => still.MoveAsync(direction, streamed, _bytes)], rounds: 1, warmUp: 0))[0];
                await output.WriteLineAsync(FormattableString.Invariant(
                    $"| {roundTrip} ms | {Name(direction)} | {(streamed ? "stream of 64 KiB" : "unary")} | {speeds[0]:N1} MB/s | {speeds[1]:N1} MB/s | {speeds[1] / speeds[0]:P0} | {fixedSpeed:N1} MB/s | {fixedSpeed / speeds[0]:P0} |"));
            }
        }
    }

    private async Task<double[]> MeasureAsync(Func<Task>[] moves, int rounds, int warmUp)
    {
        var speeds = moves.Select(static _ => new List<double>()).ToArray();
        for (var round = -warmUp; round < rounds; round++)
        {
            for (var i = 0; i < moves.Length; i++)
            {
                var start = Stopwatch.GetTimestamp();
                await moves[i]();
                var speed = _bytes / 1e6 / Stopwatch.GetElapsedTime(start).TotalSeconds;
                if (round >= 0)
                {
                    speeds[i].Add(speed);
                }
            }
        }

        return [.. speeds.Select(Median)];
    }

    private static string Name(Direction direction) => direction == Direction.ToServer ? "client to server" : "server to client";

    private static double Median(List<double> values)
    {
        values.Sort();
        return values[values.Count / 2];
    }
}
