using System.Runtime.InteropServices;
using System.Text;

namespace Trunkline.Http2;

/// <summary>
/// The fields of a header block or of trailers on their way out (RFC 9110 5): an ordered list of name and value bytes in one growing array.
/// Names are lower case. The list is its creator's; writing it copies what it holds, so it can be cleared and used again at once.
/// </summary>
public sealed class FieldSection
{
    private byte[] _bytes;
    private Line[] _lines;
    private int _used;

    /// <summary>Makes an empty list.</summary>
    /// <param name="capacity">Bytes of names and values expected, 128 by default; it grows as needed.</param>
    public FieldSection(int capacity = 128)
    {
        _bytes = capacity == 0 ? [] : new byte[capacity];
        _lines = capacity == 0 ? [] : new Line[4];
    }

    /// <summary>The number of fields.</summary>
    public int Count { get; private set; }

    /// <summary>The size as SETTINGS_MAX_HEADER_LIST_SIZE counts it: name, value and 32 for each field (RFC 9113 6.5.2), in bytes.</summary>
    public int ListSize => _used + (32 * Count);

    /// <summary>Bytes of all names and values.</summary>
    internal int ByteCount => _used;

    /// <summary>Appends a field.</summary>
    /// <param name="name">The name, lower case; pseudo fields come before the others.</param>
    /// <param name="value">The value.</param>
    /// <param name="indexing">Whether the field may enter the dynamic table.</param>
    public void Add(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, Indexing indexing = Indexing.Automatic)
    {
        Span<byte> room = Append(name.Length, value.Length, indexing);
        name.CopyTo(room);
        value.CopyTo(room[name.Length..]);
    }

    /// <summary>Appends a field whose name is ASCII and whose value is written as UTF-8.</summary>
    /// <param name="name">The name, lower case.</param>
    /// <param name="value">The value.</param>
    /// <param name="indexing">Whether the field may enter the dynamic table.</param>
    public void Add(string name, string value, Indexing indexing = Indexing.Automatic)
    {
        int nameLength = Encoding.UTF8.GetByteCount(name);
        Span<byte> room = Append(nameLength, Encoding.UTF8.GetByteCount(value), indexing);
        Encoding.UTF8.GetBytes(name, room);
        Encoding.UTF8.GetBytes(value, room[nameLength..]);
    }

    /// <summary>Appends a field and lends the bytes of its value to be filled in at once.</summary>
    /// <param name="name">The name, lower case.</param>
    /// <param name="valueLength">The length of the value in bytes.</param>
    /// <param name="indexing">Whether the field may enter the dynamic table.</param>
    /// <returns>The value's bytes, valid until the next change to this list.</returns>
    public Span<byte> AddValue(ReadOnlySpan<byte> name, int valueLength, Indexing indexing)
    {
        Span<byte> room = Append(name.Length, valueLength, indexing);
        name.CopyTo(room);
        return room[name.Length..];
    }

    /// <summary>Removes all fields and keeps the memory.</summary>
    public void Clear()
    {
        _used = 0;
        Count = 0;
    }

    /// <summary>The name of a field.</summary>
    /// <param name="index">0 up to <see cref="Count"/>, exclusive.</param>
    public ReadOnlySpan<byte> Name(int index) => _bytes.AsSpan(LineAt(index).Start, LineAt(index).NameLength);

    /// <summary>The value of a field.</summary>
    /// <param name="index">0 up to <see cref="Count"/>, exclusive.</param>
    public ReadOnlySpan<byte> Value(int index) => _bytes.AsSpan(LineAt(index).Start + LineAt(index).NameLength, LineAt(index).ValueLength);

    /// <summary>The indexing of a field.</summary>
    /// <param name="index">0 up to <see cref="Count"/>, exclusive.</param>
    public Indexing Policy(int index) => LineAt(index).Indexing;

    /// <summary>Makes an independent copy.</summary>
    public FieldSection Clone()
    {
        var copy = new FieldSection(0) { Count = Count };
        copy._bytes = _bytes.AsSpan(0, _used).ToArray();
        copy._lines = _lines.AsSpan(0, Count).ToArray();
        copy._used = _used;
        return copy;
    }

    private ref readonly Line LineAt(int index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
        return ref _lines[index];
    }

    private Span<byte> Append(int nameLength, int valueLength, Indexing indexing)
    {
        int length = nameLength + valueLength;
        if (_bytes.Length - _used < length)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _used + length));
        }

        if (_lines.Length == Count)
        {
            Array.Resize(ref _lines, Math.Max(_lines.Length * 2, 4));
        }

        _lines[Count++] = new Line(_used, nameLength, valueLength, indexing);
        Span<byte> room = _bytes.AsSpan(_used, length);
        _used += length;
        return room;
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Line(int Start, int NameLength, int ValueLength, Indexing Indexing);
}
