using System.Globalization;

namespace Trunkline.LoadContract;

/// <summary>What a process has used since it began.</summary>
/// <param name="Cpu">Time on a core, user and kernel.</param>
/// <param name="AllocatedBytes">Bytes allocated on the managed heap.</param>
public readonly record struct ProcessUsage(TimeSpan Cpu, long AllocatedBytes)
{
    public static ProcessUsage Now => new(Environment.CpuUsage.TotalTime, GC.GetTotalAllocatedBytes(precise: true));

    public static ProcessUsage operator -(ProcessUsage later, ProcessUsage earlier)
        => new(later.Cpu - earlier.Cpu, later.AllocatedBytes - earlier.AllocatedBytes);

    public static ProcessUsage Parse(ReadOnlySpan<string> words)
        => new(TimeSpan.FromTicks(long.Parse(words[0], CultureInfo.InvariantCulture)), long.Parse(words[1], CultureInfo.InvariantCulture));

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Cpu.Ticks} {AllocatedBytes}");
}
