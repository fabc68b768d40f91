using System.Runtime.InteropServices;
using Trunkline.Http2.Hpack;

namespace Trunkline.Http2.Fields;

/// <summary>
/// Where a header block gathers while it is decoded. One per connection, used again for each block: fields out of a table are kept by reference,
/// literals are copied into one array.
/// </summary>
internal sealed class FieldBuffer : IFieldSink
{
    private byte[] _bytes = new byte[512];
    private Slot[] _slots = new Slot[16];
    private object? _scratch;
    private int _used;

    public int Count { get; private set; }

    public Field this[int index]
    {
        get
        {
            ref Slot slot = ref _slots.AsSpan(0, Count)[index];
            return slot.Entry is { } entry
                ? new Field(entry.Known, entry.Name, entry.Value, ref slot.IsStatic ? ref Scratch() : ref entry.Tag)
                : new Field(
                    slot.Known,
                    _bytes.AsSpan(slot.Start, slot.NameLength),
                    _bytes.AsSpan(slot.Start + slot.NameLength, slot.ValueLength),
                    ref Scratch());
        }
    }

    public void Clear()
    {
        Array.Clear(_slots, 0, Count);
        Count = 0;
        _used = 0;
    }

    public void OnEntry(HpackEntry entry, bool isStatic) => NextSlot() = new Slot { Entry = entry, IsStatic = isStatic };

    public void OnLiteral(FieldName known, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, bool neverIndexed)
    {
        int length = name.Length + value.Length;
        if (_bytes.Length - _used < length)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _used + length));
        }

        name.CopyTo(_bytes.AsSpan(_used));
        value.CopyTo(_bytes.AsSpan(_used + name.Length));
        NextSlot() = new Slot { Known = known, Start = _used, NameLength = name.Length, ValueLength = value.Length };
        _used += length;
    }

    private ref Slot NextSlot()
    {
        if (_slots.Length == Count)
        {
            Array.Resize(ref _slots, Count * 2);
        }

        return ref _slots[Count++];
    }

    private ref object? Scratch()
    {
        _scratch = null;
        return ref _scratch;
    }

    [StructLayout(LayoutKind.Auto)]
    private struct Slot
    {
        public HpackEntry? Entry;
        public bool IsStatic;
        public FieldName Known;
        public int Start;
        public int NameLength;
        public int ValueLength;
    }
}
