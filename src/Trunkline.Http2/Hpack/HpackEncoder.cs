namespace Trunkline.Http2.Hpack;

/// <summary>
/// Encodes header blocks (RFC 7541 3): <see cref="BeginBlock"/>, any number of fields, <see cref="EndBlock"/>. The bytes stay in the encoder until
/// the next block begins; the caller cuts them into HEADERS and CONTINUATION. Owned by the output gate, since the order of blocks on the wire is the
/// order in which the peer's table changes.
/// </summary>
internal sealed class HpackEncoder
{
    /// <summary>SETTINGS_HEADER_TABLE_SIZE before any SETTINGS (RFC 9113 6.5.2), in bytes.</summary>
    public const int InitialTableSize = 4096;

    // The part of the table that an entry may take which stands there for its name alone: 128 bytes of the usual 4,096.
    private const int NameShare = 32;

    private const int InitialBlock = 256;

    // A block with large fields leaves a large buffer behind; above this it is not worth keeping for the next block.
    private const int KeptBlock = 16 * 1024;

    private readonly int _ownLimit;
    private readonly EncoderTable _table = new(InitialTableSize);
    private readonly PreparedEncodings _prepared = new();
    private readonly IndexingPolicy _policy = new();
    private byte[] _block = new byte[InitialBlock];
    private int _length;

    // What the peer allows by now, and the least that it allowed since the last block: both must be announced (RFC 7541 4.2).
    private int _wantedCapacity;
    private int _smallestCapacity;

    /// <summary>Makes an encoder.</summary>
    /// <param name="ownLimit">The most bytes of table that this side uses, whatever the peer allows.</param>
    public HpackEncoder(int ownLimit = InitialTableSize)
    {
        _ownLimit = ownLimit;
        _wantedCapacity = Math.Min(ownLimit, InitialTableSize);
        _smallestCapacity = _wantedCapacity;
    }

    /// <summary>The table that the peer keeps for this side, for diagnostics and tests.</summary>
    public EncoderTable Table => _table;

    /// <summary>Applies the peer's SETTINGS_HEADER_TABLE_SIZE; the next block announces what follows from it.</summary>
    /// <param name="limit">The setting's value, in bytes.</param>
    public void SetPeerTableSize(uint limit)
    {
        _wantedCapacity = (int)Math.Min(limit, (uint)_ownLimit);
        _smallestCapacity = Math.Min(_smallestCapacity, _wantedCapacity);
    }

    /// <summary>Starts a block, with the table size updates that are due.</summary>
    public void BeginBlock()
    {
        _length = 0;
        if (_block.Length > KeptBlock)
        {
            _block = new byte[InitialBlock];
        }

        if (_smallestCapacity < Math.Min(_table.Capacity, _wantedCapacity))
        {
            WriteTableSize(_smallestCapacity);
        }

        if (_wantedCapacity != _table.Capacity)
        {
            WriteTableSize(_wantedCapacity);
        }

        _smallestCapacity = _wantedCapacity;
    }

    /// <summary>The block's bytes, valid until the next block begins.</summary>
    public ReadOnlySpan<byte> EndBlock() => _block.AsSpan(0, _length);

    /// <summary>Adds prepared fields: one copy while the table has not moved since they were last encoded.</summary>
    public void Write(PreparedFields prepared)
    {
        long version = _table.Version;
        if (_prepared.TryGet(prepared, version, out ReadOnlySpan<byte> known))
        {
            known.CopyTo(Reserve(known.Length));
            _length += known.Length;
            return;
        }

        int start = _length;
        Write(prepared.Fields, comesAgain: true);
        if (version == _table.Version)
        {
            _prepared.Keep(prepared, version, _block.AsSpan(start, _length - start));
        }
    }

    /// <summary>Adds fields.</summary>
    public void Write(FieldSection fields) => Write(fields, comesAgain: false);

    /// <summary>Adds a field, in the shortest form that its policy and the tables allow.</summary>
    /// <param name="name">The name, lower case.</param>
    /// <param name="value">The value.</param>
    /// <param name="indexing">Whether it may enter the table.</param>
    public void Write(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, Indexing indexing) => Write(name, value, indexing, comesAgain: false);

