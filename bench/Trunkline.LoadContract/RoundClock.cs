using System.Diagnostics;

namespace Trunkline.LoadContract;

/// <summary>Tells the workers of a round when to stop. Reading it costs no allocation and no lock.</summary>
public sealed class RoundClock(TimeSpan length)
{
    private readonly long _end = Stopwatch.GetTimestamp() + (long)(length.TotalSeconds * Stopwatch.Frequency);

    public bool IsRunning => Stopwatch.GetTimestamp() < _end;
}
