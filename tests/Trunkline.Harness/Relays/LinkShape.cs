namespace Trunkline.Harness.Relays;

/// <summary>What one direction of a relayed link is like.</summary>
public sealed record LinkShape
{
    /// <summary>A link that neither delays nor limits.</summary>
    public static readonly LinkShape Open = new();

    // With no rate there is no product of rate and delay; this much in flight is more than any test moves in one delay.
    private const long UnlimitedFlight = 256L * 1024 * 1024;

    // A block stands for the packets of half a millisecond: smaller ones cost more switches than they add truth.
    private const int BlocksPerSecond = 2000;
    private const int SmallestBlock = 1448;
    private const int LargestBlock = 64 * 1024;

    /// <summary>How long a byte travels once it is on the link: half a round trip; none by default.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>How many bytes enter the link in a second; null, the default, for no limit.</summary>
    public long? BytesPerSecond { get; init; }

    /// <summary>
    /// How many bytes may wait before the link, as in a router's or a socket's buffer; 256 KiB by default. A sender faster than the link fills it and is
    /// held up from then on. It is the relay's receive buffer as well, so that a sender sees about twice as much.
    /// </summary>
    public int Queue { get; init; } = 256 * 1024;

    /// <summary>The most that is held: what travels plus what waits, in bytes.</summary>
    internal long Capacity => Queue + (BytesPerSecond is { } rate ? (long)(rate * Delay.TotalSeconds) : UnlimitedFlight);

    /// <summary>The most that is taken from a socket at a time, in bytes.</summary>
    internal int Block => BytesPerSecond is { } rate ? (int)Math.Clamp(rate / BlocksPerSecond, SmallestBlock, LargestBlock) : LargestBlock;

    /// <summary>Refuses what no link can be.</summary>
    internal void Validate()
    {
#pragma warning disable MA0015 // There is no parameter: the name of the property is what the caller can act on.
        ArgumentOutOfRangeException.ThrowIfLessThan(Delay, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(BytesPerSecond ?? 1, nameof(BytesPerSecond));
        ArgumentOutOfRangeException.ThrowIfLessThan(Queue, SmallestBlock);
#pragma warning restore MA0015
    }
}
