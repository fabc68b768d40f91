namespace Trunkline.Http2.Hpack;

/// <summary>
/// Finds entries by name, and by name and value, newest first. Entries leave in the order in which they came, as they do in HPACK's dynamic table
/// (RFC 7541 2.3.2), and that makes removal free: chains run from new to old by sequence number, and a walk ends at the first number that has left.
/// </summary>
internal sealed class EntryIndex
{
    private const int InitialSlots = 16;

    // Slot and both heads are reached by the low bits of a sequence number or hash; all lengths are the same power of two.
    private Slot[] _slots = new Slot[InitialSlots];
    private int[] _nameHeads = new int[InitialSlots];
    private int[] _fieldHeads = new int[InitialSlots];

    // Sequence numbers of live entries are [_next - Count, _next). They start at 1, so that 0 in an empty head has left already.
    private int _next = 1;

    public int Count { get; private set; }

    /// <summary>The entry that came last but <paramref name="age"/>.</summary>
    public HpackEntry this[int age] => _slots[(_next - 1 - age) & (_slots.Length - 1)].Entry!;

    public void Add(HpackEntry entry)
    {
        if (Count == _slots.Length)
        {
            Grow();
        }

        Link(entry, FieldHash.Of(entry.Name, entry.Value));
        Count++;
    }

    /// <summary>Forgets the oldest entry.</summary>
    public void RemoveOldest()
    {
        _slots[(_next - Count) & (_slots.Length - 1)].Entry = null;
        Count--;
    }

    /// <summary>The age of the newest entry with this name and value; 0 is the newest of all, -1 means none.</summary>
    public int FindField(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, in FieldHash hash)
    {
        int mask = _slots.Length - 1;
        int sequence = _fieldHeads[hash.Field & mask];
        while (IsLive(sequence))
        {
            ref Slot slot = ref _slots[sequence & mask];
            if (slot.Hash.Field == hash.Field && slot.Entry!.Value.AsSpan().SequenceEqual(value) && slot.Entry.Name.AsSpan().SequenceEqual(name))
            {
                return _next - 1 - sequence;
            }

            sequence = slot.OlderField;
        }

        return -1;
    }

    /// <summary>The age of the newest entry with this name; 0 is the newest of all, -1 means none.</summary>
    public int FindName(ReadOnlySpan<byte> name, in FieldHash hash)
    {
        int mask = _slots.Length - 1;
        int sequence = _nameHeads[hash.Name & mask];
        while (IsLive(sequence))
        {
            ref Slot slot = ref _slots[sequence & mask];
            if (slot.Hash.Name == hash.Name && slot.Entry!.Name.AsSpan().SequenceEqual(name))
            {
                return _next - 1 - sequence;
            }

            sequence = slot.OlderName;
        }

        return -1;
    }

    // Right also when the numbers wrap. A head left alone for 2^32 additions could look live, but then the comparison of the bytes decides, and
    // the chain behind a live entry is live or has left.
    private bool IsLive(int sequence) => (uint)(_next - 1 - sequence) < (uint)Count;

    private void Link(HpackEntry entry, in FieldHash hash)
    {
        int mask = _slots.Length - 1;
        ref int nameHead = ref _nameHeads[hash.Name & mask];
        ref int fieldHead = ref _fieldHeads[hash.Field & mask];
        _slots[_next & mask] = new Slot { Entry = entry, Hash = hash, OlderName = nameHead, OlderField = fieldHead };
        nameHead = _next;
        fieldHead = _next;
        _next++;
    }

    private void Grow()
    {
        Slot[] old = _slots;
        int first = _next - Count;
        _slots = new Slot[old.Length * 2];
        _nameHeads = new int[_slots.Length];
        _fieldHeads = new int[_slots.Length];
        _next = first;

        // An empty head must not look live; 0 does once the numbers have wrapped, so it gets the number before the oldest.
        Array.Fill(_nameHeads, first - 1);
        Array.Fill(_fieldHeads, first - 1);
        for (int i = 0; i < Count; i++)
        {
            ref Slot slot = ref old[(first + i) & (old.Length - 1)];
            Link(slot.Entry!, slot.Hash);
        }
    }

    private struct Slot
    {
        public HpackEntry? Entry;
        public FieldHash Hash;
        public int OlderName;
        public int OlderField;
    }
}
