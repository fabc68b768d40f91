namespace Trunkline.Http2.FlowControl;

/// <summary>
/// Lets the receive windows of a connection's streams grow to the size that its estimator has found, out of a budget that all of them share: what their
/// windows are above the initial size is the memory that growth can cost. Safe for several threads.
/// </summary>
/// <param name="size">The size to begin with, in bytes.</param>
/// <param name="budget">What all windows together may grow by, in bytes.</param>
internal sealed class WindowGrowth(int size, long budget)
{
    private int _size = size;
    private long _left = budget;
    private bool _lastWasLong;

    /// <summary>The size that windows grow to, in bytes.</summary>
    public int Size
    {
        get => Volatile.Read(ref _size);
        set => Volatile.Write(ref _size, value);
    }

    /// <summary>
    /// Whether a stream that this side opens should grow before anything has come, which saves the peer the round trip of waiting for its first credit:
    /// only where the stream that ended last was long, so that a connection of small calls pays nothing.
    /// </summary>
    public bool GrowsAhead => Volatile.Read(ref _lastWasLong);

    /// <summary>What is left of the budget, in bytes.</summary>
    public long Left => Volatile.Read(ref _left);

    /// <summary>
    /// Lets one window grow. To be called where credit is announced anyway: so growth takes no frame of its own, small messages never cause it, and a
    /// stream on which nothing is consumed gets none. Nor does one whose reader is behind by half a window: more would only wait there.
    /// </summary>
    /// <returns>The increment to announce; 0 for none.</returns>
    public int Grow(ref ReceiveWindow window)
    {
        int wanted = Size - window.Target;
        return wanted > 0 && window.Unconsumed <= window.Target / 2 ? window.Grow(Take(wanted)) : 0;
    }

    /// <summary>Takes back what a window had grown by; its stream is over.</summary>
    public void End(ReceiveWindow window)
    {
        // Written only when it changes: every call's writer reads it.
        if (GrowsAhead != window.HasGivenCredit)
        {
            Volatile.Write(ref _lastWasLong, window.HasGivenCredit);
        }

        if (window.Grown > 0)
        {
            Interlocked.Add(ref _left, window.Grown);
        }
    }

    private int Take(int wanted)
    {
        long left = Left;
        while (left > 0)
        {
            int taken = (int)Math.Min(wanted, left);
            long found = Interlocked.CompareExchange(ref _left, left - taken, left);
            if (found == left)
            {
                return taken;
            }

            left = found;
        }

        return 0;
    }
}
