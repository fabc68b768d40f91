using Trunkline.Descriptors;

namespace Trunkline.Compiler.Parsing;

/// <summary>The keywords of field types.</summary>
internal static class ScalarTypes
{
    private static readonly Dictionary<string, FieldType> ByKeyword = new(StringComparer.Ordinal)
    {
        ["double"] = FieldType.Double,
        ["float"] = FieldType.Float,
        ["int64"] = FieldType.Int64,
        ["uint64"] = FieldType.UInt64,
        ["int32"] = FieldType.Int32,
        ["fixed64"] = FieldType.Fixed64,
        ["fixed32"] = FieldType.Fixed32,
        ["bool"] = FieldType.Bool,
        ["string"] = FieldType.String,
        ["group"] = FieldType.Group,
        ["bytes"] = FieldType.Bytes,
        ["uint32"] = FieldType.UInt32,
        ["sfixed32"] = FieldType.SFixed32,
        ["sfixed64"] = FieldType.SFixed64,
        ["sint32"] = FieldType.SInt32,
        ["sint64"] = FieldType.SInt64,
    };

    private static readonly Dictionary<string, FieldType>.AlternateLookup<ReadOnlySpan<char>> Lookup = ByKeyword.GetAlternateLookup<ReadOnlySpan<char>>();

    public static FieldType? Find(ReadOnlySpan<byte> text)
    {
        const int Longest = 8;
        if (text.Length is < 4 or > Longest)
        {
            return null;
        }

        Span<char> characters = stackalloc char[Longest];
        for (int i = 0; i < text.Length; i++)
        {
            characters[i] = (char)text[i];
        }

        return Lookup.TryGetValue(characters[..text.Length], out FieldType type) ? type : null;
    }
}
