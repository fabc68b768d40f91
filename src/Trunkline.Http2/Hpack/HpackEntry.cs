namespace Trunkline.Http2.Hpack;

/// <summary>
/// An entry of the static or a dynamic table (RFC 7541 2.3). Immutable but for the tag; a block that shows the entry keeps it alive even when the
/// table has evicted it meanwhile.
/// </summary>
internal sealed class HpackEntry(FieldName known, byte[] name, byte[] value)
{
    /// <summary>What every entry costs beside its bytes (RFC 7541 4.1).</summary>
    public const int Overhead = 32;

    /// <summary>What the layer above remembers with the entry; unused in the static table, which all connections share.</summary>
    public object? Tag;

    public FieldName Known { get; } = known;

    public byte[] Name { get; } = name;

    public byte[] Value { get; } = value;

    public int Size => Name.Length + Value.Length + Overhead;
}
