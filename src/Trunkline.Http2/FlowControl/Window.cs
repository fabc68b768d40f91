namespace Trunkline.Http2.FlowControl;

/// <summary>
/// A flow-control window (RFC 9113 6.9): how many bytes of DATA may still go. It never passes 2^31-1, and may be negative after
/// SETTINGS_INITIAL_WINDOW_SIZE was lowered. This type is the only place that adds to a window.
/// </summary>
internal struct Window(int size)
{
    /// <summary>The size of every window before any SETTINGS or WINDOW_UPDATE (RFC 9113 6.9.2), in bytes.</summary>
    public const int InitialSize = 65_535;

    /// <summary>The largest size, 2^31-1 bytes (RFC 9113 6.9.1).</summary>
    public const int MaxSize = int.MaxValue;

    /// <summary>The bytes left; negative means that so many must come back before the first may go.</summary>
    public int Available { get; private set; } = size;

    /// <summary>Takes bytes out for DATA that goes or came. The caller has compared with <see cref="Available"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">More than there is, or a negative number.</exception>
    public void Take(int bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        if (bytes > 0)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(bytes, Available);
            Available -= bytes;
        }
    }

    /// <summary>Takes bytes out if there are as many; DATA without bytes always may go (RFC 9113 6.9.1).</summary>
    public bool TryTake(int bytes)
    {
        if (bytes > 0 && bytes > Available)
        {
            return false;
        }

        Available -= bytes;
        return true;
    }

    /// <summary>Adds the increment of a WINDOW_UPDATE; false when the window would pass 2^31-1, which leaves it as it was.</summary>
    public bool TryAdd(int increment) => TryShift(increment);

    /// <summary>
    /// Shifts the window by a change of SETTINGS_INITIAL_WINDOW_SIZE (RFC 9113 6.9.2), either way; false when it would pass 2^31-1, which leaves it
    /// as it was.
    /// </summary>
    public bool TryShift(int difference)
    {
        long sum = (long)Available + difference;
        if (sum > MaxSize)
        {
            return false;
        }

        // The least value is 0 bytes left, minus the largest initial size: within 32 bits.
        Available = (int)sum;
        return true;
    }
}
