using System.Text;
using Trunkline.Fuzz.Running;
using Trunkline.Http2;
using Trunkline.Http2.Hpack;

namespace Trunkline.Fuzz.Hpack;

/// <summary>How a block reaches the decoder.</summary>
internal enum Cut
{
    /// <summary>Whole.</summary>
    None,

    /// <summary>Byte by byte.</summary>
    Bytes,

    /// <summary>In pieces whose lengths follow from the block.</summary>
    Random,
}

/// <summary>The engine's decoder, fed in pieces of a certain kind and held to the reference.</summary>
internal sealed class CutDecoder(int tableLimit, int listLimit, Cut cut)
{
    private readonly HpackDecoder _decoder = new(tableLimit, listLimit);

    public void SetTableLimit(int limit) => _decoder.SetTableSizeLimit(limit);

    /// <summary>Decodes a block and compares everything that can be seen.</summary>
    public void Check(byte[] block, ReferenceBlock expected, ReferenceDecoder reference)
    {
        var fields = new FieldList();
        Http2ErrorCode code = Decode(block, fields);
        Trace.Hold(code == expected.Code, $"cut {cut}: {code} instead of {expected.Code}");
        Trace.Hold(fields.Fields.SequenceEqual(expected.Fields), $"cut {cut}: the fields differ from the reference's");
        Trace.Hold(_decoder.ListSize == expected.ListSize, $"cut {cut}: a list of {_decoder.ListSize} instead of {expected.ListSize}");
        Trace.Hold(_decoder.Table.Capacity == reference.Capacity, $"cut {cut}: a table of {_decoder.Table.Capacity} instead of {reference.Capacity}");
        Trace.Hold(_decoder.Table.Size == reference.Size, $"cut {cut}: {_decoder.Table.Size} bytes in the table instead of {reference.Size}");
        Trace.Hold(_decoder.Table.Count == reference.Table.Count, $"cut {cut}: {_decoder.Table.Count} entries instead of {reference.Table.Count}");
        for (int age = 0; age < reference.Table.Count; age++)
        {
            HpackEntry entry = _decoder.Table[age];
            bool isSame = Encoding.Latin1.GetString(entry.Name) == reference.Table[age].Name && Encoding.Latin1.GetString(entry.Value) == reference.Table[age].Value;
            Trace.Hold(isSame, $"cut {cut}: entry {age} differs from the reference's");
        }
    }

    private Http2ErrorCode Decode(byte[] block, FieldList fields)
    {
        _decoder.BeginBlock();
        int at = 0;
        while (at < block.Length)
        {
            int length = Math.Min(block.Length - at, PieceLength(block[at]));
            bool isLast = at + length == block.Length && cut == Cut.None;
            Http2Error error = _decoder.Decode(block.AsSpan(at, length), endOfBlock: isLast, fields);
            if (!error.IsNone || isLast)
            {
                return error.Code;
            }

            at += length;
        }

        return _decoder.Decode([], endOfBlock: true, fields).Code;
    }

    private int PieceLength(byte first) => cut switch
    {
        Cut.None => int.MaxValue,
        Cut.Bytes => 1,
        _ => 1 + (first % 7),
    };

    private sealed class FieldList : IFieldSink
    {
        public List<ReferenceField> Fields { get; } = [];

        public void OnEntry(HpackEntry entry, bool isStatic) =>
            Fields.Add(new ReferenceField(Encoding.Latin1.GetString(entry.Name), Encoding.Latin1.GetString(entry.Value), IsNeverIndexed: false));

        public void OnLiteral(FieldName known, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, bool neverIndexed) =>
            Fields.Add(new ReferenceField(Encoding.Latin1.GetString(name), Encoding.Latin1.GetString(value), neverIndexed));
    }
}
