namespace Trunkline.Http2.Hpack;

/// <summary>Takes the fields of a header block in the order in which the decoder finds them.</summary>
internal interface IFieldSink
{
    /// <summary>A field that stands in the dynamic table (or has just entered it), or in the static table.</summary>
    void OnEntry(HpackEntry entry, bool isStatic);

    /// <summary>A field that is in no table. The spans are lent until return.</summary>
    void OnLiteral(FieldName known, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, bool neverIndexed);
}
