using System.Diagnostics;
using System.Globalization;
using Trunkline.Harness.Traffic;
using Trunkline.Http2;

namespace Trunkline.Conformance;

/// <summary>Shows that honest clients never pay, by number.</summary>
internal static class HonestCalls
{
    public static async Task<int> RunAsync(string argument)
    {
        if (!int.TryParse(argument, NumberStyles.None, CultureInfo.InvariantCulture, out int calls) || calls == 0)
        {
            Console.Error.WriteLine("usage: honest CALLS, a number above 0");
            return 2;
        }

        Console.WriteLine("| calls that look like an attack | calls | answered | cancelled | refused | GOAWAY | seconds |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        bool isPaid = false;
        foreach (HonestHabit habit in Enum.GetValues<HonestHabit>())
        {
            var watch = Stopwatch.StartNew();
            HonestReport report = await HonestTraffic.RunAsync(habit, calls, new Http2Options());
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {habit} | {calls:N0} | {report.Answered:N0} | {report.Cancelled:N0} | {report.Refused:N0} | {report.ConnectionEnd ?? "none"} | {watch.Elapsed.TotalSeconds:F1} |"));
            isPaid |= report.Refused > 0 || report.ConnectionEnd is not null;
        }

        return isPaid ? 1 : 0;
    }
}
