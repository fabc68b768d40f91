using System.Diagnostics;

namespace Trunkline.Http2.Hpack;

/// <summary>
/// The decoder's dynamic table (RFC 7541 2.3.2): a ring of entries, newest first, that evicts from the old end to stay within its capacity.
/// </summary>
internal sealed class DynamicTable(int capacity)
{
    private HpackEntry?[] _ring = new HpackEntry?[16];
    private int _newest = -1;

    /// <summary>The most that <see cref="Size"/> may reach, in bytes as RFC 7541 4.1 counts them.</summary>
    public int Capacity { get; private set; } = capacity;

    /// <summary>The sum of the entries' sizes. Invariant: never above <see cref="Capacity"/>.</summary>
    public int Size { get; private set; }

    public int Count { get; private set; }

    /// <summary>An entry by its age: 0 is the newest, which the wire calls 62.</summary>
    public HpackEntry this[int age]
    {
        get
        {
            Debug.Assert((uint)age < (uint)Count, "The decoder checks the index first.");
            return _ring[(_newest - age) & (_ring.Length - 1)]!;
        }
    }

    /// <summary>Whether an entry of this size can be added; one that cannot empties the table instead (RFC 7541 4.4).</summary>
    public bool Fits(int entrySize) => entrySize <= Capacity;

    /// <summary>Evicts until an entry of this size fits beside the others; everything, when it never will.</summary>
    public void MakeRoom(int entrySize)
    {
        while (Count > 0 && Size > Capacity - entrySize)
        {
            EvictOldest();
        }
    }

    /// <summary>Adds an entry for which <see cref="MakeRoom"/> has made room.</summary>
    public void Add(HpackEntry entry)
    {
        Debug.Assert(Size + entry.Size <= Capacity, "MakeRoom comes first.");
        if (Count == _ring.Length)
        {
            Grow();
        }

        _newest = (_newest + 1) & (_ring.Length - 1);
        _ring[_newest] = entry;
        Count++;
        Size += entry.Size;
    }

    /// <summary>Changes the capacity and evicts what no longer fits (RFC 7541 4.3).</summary>
    public void Resize(int newCapacity)
    {
        Capacity = newCapacity;
        MakeRoom(entrySize: 0);
    }

    private void EvictOldest()
    {
        ref HpackEntry? oldest = ref _ring[(_newest - Count + 1) & (_ring.Length - 1)];
        Size -= oldest!.Size;
        oldest = null;
        Count--;
    }

    private void Grow()
    {
        var larger = new HpackEntry?[_ring.Length * 2];
        for (int age = 0; age < Count; age++)
        {
            larger[Count - 1 - age] = this[age];
        }

        _ring = larger;
        _newest = Count - 1;
    }
}
