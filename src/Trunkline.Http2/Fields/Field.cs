namespace Trunkline.Http2;

/// <summary>One received field, lent until the callback that shows it returns.</summary>
public readonly ref struct Field
{
    private readonly ref object? _tag;

    internal Field(FieldName known, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, ref object? tag)
    {
        Known = known;
        Name = name;
        Value = value;
        _tag = ref tag;
    }

    /// <summary>The token of the name, or <see cref="FieldName.Other"/>.</summary>
    public FieldName Known { get; }

    /// <summary>The name, lower case.</summary>
    public ReadOnlySpan<byte> Name { get; }

    /// <summary>The value.</summary>
    public ReadOnlySpan<byte> Value { get; }

    /// <summary>
    /// What the layer above remembers with this field. It belongs to the entry of the dynamic table from which the field came and dies with it;
    /// for a field that is in no dynamic table it is a scratch slot, empty at each block.
    /// </summary>
    public ref object? Tag => ref _tag;
}
