namespace Trunkline.Harness.Relays;

/// <summary>
/// When what enters a link comes out of it: one block after the other at the link's rate, each a delay later. Computed from the times of arrival, so
/// that a late wake-up delays one block and never slows the link down.
/// </summary>
/// <param name="shape">The link.</param>
/// <param name="frequency">Ticks of the timestamps in a second.</param>
internal struct LinkSchedule(LinkShape shape, long frequency)
{
    private readonly double _delay = shape.Delay.TotalSeconds * frequency;
    private readonly double _ticksPerByte = shape.BytesPerSecond is { } rate ? (double)frequency / rate : 0;
    private double _free;

    /// <summary>Puts bytes on the link.</summary>
    /// <param name="now">The timestamp at which they are there.</param>
    /// <param name="bytes">How many.</param>
    /// <returns>The timestamp at which the last of them comes out.</returns>
    public long Send(long now, int bytes)
    {
        _free = Math.Max(now, _free) + (bytes * _ticksPerByte);
        return (long)Math.Ceiling(_free + _delay);
    }
}
