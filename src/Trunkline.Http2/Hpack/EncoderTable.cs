namespace Trunkline.Http2.Hpack;

/// <summary>The encoder's copy of the peer's dynamic table (RFC 7541 2.3.2), which it can search.</summary>
internal sealed class EncoderTable(int capacity)
{
    private readonly EntryIndex _index = new();

    /// <summary>The most that <see cref="Size"/> may reach, in bytes as RFC 7541 4.1 counts them.</summary>
    public int Capacity { get; private set; } = capacity;

    /// <summary>The sum of the entries' sizes. Invariant: never above <see cref="Capacity"/>.</summary>
    public int Size { get; private set; }

    /// <summary>Grows whenever an index may have changed its meaning; bytes that refer to the table hold for one version.</summary>
    public long Version { get; private set; }

    /// <summary>The index on the wire of an entry with this name and value; 0 when there is none.</summary>
    public int FindField(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, in FieldHash hash) => ToWire(_index.FindField(name, value, hash));

    /// <summary>The index on the wire of an entry with this name; 0 when there is none.</summary>
    public int FindName(ReadOnlySpan<byte> name, in FieldHash hash) => ToWire(_index.FindName(name, hash));

    /// <summary>Adds a field of which the peer is told to do the same, and evicts as it will (RFC 7541 4.4).</summary>
    public void Add(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        Version++;
        int size = name.Length + value.Length + HpackEntry.Overhead;
        Evict(Capacity - size);
        if (size <= Capacity)
        {
            _index.Add(new HpackEntry(FieldName.Other, name.ToArray(), value.ToArray()));
            Size += size;
        }
    }

    /// <summary>Changes the capacity and evicts what no longer fits (RFC 7541 4.3).</summary>
    public void Resize(int newCapacity)
    {
        Version++;
        Capacity = newCapacity;
        Evict(newCapacity);
    }

    private void Evict(int sizeLeft)
    {
        while (_index.Count > 0 && Size > sizeLeft)
        {
            Size -= _index[_index.Count - 1].Size;
            _index.RemoveOldest();
        }
    }

    private static int ToWire(int age) => age < 0 ? 0 : StaticTable.Count + 1 + age;
}
