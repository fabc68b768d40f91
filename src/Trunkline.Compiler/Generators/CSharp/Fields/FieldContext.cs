using Trunkline.Descriptors;

namespace Trunkline.Compiler.Generators.CSharp.Fields;

/// <summary>What every shape of field needs to know of its field.</summary>
/// <param name="Schema">What the field means.</param>
/// <param name="Property">The property in C#.</param>
/// <param name="Path">The way to the field in its file, for its comments.</param>
/// <param name="File">The file that is written.</param>
internal sealed record FieldContext(FieldSchema Schema, string Property, int[] Path, FileContext File)
{
    /// <summary>The descriptor.</summary>
    public FieldDescriptorProto Field => Schema.Descriptor;

    /// <summary>The field number.</summary>
    public int Number => Schema.Number;

    /// <summary>The stem of private names.</summary>
    public string Stem { get; } = char.ToLowerInvariant(Property[0]) + Property[1..];

    /// <summary>The backing field.</summary>
    public string Storage => Stem + "_";

    /// <summary>Whether users are to be warned off: of the field, or of the message that it holds. protoc says nothing of enums and groups.</summary>
    public bool IsDeprecated => Field.Options?.Deprecated == true
        || (Schema.Type == FieldType.Message && Schema.Message!.Descriptor.Options?.Deprecated == true);

    /// <summary>The tag of the field in a wire form.</summary>
    public uint Tag(WireType wire) => ((uint)Number << 3) | (uint)wire;

    /// <summary>The bytes of a tag, as arguments.</summary>
    public static string TagBytes(uint tag)
    {
        var bytes = new List<uint>();
        for (; tag >= 0x80; tag >>= 7)
        {
            bytes.Add((tag & 0x7F) | 0x80);
        }

        bytes.Add(tag);
        return string.Join(", ", bytes);
    }

    /// <summary>How many bytes a tag takes.</summary>
    public static int TagSize(uint tag) => tag switch
    {
        < 1u << 7 => 1,
        < 1u << 14 => 2,
        < 1u << 21 => 3,
        < 1u << 28 => 4,
        _ => 5,
    };
}
