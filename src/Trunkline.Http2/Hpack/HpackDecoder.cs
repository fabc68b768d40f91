using System.Runtime.InteropServices;

namespace Trunkline.Http2.Hpack;

/// <summary>
/// Decodes header blocks (RFC 7541 3). A block is fed fragment by fragment as HEADERS and CONTINUATION bring it, cut anywhere, and shows each field
/// to a sink as soon as it is whole; the compressed block is never gathered. Fields out of a table cost no allocation and no copy.
/// </summary>
/// <remarks>
/// Once the list is above its limit (name, value and 32 bytes for each field, RFC 9113 6.5.2) the rest is decoded for the table's sake alone and no
/// longer shown. Above <see cref="FarAbove"/> times the limit the connection ends: whoever sends that is not mistaken.
/// </remarks>
internal sealed class HpackDecoder(int tableSizeLimit, int listSizeLimit)
{
    /// <summary>How many times the list limit ends the connection instead of the request.</summary>
    public const int FarAbove = 4;

    private const int InitialOctets = 256;

    // A block with large literals leaves a large buffer behind; above this it is not worth keeping for the next block.
    private const int KeptOctets = 4096;

    // The encoder begins with the protocol's initial size and says so when it uses more (RFC 7541 4.2).
    private readonly DynamicTable _table = new(Math.Min(tableSizeLimit, HpackEncoder.InitialTableSize));
    private readonly long _hardLimit = (long)FarAbove * listSizeLimit;

    // The state between two bytes of a block.
    private Stage _stage;
    private PrefixIntegerReader _integer;
    private HuffmanDecoder _huffman;
    private Literal _literal;
    private int _stringLeft;
    private bool _isHuffman;
    private byte[] _octets = new byte[InitialOctets];
    private int _octetCount;

    // The state of the block as a whole.
    private bool _fieldSeen;
    private int _tableSizesSeen;
    private long _listSize;

    // Lowered limits that the encoder has not answered with a table size update yet; the smallest counts (RFC 7541 4.2).
    private int _tableSizeLimit = tableSizeLimit;
    private int? _reductionDue;

    private enum Stage : byte
    {
        Representation,
        IndexedField,
        LiteralName,
        TableSize,
        NameStart,
        NameLength,
        Name,
        ValueStart,
        ValueLength,
        Value,
    }

    /// <summary>Whether the block at hand passed the list limit, so that its sink has not seen all of it. True until the next block begins.</summary>
    public bool IsListTooLarge => _listSize > listSizeLimit;

    /// <summary>The size of the block at hand as SETTINGS_MAX_HEADER_LIST_SIZE counts it, in bytes.</summary>
    public long ListSize => _listSize;

    /// <summary>The dynamic table, for diagnostics and tests.</summary>
    public DynamicTable Table => _table;

    /// <summary>Applies this side's SETTINGS_HEADER_TABLE_SIZE, once the peer has acknowledged it.</summary>
    public void SetTableSizeLimit(int limit)
    {
        _tableSizeLimit = limit;
        if (limit < _table.Capacity)
        {
            _reductionDue = Math.Min(limit, _reductionDue ?? int.MaxValue);
        }
    }

    /// <summary>Forgets the counts of the last block; to be called before each block's first fragment.</summary>
    public void BeginBlock()
    {
        _listSize = 0;
        _fieldSeen = false;
        _tableSizesSeen = 0;
    }

    /// <summary>Decodes one fragment.</summary>
    /// <param name="fragment">The bytes; lent until return.</param>
    /// <param name="endOfBlock">Whether END_HEADERS stood on the frame.</param>
    /// <param name="sink">Takes the fields.</param>
    /// <returns>None, or a connection error after which the decoder must not be used again.</returns>
    public Http2Error Decode(ReadOnlySpan<byte> fragment, bool endOfBlock, IFieldSink sink)
    {
        HpackFault fault = HpackFault.None;
        while (fault == HpackFault.None && !fragment.IsEmpty)
        {
            fault = _stage switch
            {
                Stage.Representation => ReadRepresentation(ref fragment, sink),
                Stage.Name or Stage.Value => ReadOctets(ref fragment, sink),
                Stage.NameStart or Stage.ValueStart => ReadStringStart(ref fragment, sink),
                _ => ReadInteger(ref fragment, sink),
            };
        }

        if (fault == HpackFault.None && endOfBlock)
        {
            fault = EndBlock();
        }

        return fault.ToError();
    }

