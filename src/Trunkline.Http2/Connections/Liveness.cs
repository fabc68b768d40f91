using System.Runtime.InteropServices;

namespace Trunkline.Http2.Connections;

/// <summary>What is to be done for a connection's liveness now.</summary>
internal enum LivenessAction : byte
{
    /// <summary>Nothing.</summary>
    Wait,

    /// <summary>A PING goes out; any byte that comes after it is an answer.</summary>
    SendPing,

    /// <summary>Nothing came for the whole time-out behind a PING: the peer is gone.</summary>
    GiveUp,
}

/// <summary>
/// Decides when a silent peer is asked for a sign of life and when it is given up. A pure decision: time comes in, an action goes out; it neither reads
/// a clock nor sends.
/// </summary>
/// <param name="interval">Silence after which a PING goes out.</param>
/// <param name="timeout">Silence behind that PING after which the peer is given up.</param>
[StructLayout(LayoutKind.Auto)]
internal struct Liveness(TimeSpan interval, TimeSpan timeout)
{
    private TimeSpan? _askedAt;

    /// <summary>Looks at the silence.</summary>
    /// <param name="now">The time.</param>
    /// <param name="lastReceived">When the last byte came, on the same clock.</param>
    /// <param name="isWatched">Whether anything waits for the peer, so that a PING is justified.</param>
    /// <returns>What to do, and when to look again.</returns>
    public (LivenessAction Action, TimeSpan LookAgainIn) Decide(TimeSpan now, TimeSpan lastReceived, bool isWatched)
    {
        if (_askedAt is { } askedAt && lastReceived <= askedAt)
        {
            TimeSpan left = timeout - (now - askedAt);
            return left <= TimeSpan.Zero ? (LivenessAction.GiveUp, timeout) : (LivenessAction.Wait, left);
        }

        _askedAt = null;
        if (!isWatched)
        {
            return (LivenessAction.Wait, interval);
        }

        TimeSpan quiet = interval - (now - lastReceived);
        if (quiet > TimeSpan.Zero)
        {
            return (LivenessAction.Wait, quiet);
        }

        _askedAt = now;
        return (LivenessAction.SendPing, timeout);
    }
}
