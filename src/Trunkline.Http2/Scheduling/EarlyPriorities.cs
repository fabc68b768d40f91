using System.Runtime.InteropServices;

namespace Trunkline.Http2.Scheduling;

/// <summary>
/// What PRIORITY_UPDATE said about streams that the client has not opened yet (RFC 9218 7.1). 8 bytes a stream, and the caller sees to it that they are no
/// more than may be open at once.
/// </summary>
internal sealed class EarlyPriorities
{
    // By id, and so in the order in which the ids leave: opening a stream closes all lower idle ones (RFC 9113 5.1.1).
    private readonly List<(StreamId Id, PrioritySignal Signal)> _waiting = [];
    private int _taken;

    public int Count => _waiting.Count - _taken;

    /// <summary>Whether the stream is remembered, so that what is said about it replaces something.</summary>
    public bool Contains(StreamId id) => Find(id) >= 0;

    /// <summary>Remembers what was said last about a stream.</summary>
    public void Set(StreamId id, PrioritySignal signal)
    {
        int index = Find(id);
        if (index >= 0)
        {
            CollectionsMarshal.AsSpan(_waiting)[index].Signal = signal;
        }
        else
        {
            _waiting.Insert(~index, (id, signal));
        }
    }

    /// <summary>The stream is opened: takes what was said about it, and forgets all streams below, which cannot be opened any more.</summary>
    /// <returns>False when nothing was said.</returns>
    public bool TryTake(StreamId id, out PrioritySignal signal)
    {
        signal = PrioritySignal.None;
        bool isFound = false;
        while (_taken < _waiting.Count && _waiting[_taken].Id <= id)
        {
            isFound = _waiting[_taken].Id == id;
            signal = isFound ? _waiting[_taken].Signal : signal;
            _taken++;
        }

        // The front is cut off in one step once it is half of the list: each entry is moved once at most for each that is taken.
        if (_taken * 2 >= _waiting.Count)
        {
            _waiting.RemoveRange(0, _taken);
            _taken = 0;
        }

        return isFound;
    }

    private int Find(StreamId id)
    {
        int low = _taken;
        int high = _waiting.Count - 1;
        while (low <= high)
        {
            int middle = (low + high) / 2;
            int order = _waiting[middle].Id.CompareTo(id);
            if (order == 0)
            {
                return middle;
            }

            (low, high) = order < 0 ? (middle + 1, high) : (low, middle - 1);
        }

        return ~low;
    }
}