    private HpackFault EndBlock()
    {
        if (_octets.Length > KeptOctets)
        {
            _octets = new byte[InitialOctets];
        }

        return _stage == Stage.Representation ? HpackFault.None : HpackFault.BlockCutOff;
    }

    // 1xxxxxxx indexed field (RFC 7541 6.1); 01xxxxxx literal with incremental indexing (6.2.1); 001xxxxx table size (6.3);
    // 0001xxxx literal never indexed (6.2.3); 0000xxxx literal without indexing (6.2.2).
    private HpackFault ReadRepresentation(ref ReadOnlySpan<byte> fragment, IFieldSink sink)
    {
        byte first = fragment[0];
        fragment = fragment[1..];
        if ((first & 0xE0) == 0x20)
        {
            return _fieldSeen ? HpackFault.TableSizeInsideBlock : BeginInteger(first, prefixBits: 5, Stage.TableSize, sink);
        }

        if (!_fieldSeen)
        {
            _fieldSeen = true;
            if (_reductionDue is not null)
            {
                return HpackFault.TableSizeNotReduced;
            }
        }

        if ((first & 0x80) != 0)
        {
            return BeginInteger(first, prefixBits: 7, Stage.IndexedField, sink);
        }

        _octetCount = 0;
        _literal = new Literal { Indexing = (first & 0x40) != 0 ? Indexing.Incremental : (first & 0x10) != 0 ? Indexing.Never : Indexing.Without };
        return BeginInteger(first, prefixBits: (first & 0x40) != 0 ? 6 : 4, Stage.LiteralName, sink);
    }

    // The length of a string: H bit, 7-bit prefix (RFC 7541 5.2).
    private HpackFault ReadStringStart(ref ReadOnlySpan<byte> fragment, IFieldSink sink)
    {
        byte first = fragment[0];
        fragment = fragment[1..];
        _isHuffman = (first & 0x80) != 0;
        _huffman = default;
        return BeginInteger(first, prefixBits: 7, _stage == Stage.NameStart ? Stage.NameLength : Stage.ValueLength, sink);
    }

    private HpackFault BeginInteger(byte first, int prefixBits, Stage stage, IFieldSink sink)
    {
        _stage = stage;
        return _integer.Begin(first, prefixBits) == PrefixIntegerResult.Complete ? TakeInteger(sink) : HpackFault.None;
    }

    private HpackFault ReadInteger(ref ReadOnlySpan<byte> fragment, IFieldSink sink)
    {
        PrefixIntegerResult result = _integer.Continue(fragment[0]);
        fragment = fragment[1..];
        return result switch
        {
            PrefixIntegerResult.Incomplete => HpackFault.None,
            PrefixIntegerResult.Complete => TakeInteger(sink),
            _ => HpackFault.IntegerTooLarge,
        };
    }

    private HpackFault TakeInteger(IFieldSink sink) => _stage switch
    {
        Stage.IndexedField => TakeIndexedField(_integer.Value, sink),
        Stage.LiteralName => TakeLiteralName(_integer.Value),
        Stage.TableSize => TakeTableSize(_integer.Value),
        _ => TakeStringLength(_integer.Value, sink),
    };

    private HpackFault TakeIndexedField(int index, IFieldSink sink)
    {
        HpackFault fault = Find(index, out HpackEntry? entry);
        if (fault != HpackFault.None)
        {
            return fault;
        }

        _stage = Stage.Representation;
        return Show(entry!, isStatic: index <= StaticTable.Count, sink);
    }

    private HpackFault TakeLiteralName(int index)
    {
        if (index == 0)
        {
            _stage = Stage.NameStart;
            return HpackFault.None;
        }

        _stage = Stage.ValueStart;
        return Find(index, out _literal.NameEntry);
    }

    private HpackFault TakeTableSize(int size)
    {
        _stage = Stage.Representation;
        if (++_tableSizesSeen > 2)
        {
            return HpackFault.TooManyTableSizes;
        }

        if (size > _tableSizeLimit)
        {
            return HpackFault.TableSizeAboveLimit;
        }

        if (size <= _reductionDue)
        {
            _reductionDue = null;
        }

        _table.Resize(size);
        return HpackFault.None;
    }