    private void Write(FieldSection fields, bool comesAgain)
    {
        for (int i = 0; i < fields.Count; i++)
        {
            Write(fields.Name(i), fields.Value(i), fields.Policy(i), comesAgain);
        }
    }

    private void Write(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, Indexing indexing, bool comesAgain)
    {
        FieldHash hash = FieldHash.Of(name, value);
        if (indexing == Indexing.Automatic)
        {
            indexing = Decide(name, value, hash, comesAgain);
        }

        if (indexing != Indexing.Never && FindField(name, value, hash) is var index and not 0)
        {
            // RFC 7541 6.1: 1xxxxxxx
            WriteInteger(0x80, prefixBits: 7, index);
            return;
        }

        int nameIndex = StaticTable.FindName(name, hash) is var found and not 0 ? found : _table.FindName(name, hash);
        if (EntersTable(indexing, nameIndex, name, value))
        {
            // RFC 7541 6.2.1: 01xxxxxx
            WriteLiteral(0x40, prefixBits: 6, nameIndex, name, value);
            _table.Add(name, value);
            return;
        }

        // RFC 7541 6.2.2 and 6.2.3: 0000xxxx, and 0001xxxx for secrets
        WriteLiteral(indexing == Indexing.Never ? (byte)0x10 : (byte)0, prefixBits: 4, nameIndex, name, value);
    }

    private Indexing Decide(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, in FieldHash hash, bool comesAgain)
    {
        int staticName = StaticTable.FindName(name, hash);
        return !comesAgain ? _policy.Decide(staticName, value, hash.Field)
            : IndexingPolicy.IsSecret(staticName, value) ? Indexing.Never
            : Indexing.Incremental;
    }

    private int FindField(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, in FieldHash hash) =>
        StaticTable.FindField(name, value, hash) is var index and not 0 ? index : _table.FindField(name, value, hash);

    // One field must not push most of the others out: half of the table at the most. A field whose value changes from call to call enters once all the
    // same while its value is short, for the sake of its name: `grpc-timeout` is then 7 bytes a call instead of 16.
    private bool EntersTable(Indexing indexing, int nameIndex, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value) => indexing switch
    {
        Indexing.Incremental => name.Length + value.Length + HpackEntry.Overhead <= _table.Capacity / 2,
        Indexing.Without => nameIndex == 0 && name.Length + value.Length + HpackEntry.Overhead <= _table.Capacity / NameShare,
        _ => false,
    };

    private void WriteTableSize(int size)
    {
        // RFC 7541 6.3: 001xxxxx
        WriteInteger(0x20, prefixBits: 5, size);
        _table.Resize(size);
    }

    private void WriteLiteral(byte pattern, int prefixBits, int nameIndex, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        WriteInteger(pattern, prefixBits, nameIndex);
        if (nameIndex == 0)
        {
            WriteString(name);
        }

        WriteString(value);
    }

    private void WriteInteger(byte pattern, int prefixBits, int value) =>
        _length += PrefixInteger.Write(Reserve(PrefixInteger.MaxLength), pattern, prefixBits, value);

    // RFC 7541 5.2: H, 7-bit length, octets; Huffman only when that is shorter.
    private void WriteString(ReadOnlySpan<byte> octets)
    {
        int huffmanLength = HuffmanEncoder.EncodedLength(octets);
        if (huffmanLength < octets.Length)
        {
            WriteInteger(0x80, prefixBits: 7, huffmanLength);
            _length += HuffmanEncoder.Encode(octets, Reserve(huffmanLength));
            return;
        }

        WriteInteger(0, prefixBits: 7, octets.Length);
        octets.CopyTo(Reserve(octets.Length));
        _length += octets.Length;
    }

    private Span<byte> Reserve(int length)
    {
        if (_block.Length - _length < length)
        {
            Array.Resize(ref _block, Math.Max(_block.Length * 2, _length + length));
        }

        return _block.AsSpan(_length);
    }
}
