namespace Trunkline.Http2.Streams;

/// <summary>
/// Remembers how the most recent streams ended, without an object per stream, so that late frames are told apart from forbidden ones
/// (RFC 9113 5.1, "closed"). Not safe for several threads.
/// </summary>
internal sealed class ClosedStreams
{
    /// <summary>Ends remembered: more than close within a round trip to a peer with a few hundred streams. 8 bytes each.</summary>
    public const int Remembered = 256;

    // Honest peers skip no ids at all.
    private const int RememberedGaps = 8;

    private readonly (int Id, CloseCause Cause)[] _recent = new (int, CloseCause)[Remembered];
    private readonly (int First, int Last)[] _gaps = new (int, int)[RememberedGaps];
    private int _next;
    private int _nextGap;

    /// <summary>Remembers how a stream ended; what is said last about an id counts.</summary>
    public void Add(StreamId id, CloseCause cause)
    {
        _recent[_next] = (id.Value, cause);
        _next = (_next + 1) % Remembered;
    }

    /// <summary>Remembers the ids between two that a side opened one after the other: opening the second closed them (RFC 9113 5.1.1).</summary>
    public void AddGap(StreamId previous, StreamId opened)
    {
        if ((long)opened.Value - previous.Value > 2)
        {
            _gaps[_nextGap] = (previous.Value + 1, opened.Value - 1);
            _nextGap = (_nextGap + 1) % RememberedGaps;
        }
    }

    /// <summary>How a stream ended; <see cref="CloseCause.None"/> when that is too long ago.</summary>
    public CloseCause CauseOf(StreamId id)
    {
        for (int back = 1; back <= Remembered; back++)
        {
            (int known, CloseCause cause) = _recent[(_next - back + Remembered) % Remembered];
            if (known == id.Value)
            {
                return cause;
            }
        }

        return CloseCause.None;
    }

    /// <summary>Whether the id was passed over: no stream ever had it.</summary>
    public bool IsSkipped(StreamId id)
    {
        foreach ((int first, int last) in _gaps)
        {
            // The other side's ids lie between as well; they are none of the gap's.
            if (id.Value >= first && id.Value <= last && ((id.Value ^ last) & 1) == 1)
            {
                return true;
            }
        }

        return false;
    }
}
