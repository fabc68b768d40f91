namespace Trunkline.Http2.Hpack;

/// <summary>The two hashes under which a field is looked for: its name alone, and name with value. Seeded per process.</summary>
internal readonly struct FieldHash
{
    private FieldHash(int name, int field)
    {
        Name = name;
        Field = field;
    }

    public int Name { get; }

    public int Field { get; }

    public static FieldHash Of(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        var hash = default(HashCode);
        hash.AddBytes(name);
        int nameHash = hash.ToHashCode();
        hash.AddBytes(value);
        return new FieldHash(nameHash, hash.ToHashCode());
    }
}
