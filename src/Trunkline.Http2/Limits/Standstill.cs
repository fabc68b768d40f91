using System.Runtime.InteropServices;

namespace Trunkline.Http2.Limits;

/// <summary>How long something that is under way has made no progress. Progress is a number that changes; nothing is under way while it is 0.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct Standstill
{
    private long _progress;
    private TimeSpan _since;

    /// <summary>Looks at it.</summary>
    /// <param name="progress">The number; 0 when nothing is under way.</param>
    /// <param name="now">The time, on a clock that never goes back.</param>
    /// <returns>How long it has been what it is; zero when nothing is under way.</returns>
    public TimeSpan Observe(long progress, TimeSpan now)
    {
        if (progress != _progress)
        {
            _progress = progress;
            _since = now;
        }

        return progress == 0 ? TimeSpan.Zero : now - _since;
    }
}
