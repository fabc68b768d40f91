using System.Runtime.InteropServices;

namespace Trunkline.Http2.Push;

/// <summary>
/// The promised streams of a connection, counted: those whose response has not begun are reserved, those whose response is under way are active, and
/// only the latter fall under SETTINGS_MAX_CONCURRENT_STREAMS (RFC 9113 5.1.2). Each stream's own place is its <see cref="PushStage"/>, which its
/// connection keeps beside the stream. The sums hold: every stream is in at most one count, and leaves it once.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal struct PushCounts
{
    /// <summary>Promised streams whose response has not begun.</summary>
    public int Reserved { get; private set; }

    /// <summary>Promised streams whose response is under way.</summary>
    public int Active { get; private set; }

    /// <summary>Takes a place for a promise.</summary>
    /// <param name="stage">The stream's place; moves from none to reserved.</param>
    /// <param name="maxReserved">How many may be reserved at once.</param>
    /// <returns>False where no more may be reserved.</returns>
    public bool TryReserve(ref PushStage stage, int maxReserved)
    {
        if (Reserved >= maxReserved)
        {
            return false;
        }

        Reserved++;
        stage = PushStage.Reserved;
        return true;
    }

    /// <summary>A promised stream's response begins; without effect on any other stream, and from the second time on.</summary>
    /// <param name="stage">The stream's place; moves from reserved to active.</param>
    /// <param name="maxActive">The receiver's SETTINGS_MAX_CONCURRENT_STREAMS.</param>
    /// <returns>False where the response would be one too many.</returns>
    public bool TryStart(ref PushStage stage, uint maxActive)
    {
        if (stage != PushStage.Reserved)
        {
            return true;
        }

        if ((uint)Active >= maxActive)
        {
            return false;
        }

        Reserved--;
        Active++;
        stage = PushStage.Active;
        return true;
    }

    /// <summary>A stream is over; without effect on one that was not promised.</summary>
    /// <param name="stage">The stream's place; becomes none.</param>
    public void End(ref PushStage stage)
    {
        Reserved -= stage == PushStage.Reserved ? 1 : 0;
        Active -= stage == PushStage.Active ? 1 : 0;
        stage = PushStage.None;
    }
}

/// <summary>Where a stream stands among the promised ones.</summary>
internal enum PushStage : byte
{
    /// <summary>It was not promised, or is over.</summary>
    None,

    /// <summary>Promised; its response has not begun.</summary>
    Reserved,

    /// <summary>Its response is under way.</summary>
    Active,
}
