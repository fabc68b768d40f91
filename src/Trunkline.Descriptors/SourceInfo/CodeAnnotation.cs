namespace Trunkline.Descriptors;

/// <summary>A piece of a generated file and its source.</summary>
public sealed class CodeAnnotation : DescriptorMessage
{
    /// <summary>Field numbers and indexes that lead from the file's descriptor to the source part.</summary>
    public List<int> Path { get; } = [];

    /// <summary>The name of the source file.</summary>
    public string? SourceFile { get; set; }

    /// <summary>The first byte of the piece.</summary>
    public int? Begin { get; set; }

    /// <summary>The byte after the last.</summary>
    public int? End { get; set; }

    /// <summary>What the piece does to the element.</summary>
    public AnnotationSemantic? Semantic { get; set; }

    /// <summary>Reads the message from its wire form.</summary>
    /// <exception cref="DescriptorFormatException">The bytes are broken.</exception>
    public static CodeAnnotation Read(ReadOnlySpan<byte> bytes)
    {
        var message = new CodeAnnotation();
        message.MergeFrom(bytes);
        return message;
    }

    private protected override bool ReadField(ref WireReader reader, uint tag)
    {
        switch (tag)
        {
            case (1 << 3) | 0 or (1 << 3) | 2:
                reader.ReadInt32s(Path);
                return true;
            case (2 << 3) | 2:
                SourceFile = reader.ReadString();
                return true;
            case (3 << 3) | 0:
                Begin = reader.ReadInt32();
                return true;
            case (4 << 3) | 0:
                End = reader.ReadInt32();
                return true;
            case (5 << 3) | 0:
                Semantic = (AnnotationSemantic)reader.ReadInt32();
                return true;
            default:
                return false;
        }
    }

    private protected override void WriteFields(WireWriter writer)
    {
        writer.WritePackedInt32s(1, Path);
        writer.WriteString(2, SourceFile);
        writer.WriteInt32(3, Begin);
        writer.WriteInt32(4, End);
        writer.WriteInt32(5, (int?)Semantic);
    }
}
