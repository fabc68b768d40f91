using System.Diagnostics;
using System.Globalization;

namespace Trunkline.Conformance.Attacks;

/// <summary>Runs every attack against a server with honest clients beside and prints what came of it as a Markdown table.</summary>
internal static class AttackRun
{
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(2);

    public static async Task<int> RunAsync()
    {
        using TargetProcess target = await TargetProcess.StartAsync();
        await using var honest = new HonestClients(target.Port);
        await Task.Delay(2 * Settling);
        Console.WriteLine("| attack | budget (`Http2Limits`) | default | closed after | code | peak memory growth | server CPU | calls of other clients: answered, failed |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|");
        await PrintAsync(new Attack("none: the honest clients alone", "-", "-", static (_, _) => Task.Delay(Settling), Rounds: 1, Patience: 0), target, honest);
        foreach (Attack attack in AttackCatalogue.Fast.Concat(AttackCatalogue.Slow))
        {
            await PrintAsync(attack, target, honest);

            // What the attack left running ends before the next one is measured.
            await Task.Delay(Settling);
        }

        Console.WriteLine();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"In all {honest.Answered:N0} calls of the other clients were answered and {honest.Failed:N0} failed{(honest.LastFailure is { } last ? $", the last with: {last}" : "")}."));
        return honest.Failed == 0 ? 0 : 1;
    }

    private static async Task PrintAsync(Attack attack, TargetProcess target, HonestClients honest)
    {
        using var memory = new MemoryPeak(target);
        TimeSpan processor = target.ProcessorTime;
        (long answered, long failed) = (honest.Answered, honest.Failed);
        var watch = Stopwatch.StartNew();
        var endings = new List<Ending>();
        for (int round = 0; round < attack.Rounds; round++)
        {
            endings.AddRange(await Task.WhenAll(Enumerable.Range(0, attack.Connections).Select(_ => PlayAsync(attack, target))));
        }

        double seconds = watch.Elapsed.TotalSeconds;
        double busy = (target.ProcessorTime - processor).TotalSeconds;
        string codes = string.Join(", ", endings.Select(ending => ending.Code).Distinct(StringComparer.Ordinal));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {attack.Name}{Times(attack)} | {attack.Budget} | {attack.Default} | {Describe(endings)} | {codes} | {memory.Growth / 1048576.0:F1} MiB | {100 * busy / seconds:F0} % over {seconds:F1} s | {honest.Answered - answered:N0}, {honest.Failed - failed:N0} |"));
    }

    private static async Task<Ending> PlayAsync(Attack attack, TargetProcess target)
    {
        using var peer = new RawPeer();
        var watch = Stopwatch.StartNew();
        Task play = attack.Play(peer, target);
        await Task.WhenAny(peer.Ended, Task.WhenAll(play, Task.Delay(TimeSpan.FromSeconds(attack.Patience))));
        TimeSpan elapsed = watch.Elapsed;
        string code = peer.IsOver ? await peer.Ended
            : attack.Patience == 0 ? "-"
            : peer.Resets > 0 ? $"{peer.Resets} streams reset, {peer.ResetCode}"
            : "open";
        return new Ending(peer.Frames, peer.Bytes, elapsed, code);
    }

    private static string Times(Attack attack) =>
        attack.Connections > 1 ? $" ({attack.Connections} connections at once)" : attack.Rounds > 1 ? $" ({attack.Rounds} times)" : "";

    // Medians over the connections.
    private static string Describe(List<Ending> endings)
    {
        Ending[] byTime = [.. endings.OrderBy(ending => ending.Elapsed)];
        Ending middle = byTime[byTime.Length / 2];
        long frames = endings.Select(ending => ending.Frames).Order().ElementAt(endings.Count / 2);
        long bytes = endings.Select(ending => ending.Bytes).Order().ElementAt(endings.Count / 2);
        return bytes == 0
            ? "-"
            : string.Create(CultureInfo.InvariantCulture, $"{frames:N0} frames, {bytes / 1024.0:N1} KiB, {middle.Elapsed.TotalSeconds:F2} s");
    }

    private sealed record Ending(long Frames, long Bytes, TimeSpan Elapsed, string Code);

    /// <summary>Looks at the server's memory every 20 ms.</summary>
    private sealed class MemoryPeak : IDisposable
    {
        private readonly Timer _timer;
        private readonly long _before;
        private long _peak;

        public MemoryPeak(TargetProcess target)
        {
            _before = target.Memory;
            _peak = _before;
            _timer = new Timer(_ => _peak = Math.Max(_peak, target.Memory), state: null, TimeSpan.Zero, TimeSpan.FromMilliseconds(20));
        }

        public long Growth => _peak - _before;

        public void Dispose() => _timer.Dispose();
    }
}
