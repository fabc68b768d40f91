using Trunkline.LoadContract;

namespace Trunkline.LoadGenerator;

/// <summary>What one round came to.</summary>
internal sealed record Round(long Count, TimeSpan Elapsed, ProcessUsage Client, ProcessUsage Server)
{
    public double PerSecond => Count / Elapsed.TotalSeconds;

    /// <summary>The figures of the table, in its order.</summary>
    public double[] Figures =>
    [
        PerSecond,
        Client.Cpu.TotalMicroseconds / Count,
        Server.Cpu.TotalMicroseconds / Count,
        (double)Client.AllocatedBytes / Count,
        (double)Server.AllocatedBytes / Count,
    ];

    /// <summary>Each figure's median over the rounds. They may come from different rounds.</summary>
    public static double[] Medians(IReadOnlyList<Round> rounds)
        => [.. Enumerable.Range(0, rounds[0].Figures.Length).Select(index => Median([.. rounds.Select(round => round.Figures[index])]))];

    private static double Median(double[] values)
    {
        Array.Sort(values);
        var middle = values.Length / 2;
        return values.Length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    }
}
