using System.Text;
using Trunkline.Http2;

namespace Trunkline.Fuzz.Hpack;

/// <summary>A decoded field.</summary>
internal readonly record struct ReferenceField(string Name, string Value, bool IsNeverIndexed);

/// <summary>What a block decodes to.</summary>
/// <param name="Fields">The fields up to the error or the list limit.</param>
/// <param name="Code">NO_ERROR, or what ends the connection.</param>
/// <param name="ListSize">Name, value and 32 for each field, those that are not shown included.</param>
internal sealed record ReferenceBlock(IReadOnlyList<ReferenceField> Fields, Http2ErrorCode Code, long ListSize);

/// <summary>
/// RFC 7541 as slowly and plainly as it can be written: whole blocks, strings for octets (Latin-1), a list for the table. It shares nothing with the
/// engine's decoder but the numbers of its limits.
/// </summary>
internal sealed class ReferenceDecoder(int tableLimit, long listLimit)
{
    // The engine gives up on a list, or a coded string, of more than four times the limit.
    private readonly long _hardLimit = 4 * listLimit;

    private readonly List<ReferenceField> _fields = [];
    private byte[] _block = [];
    private int _at;
    private long _listSize;
    private int _limit = tableLimit;
    private int? _owedReduction;

    /// <summary>The dynamic table, newest first.</summary>
    public List<(string Name, string Value)> Table { get; } = [];

    /// <summary>What the entries' sizes may add up to.</summary>
    public int Capacity { get; private set; } = Math.Min(tableLimit, 4096);

    /// <summary>Sum of name, value and 32 for each entry (4.1).</summary>
    public int Size => Table.Sum(entry => entry.Name.Length + entry.Value.Length + 32);

    /// <summary>Takes what happened, one word each.</summary>
    public Action<string>? Observe { get; set; }

    /// <summary>SETTINGS_HEADER_TABLE_SIZE was acknowledged. Below the table's size, the next block has to begin with a reduction (4.2).</summary>
    public void SetTableLimit(int limit)
    {
        _limit = limit;
        if (limit < Capacity)
        {
            _owedReduction = Math.Min(limit, _owedReduction ?? limit);
        }
    }

    /// <summary>Decodes a block. After an error the decoder is of no use any more.</summary>
    public ReferenceBlock Decode(byte[] block)
    {
        _fields.Clear();
        _listSize = 0;
        _block = block;
        _at = 0;
        Http2ErrorCode code = Http2ErrorCode.NoError;
        try
        {
            ReadSizeUpdates();
            while (_at < _block.Length)
            {
                ReadField();
            }
        }
        catch (FaultException fault)
        {
            code = fault.Code;
            Observe?.Invoke(fault.Message);
        }

        return new ReferenceBlock([.. _fields], code, _listSize);
    }

    private void ReadSizeUpdates()
    {
        for (int count = 1; _at < _block.Length && (_block[_at] & 0b1110_0000) == 0b0010_0000; count++)
        {
            int size = ReadInteger(5);
            Check(count <= 2, "three size updates");
            Check(size <= _limit, "size update above the limit");
            _owedReduction = size <= _owedReduction ? null : _owedReduction;
            Capacity = size;
            Evict(0);
            Observe?.Invoke(size == 0 ? "size 0" : "size");
        }

        Check(_at == _block.Length || _owedReduction is null, "reduction missing");
    }

    private void ReadField()
    {
        byte first = _block[_at];
        if ((first & 0b1000_0000) != 0)
        {
            int index = ReadInteger(7);
            (string name, string value) = Entry(index);
            Observe?.Invoke(index <= 61 ? "indexed static" : "indexed dynamic");
            Show(name, value, never: false);
            return;
        }

        Check((first & 0b1110_0000) != 0b0010_0000, "size update behind a field");
        bool isAdded = (first & 0b0100_0000) != 0;
        bool isNever = (first & 0b1111_0000) == 0b0001_0000;
        int nameIndex = ReadInteger(isAdded ? 6 : 4);
        string fieldName = nameIndex == 0 ? ReadString() : Entry(nameIndex).Name;
        string fieldValue = ReadString();
        bool isKept = isAdded && Add(fieldName, fieldValue);
        Observe?.Invoke($"literal {(isAdded ? "added" : isNever ? "never" : "plain")} {(nameIndex == 0 ? "new" : nameIndex <= 61 ? "static" : "dynamic")} {isKept}");
        Show(fieldName, fieldValue, isNever);
    }

    private void Show(string name, string value, bool never)
    {
        _listSize += name.Length + value.Length + 32;
        if (_listSize > _hardLimit)
        {
            throw new FaultException(Http2ErrorCode.EnhanceYourCalm, "list far too large");
        }

        if (_listSize <= listLimit)
        {
            _fields.Add(new ReferenceField(name, value, never));
        }
        else
        {
            Observe?.Invoke("list too large");
        }
    }

    private bool Add(string name, string value)
    {
        int size = name.Length + value.Length + 32;
        int before = Table.Count;
        Evict(size);
        Observe?.Invoke(Table.Count == before ? "room" : Table.Count == 0 ? "emptied" : "evicted");
        bool fits = size <= Capacity;
        if (fits)
        {
            Table.Insert(0, (name, value));
        }

        return fits;
    }

    private void Evict(int needed)
    {
        while (Table.Count > 0 && Size + needed > Capacity)
        {
            Table.RemoveAt(Table.Count - 1);
        }
    }

    private (string Name, string Value) Entry(int index)
    {
        Check(index > 0, "index 0");
        Check(index <= 61 + Table.Count, "index beyond the table");
        return index <= 61 ? ReferenceStaticTable.Entries[index - 1] : Table[index - 62];
    }

    // 5.1. The engine takes nothing above 2^31-1 and no more than five bytes behind the prefix.
    private int ReadInteger(int prefixBits)
    {
        int mask = (1 << prefixBits) - 1;
        long value = Next() & mask;
        if (value < mask)
        {
            return (int)value;
        }

        for (int shift = 0; ; shift += 7)
        {
            byte next = Next();
            value += (long)(next & 0x7F) << shift;
            Check(value <= int.MaxValue, "integer too large");
            if ((next & 0x80) == 0)
            {
                return (int)value;
            }

            Check(shift < 28, "integer too long");
        }
    }

    // 5.2
    private string ReadString()
    {
        bool isCoded = _at < _block.Length && (_block[_at] & 0x80) != 0;
        int length = ReadInteger(7);
        if (length > _hardLimit)
        {
            throw new FaultException(Http2ErrorCode.EnhanceYourCalm, "string far too long");
        }

        Check(length <= _block.Length - _at, "string cut off");
        byte[] octets = _block[_at..(_at + length)];
        _at += length;
        if (isCoded)
        {
            octets = ReferenceHuffman.Decode(octets) ?? throw new FaultException(Http2ErrorCode.CompressionError, "Huffman");
            Observe?.Invoke("Huffman string");
        }

        return Encoding.Latin1.GetString(octets);
    }

    private byte Next()
    {
        Check(_at < _block.Length, "block cut off");
        return _block[_at++];
    }

    private static void Check(bool holds, string fault)
    {
        if (!holds)
        {
            throw new FaultException(Http2ErrorCode.CompressionError, fault);
        }
    }

    private sealed class FaultException(Http2ErrorCode code, string message) : Exception(message)
    {
        public Http2ErrorCode Code { get; } = code;
    }
}
