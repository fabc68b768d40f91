using System.Diagnostics;
using System.Globalization;

namespace Trunkline.CompilerTimes;

/// <summary>One run of a program: how long it took, and the most memory it held where the system tells.</summary>
internal readonly record struct ProcessRun(double Seconds, double PeakMegabytes)
{
    public static ProcessRun Of(string program, IEnumerable<string> words, string workingDirectory)
    {
        var start = new ProcessStartInfo(program, words) { RedirectStandardError = true, RedirectStandardOutput = true, UseShellExecute = false, WorkingDirectory = workingDirectory };
        long began = Stopwatch.GetTimestamp();
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        double peak = 0;
        while (!process.WaitForExit(TimeSpan.FromMilliseconds(2)))
        {
            peak = Math.Max(peak, PeakOf(process.Id));
        }

        process.WaitForExit();
        double seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        return process.ExitCode == 0
            ? new ProcessRun(seconds, peak)
            : throw new InvalidOperationException($"{program} ended with {process.ExitCode}: {errors.Result}{output.Result}");
    }

    private static double PeakOf(int process)
    {
        try
        {
            string? line = File.ReadLines($"/proc/{process.ToString(CultureInfo.InvariantCulture)}/status").FirstOrDefault(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null ? 0 : double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
        }
        catch (IOException)
        {
            // It has just ended, or the system has no such file; what was seen before counts.
            return 0;
        }
    }
}