    // Bounds the octets buffer: what the string can decode to is reserved before the first octet is read.
    private HpackFault TakeStringLength(int length, IFieldSink sink)
    {
        if (length > _hardLimit)
        {
            return HpackFault.StringTooLong;
        }

        _stringLeft = length;
        _stage = _stage == Stage.NameLength ? Stage.Name : Stage.Value;
        return length == 0 ? TakeString(sink) : HpackFault.None;
    }

    private HpackFault ReadOctets(ref ReadOnlySpan<byte> fragment, IFieldSink sink)
    {
        ReadOnlySpan<byte> piece = fragment[..Math.Min(_stringLeft, fragment.Length)];
        fragment = fragment[piece.Length..];
        _stringLeft -= piece.Length;
        if (!TryAppendOctets(piece))
        {
            return HpackFault.HuffmanEndOfString;
        }

        return _stringLeft > 0 ? HpackFault.None : TakeString(sink);
    }

    private bool TryAppendOctets(ReadOnlySpan<byte> piece)
    {
        int room = _isHuffman ? HuffmanDecoder.MaxDecodedLength(piece.Length) : piece.Length;
        if (_octets.Length - _octetCount < room)
        {
            Array.Resize(ref _octets, Math.Max(_octets.Length * 2, _octetCount + room));
        }

        int written = piece.Length;
        if (!_isHuffman)
        {
            piece.CopyTo(_octets.AsSpan(_octetCount));
        }
        else if (!_huffman.TryDecode(piece, _octets.AsSpan(_octetCount), out written))
        {
            return false;
        }

        _octetCount += written;
        return true;
    }

    private HpackFault TakeString(IFieldSink sink)
    {
        if (_isHuffman && !_huffman.MayEnd)
        {
            return HpackFault.HuffmanPadding;
        }

        if (_stage == Stage.Value)
        {
            _stage = Stage.Representation;
            return TakeLiteral(sink);
        }

        _literal.NameLength = _octetCount;
        _stage = Stage.ValueStart;
        return HpackFault.None;
    }

    private HpackFault TakeLiteral(IFieldSink sink)
    {
        ReadOnlySpan<byte> name = _literal.NameEntry is { } entry ? entry.Name : _octets.AsSpan(0, _literal.NameLength);
        ReadOnlySpan<byte> value = _octets.AsSpan(_literal.NameLength, _octetCount - _literal.NameLength);
        FieldName known = _literal.NameEntry?.Known ?? FieldNames.Find(name);
        if (_literal.Indexing == Indexing.Incremental)
        {
            int size = name.Length + value.Length + HpackEntry.Overhead;
            _table.MakeRoom(size);
            if (_table.Fits(size))
            {
                var added = new HpackEntry(known, _literal.NameEntry?.Name ?? name.ToArray(), value.ToArray());
                _table.Add(added);
                return Show(added, isStatic: false, sink);
            }
        }

        HpackFault fault = Count(name.Length, value.Length);
        if (fault == HpackFault.None && !IsListTooLarge)
        {
            sink.OnLiteral(known, name, value, neverIndexed: _literal.Indexing == Indexing.Never);
        }

        return fault;
    }

    private HpackFault Show(HpackEntry entry, bool isStatic, IFieldSink sink)
    {
        HpackFault fault = Count(entry.Name.Length, entry.Value.Length);
        if (fault == HpackFault.None && !IsListTooLarge)
        {
            sink.OnEntry(entry, isStatic);
        }

        return fault;
    }

    private HpackFault Count(int nameLength, int valueLength)
    {
        _listSize += nameLength + valueLength + HpackEntry.Overhead;
        return _listSize > _hardLimit ? HpackFault.ListFarTooLarge : HpackFault.None;
    }

    private HpackFault Find(int index, out HpackEntry? entry)
    {
        entry = null;
        if (index <= StaticTable.Count)
        {
            entry = index == 0 ? null : StaticTable.Get(index);
            return index == 0 ? HpackFault.IndexZero : HpackFault.None;
        }

        int age = index - StaticTable.Count - 1;
        if (age >= _table.Count)
        {
            return HpackFault.IndexBeyondTable;
        }

        entry = _table[age];
        return HpackFault.None;
    }

    // The literal at hand. Its name is an entry's, or the first octets; its value the octets behind. The reference outlives an eviction of the
    // named entry by this very literal (RFC 7541 4.4).
    [StructLayout(LayoutKind.Auto)]
    private struct Literal
    {
        public Indexing Indexing;
        public HpackEntry? NameEntry;
        public int NameLength;
    }
}
