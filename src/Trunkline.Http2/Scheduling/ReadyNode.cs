namespace Trunkline.Http2.Scheduling;

/// <summary>What can wait for a turn: it carries its own links, so that waiting allocates nothing.</summary>
internal interface IReadyItem<T>
    where T : class, IReadyItem<T>
{
    /// <summary>The stream, in whose order sequential ones are served.</summary>
    StreamId Id { get; }

    /// <summary>The item's place; touched by the scheduler alone.</summary>
    ref ReadyNode<T> Node { get; }
}

/// <summary>An item's place in a <see cref="TurnScheduler{T}"/>: in the list of its class, and in the list of all by the time they have waited.</summary>
internal struct ReadyNode<T>
    where T : class, IReadyItem<T>
{
    public ReadyLinks<T> InClass;
    public ReadyLinks<T> InAge;
    public TurnClass Class;
    public bool IsReady;
}

/// <summary>The neighbours in one list.</summary>
internal struct ReadyLinks<T>
    where T : class, IReadyItem<T>
{
    public T? Previous;
    public T? Next;
}

/// <summary>One of the two kinds of lists in which a ready item stands at once.</summary>
internal struct ReadyList<T>(bool byAge)
    where T : class, IReadyItem<T>
{
    public T? First { get; private set; }

    public T? Last { get; private set; }

    public readonly bool IsEmpty => First is null;

    public void Append(T item) => InsertBehind(Last, item);

    /// <summary>Inserts behind an item of the list, or in front where there is none.</summary>
    public void InsertBehind(T? previous, T item)
    {
        T? next = previous is null ? First : Links(previous).Next;
        Links(item) = new ReadyLinks<T> { Previous = previous, Next = next };
        SetNext(previous, item);
        SetPrevious(next, item);
    }

    public void Remove(T item)
    {
        ReadyLinks<T> links = Links(item);
        SetNext(links.Previous, links.Next);
        SetPrevious(links.Next, links.Previous);
        Links(item) = default;
    }

    public readonly T? PreviousOf(T item) => Links(item).Previous;

    private readonly ref ReadyLinks<T> Links(T item) => ref byAge ? ref item.Node.InAge : ref item.Node.InClass;

    private void SetNext(T? item, T? next)
    {
        if (item is null)
        {
            First = next;
        }
        else
        {
            Links(item).Next = next;
        }
    }

    private void SetPrevious(T? item, T? previous)
    {
        if (item is null)
        {
            Last = previous;
        }
        else
        {
            Links(item).Previous = previous;
        }
    }
}
