namespace Trunkline.Http2.FlowControl;

/// <summary>
/// Decides how large receive windows have to be, from the bandwidth-delay product that PINGs measure. A peer that may have <c>W</c> bytes unacknowledged
/// sends at most <c>W</c> in a round trip, so over a long way the window, not the network, sets the speed until it covers what fits on the way.
/// </summary>
/// <remarks>
/// <para>
/// A probe is a PING; what arrives until its answer is the sample. <c>product = bytes / round trip * shortest round trip seen</c>: a queue on the way
/// makes round trips longer and not the product larger, so the windows do not follow a queue that they fill themselves.
/// </para>
/// <para>
/// While the window <c>W</c> is the limit, a sample misses at most the credit that had not reached the peer when it answered, which
/// <see cref="ReceiveWindow"/> keeps at or below <c>W/4</c>: so the product comes out at <c>3/4 W</c> or more and the size, twice the product, grows by
/// half or more. Once the network is the limit, the size settles between 3/2 and 2 products: enough for the product and the credit on its way back.
/// </para>
/// <para>
/// Probes follow received DATA, never silence, and become rare while they bring nothing: each such probe doubles the DATA that the next one waits for,
/// up to four windows. At the largest size there is nothing left to learn, and they end.
/// </para>
/// </remarks>
/// <param name="size">The size to begin with, in bytes.</param>
/// <param name="maxSize">The largest size; at or below <paramref name="size"/> nothing is ever probed.</param>
internal sealed class BandwidthEstimator(int size, int maxSize)
{
    private const long Never = long.MaxValue;

    private long _received;
    private long _nextProbe = size < maxSize ? FirstPatience(size) : Never;
    private long _patience = FirstPatience(size);
    private long _receivedBefore;
    private long _startedAt;
    private long _shortestRoundTrip = long.MaxValue;

    /// <summary>The size that windows should have, in bytes. It never shrinks.</summary>
    public int Size { get; private set; } = size;

    /// <summary>Whether a PING waits for its answer.</summary>
    public bool IsProbing { get; private set; }

    /// <summary>Counts DATA.</summary>
    /// <returns>True when a PING should go out now and <see cref="Begin"/> be called.</returns>
    public bool Receive(int bytes)
    {
        _received += bytes;
        return _received >= _nextProbe;
    }

    /// <summary>A PING goes out.</summary>
    /// <param name="now">A timestamp, of any frequency.</param>
    public void Begin(long now)
    {
        IsProbing = true;
        _nextProbe = Never;
        _receivedBefore = _received;
        _startedAt = now;
    }

    /// <summary>The answer came.</summary>
    /// <param name="now">A timestamp of the same clock.</param>
    /// <returns>True when <see cref="Size"/> has grown.</returns>
    public bool End(long now)
    {
        IsProbing = false;
        long roundTrip = Math.Max(1, now - _startedAt);
        _shortestRoundTrip = Math.Min(_shortestRoundTrip, roundTrip);
        double wanted = 2.0 * (_received - _receivedBefore) * _shortestRoundTrip / roundTrip;

        // Less than a third more is noise, or the credit on its way back.
        bool grows = wanted > Size * 4.0 / 3;
        if (grows)
        {
            Size = (int)Math.Min(wanted, maxSize);
            _patience = FirstPatience(Size);
        }
        else
        {
            _patience = Math.Min(2 * _patience, 4L * Size);
        }

        _nextProbe = Size < maxSize ? _received + _patience : Never;
        return grows;
    }

    // After half a window the peer is well under way, and credit has begun to go back.
    private static long FirstPatience(int size) => Math.Max(1, size / 2);
}
