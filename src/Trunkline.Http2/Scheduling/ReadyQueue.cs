namespace Trunkline.Http2.Scheduling;

/// <summary>What can stand in a <see cref="ReadyQueue{T}"/>: it carries its own link, so that queueing allocates nothing.</summary>
internal interface IReadyItem<T>
    where T : class, IReadyItem<T>
{
    T? NextReady { get; set; }

    bool IsReady { get; set; }
}

/// <summary>
/// Who writes next: first in, first out, one quantum each and back to the end, so that equals get equal turns. An item stands in it once at most.
/// Owned by the output gate.
/// </summary>
internal sealed class ReadyQueue<T>
    where T : class, IReadyItem<T>
{
    private T? _first;
    private T? _last;

    public bool IsEmpty => _first is null;

    public void Enqueue(T item)
    {
        if (item.IsReady)
        {
            return;
        }

        item.IsReady = true;
        item.NextReady = null;
        if (_last is null)
        {
            _first = item;
        }
        else
        {
            _last.NextReady = item;
        }

        _last = item;
    }

    public T? Dequeue()
    {
        T? item = _first;
        if (item is null)
        {
            return null;
        }

        _first = item.NextReady;
        if (_first is null)
        {
            _last = null;
        }

        item.NextReady = null;
        item.IsReady = false;
        return item;
    }
}
