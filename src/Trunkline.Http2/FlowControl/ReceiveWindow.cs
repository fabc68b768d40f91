using System.Diagnostics;

namespace Trunkline.Http2.FlowControl;

/// <summary>
/// The receiving side of a window (RFC 9113 6.9): DATA is accounted on arrival, credit comes back as the application consumes, and is announced in
/// batches, so that WINDOW_UPDATE stays rare. A batch is at most a quarter of the window: what is held back is missing from what the peer may have on
/// the way, and from what <see cref="BandwidthEstimator"/> measures.
/// </summary>
/// <remarks>
/// Every byte of the target size is in exactly one place. Invariant: <c>Available + Unconsumed + pending credit == Target</c>.
/// </remarks>
internal struct ReceiveWindow(int size)
{
    // Of a large window a quarter would be a long silence. A WINDOW_UPDATE for half a mebibyte is nothing.
    private const int MaxHeldCredit = 512 * 1024;

    private Window _window = new(size);
    private int _pendingCredit;

    /// <summary>What the window comes back to when all is consumed and announced, in bytes.</summary>
    public int Target { get; private set; } = size;

    /// <summary>What the peer may still send, in bytes.</summary>
    public readonly int Available => _window.Available;

    /// <summary>What <see cref="Grow"/> has added so far, in bytes.</summary>
    public int Grown { get; private set; }

    /// <summary>Whether so much has been consumed that credit has gone back: more than a small message or two.</summary>
    public bool HasGivenCredit { get; private set; }

    /// <summary>What has arrived and is not consumed yet, in bytes.</summary>
    public int Unconsumed { get; private set; }

    /// <summary>What is consumed and not announced yet, in bytes.</summary>
    public readonly int PendingCredit => _pendingCredit;

    /// <summary>Accounts for DATA on arrival, padding included; false when the peer sent more than it was allowed, which changes nothing.</summary>
    public bool TryReceive(int bytes)
    {
        if (!_window.TryTake(bytes))
        {
            return false;
        }

        Unconsumed += bytes;
        CheckInvariant();
        return true;
    }

    /// <summary>Gives credit back for bytes that the application has taken.</summary>
    /// <returns>The increment to announce with WINDOW_UPDATE now; 0 while it is less than a quarter of the window and than 512 KiB.</returns>
    /// <exception cref="ArgumentOutOfRangeException">More than has arrived, or a negative number.</exception>
    public int Consume(int bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bytes, Unconsumed);
        Unconsumed -= bytes;
        _pendingCredit += bytes;
        if (_pendingCredit == 0 || _pendingCredit < Math.Min(Target / 4, MaxHeldCredit))
        {
            return 0;
        }

        HasGivenCredit = true;
        return Announce();
    }

    /// <summary>Makes the window larger.</summary>
    /// <param name="bytes">By how much; what would pass 2^31-1 is left out.</param>
    /// <returns>The increment to announce with WINDOW_UPDATE now, pending credit included; 0 when there is nothing to announce.</returns>
    public int Grow(int bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        int growth = Math.Min(bytes, Window.MaxSize - Target);
        Target += growth;
        Grown += growth;
        _pendingCredit += growth;
        return Announce();
    }

    /// <summary>
    /// Follows a change of this side's SETTINGS_INITIAL_WINDOW_SIZE once the peer has acknowledged it: the peer shifts its window by itself, and
    /// nothing is announced. The window may become negative.
    /// </summary>
    public void ShiftTarget(int difference)
    {
        bool isInRange = _window.TryShift(difference);
        Debug.Assert(isInRange, "The window is never above the target, which SETTINGS keeps within 2^31-1.");
        Target += difference;
        CheckInvariant();
    }

    private int Announce()
    {
        int increment = _pendingCredit;
        bool isInRange = _window.TryAdd(increment);
        Debug.Assert(isInRange, "The window is never above the target.");
        _pendingCredit = 0;
        CheckInvariant();
        return increment;
    }

    [Conditional("DEBUG")]
    private readonly void CheckInvariant() => Debug.Assert(Available + (long)Unconsumed + _pendingCredit == Target, "A byte of the window is lost or counted twice.");
}
