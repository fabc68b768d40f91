using System.Numerics;
using System.Runtime.InteropServices;

namespace Trunkline.Http2.Scheduling;

/// <summary>
/// Who writes next among the streams that could (RFC 9218 10). A turn is one DATA frame. The lowest urgency number goes first. Within an urgency,
/// sharing streams take turns, and sequential ones are served one after the other in stream order; all sequential ones together get the turns of one
/// sharing stream. Owned by the output gate.
/// </summary>
/// <remarks>
/// Nothing starves: a turn that does not go to the stream that has waited longest is counted, and every <see cref="GuardInterval"/>th of them goes to
/// that stream after all, whatever its urgency. So a stream before which <c>k</c> others have waited longer has its turn after at most
/// <c>16 (k + 1)</c> turns, and those passed over have together a sixteenth of the connection, 6.25 %, however much is urgent.
/// <para>
/// All is done in constant time, but for one case: a sequential stream that becomes ready out of stream order looks for its place among the sequential
/// ones of its urgency, from the end.
/// </para>
/// </remarks>
internal sealed class TurnScheduler<T>
    where T : class, IReadyItem<T>
{
    /// <summary>How many turns may pass over the stream that has waited longest.</summary>
    public const int GuardInterval = 16;

    private readonly Level[] _levels = new Level[TurnClass.Urgencies];
    private ReadyList<T> _byAge = new(byAge: true);
    private int _passedOver;

    // One bit an urgency: who is ready now, and who ever was.
    private int _waitingUrgencies;
    private int _metUrgencies;

    public TurnScheduler() => Array.Fill(_levels, new Level());

    public bool IsEmpty => _byAge.IsEmpty;

    /// <summary>Whether streams of different urgency have met here: only then does it pay to decide late.</summary>
    public bool HaveUrgenciesMet => (_metUrgencies & (_metUrgencies - 1)) != 0;

    /// <summary>Whether a stream of the class would be the next: nobody of its urgency or of a lower number waits.</summary>
    public bool WouldBeNext(TurnClass turnClass) => (_waitingUrgencies & ((2 << turnClass.Urgency) - 1)) == 0;

    /// <summary>Remembers that a stream of the urgency sends, also if it never had to wait.</summary>
    public void Meet(TurnClass turnClass) => _metUrgencies |= 1 << turnClass.Urgency;

    /// <summary>A stream could send: it waits for its turn, behind those of its class that do. Without effect on one that waits already.</summary>
    public void Enqueue(T item)
    {
        ref ReadyNode<T> node = ref item.Node;
        if (node.IsReady)
        {
            return;
        }

        node.IsReady = true;
        _byAge.Append(item);
        AddToClass(item, node.Class);
    }

    /// <summary>Takes the stream whose turn it is; null when nobody waits. If it has more it is to be enqueued again.</summary>
    public T? Dequeue()
    {
        T? oldest = _byAge.First;
        if (oldest is null)
        {
            return null;
        }

        T item = _levels[BitOperations.TrailingZeroCount(_waitingUrgencies)].Next!;
        if (item != oldest && ++_passedOver == GuardInterval)
        {
            item = oldest;
            _passedOver = 0;
        }

        _levels[item.Node.Class.Urgency].NoteTurn(item.Node.Class.IsSequential);
        Remove(item);
        return item;
    }

    /// <summary>A stream has nothing to send any more. Without effect on one that does not wait.</summary>
    public void Remove(T item)
    {
        if (item.Node.IsReady)
        {
            item.Node.IsReady = false;
            _byAge.Remove(item);
            RemoveFromClass(item);
        }
    }

    /// <summary>Puts a stream into another class; how long it has waited counts on.</summary>
    public void SetClass(T item, TurnClass turnClass)
    {
        if (item.Node.IsReady)
        {
            RemoveFromClass(item);
            AddToClass(item, turnClass);
        }

        item.Node.Class = turnClass;
    }

    private void AddToClass(T item, TurnClass turnClass)
    {
        _levels[turnClass.Urgency].Add(item, turnClass.IsSequential);
        _waitingUrgencies |= 1 << turnClass.Urgency;
        Meet(turnClass);
    }

    private void RemoveFromClass(T item)
    {
        TurnClass turnClass = item.Node.Class;
        ref Level level = ref _levels[turnClass.Urgency];
        level.Remove(item, turnClass.IsSequential);
        if (level.Next is null)
        {
            _waitingUrgencies &= ~(1 << turnClass.Urgency);
        }
    }

    /// <summary>The streams of one urgency.</summary>
    [StructLayout(LayoutKind.Auto)]
    private struct Level()
    {
        private ReadyList<T> _sharing = new(byAge: false);
        private ReadyList<T> _sequential = new(byAge: false);
        private int _sharingCount;

        // Turns that sharing streams had since a sequential one had its last.
        private int _sharedTurns;

        /// <summary>Whose turn it is within the urgency.</summary>
        public readonly T? Next =>
            _sequential.IsEmpty || (_sharedTurns < _sharingCount && !_sharing.IsEmpty) ? _sharing.First : _sequential.First;

        public void Add(T item, bool isSequential)
        {
            if (!isSequential)
            {
                _sharing.Append(item);
                _sharingCount++;
                return;
            }

            // One that goes on after its turn stands in front of all others; a new one behind them.
            bool isFirst = _sequential.First is not { } first || first.Id > item.Id;
            T? previous = isFirst ? null : _sequential.Last;
            while (previous is not null && previous.Id > item.Id)
            {
                previous = _sequential.PreviousOf(previous);
            }

            _sequential.InsertBehind(previous, item);
        }

        public void Remove(T item, bool isSequential)
        {
            if (isSequential)
            {
                _sequential.Remove(item);
            }
            else
            {
                _sharing.Remove(item);
                _sharingCount--;
            }
        }

        public void NoteTurn(bool isSequential) => _sharedTurns = isSequential ? 0 : Math.Min(_sharedTurns, _sharingCount) + 1;
    }
}
