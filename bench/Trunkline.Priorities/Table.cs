using System.Globalization;

namespace Trunkline.Priorities;

/// <summary>Measures all cases and prints them in Markdown.</summary>
internal static class Table
{
    // A quantum is one DATA frame.
    private const int Quantum = 16 * 1024;

    public static async Task PrintAsync(MeasureOptions options, TextWriter output)
    {
        await output.WriteLineAsync("| link | case | urgent P50 | urgent P99 | idle P99 + 2 quanta | downloads |");
        await output.WriteLineAsync("|--:|---|--:|--:|--:|--:|");
        foreach (long rate in options.Rates)
        {
            var situation = new Situation(rate, options.Queue);
            Measurement idle = await situation.MeasureAsync(options.Calls, downloads: 0, usesPriorities: true);
            TimeSpan bound = idle.Percentile(0.99) + TimeSpan.FromSeconds(2.0 * Quantum * 8 / rate);
            await PrintAsync(output, rate, "idle", idle, bound);
            await PrintAsync(output, rate, "beside downloads, priorities on", await situation.MeasureAsync(options.Calls, options.Downloads, usesPriorities: true), bound);
            await PrintAsync(output, rate, "beside downloads, priorities off", await situation.MeasureAsync(options.Calls, options.Downloads, usesPriorities: false), bound);
        }
    }

    private static Task PrintAsync(TextWriter output, long rate, string name, Measurement measured, TimeSpan bound) =>
        output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"| {rate / 1e6:0} Mbit/s | {name} | {Milliseconds(measured.Percentile(0.5))} | {Milliseconds(measured.Percentile(0.99))} | {Milliseconds(bound)} | {measured.DownloadRate / 1e6:0.0} Mbit/s |"));

    private static string Milliseconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0.0} ms");
}
