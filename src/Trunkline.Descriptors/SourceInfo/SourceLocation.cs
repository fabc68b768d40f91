namespace Trunkline.Descriptors;

/// <summary>The place of one part of a file.</summary>
public sealed class SourceLocation : DescriptorMessage
{
    /// <summary>Field numbers and indexes that lead from the file's descriptor to the part.</summary>
    public List<int> Path { get; } = [];

    /// <summary>First line, first column, last line (left out when equal to the first), last column; all from 0.</summary>
    public List<int> Span { get; } = [];

    /// <summary>The comment right above the part.</summary>
    public string? LeadingComments { get; set; }

    /// <summary>The comment behind or right below the part.</summary>
    public string? TrailingComments { get; set; }

    /// <summary>Comments further above, set apart by blank lines.</summary>
    public List<string> LeadingDetachedComments { get; } = [];

    /// <summary>Reads the message from its wire form.</summary>
    /// <exception cref="DescriptorFormatException">The bytes are broken.</exception>
    public static SourceLocation Read(ReadOnlySpan<byte> bytes)
    {
        var message = new SourceLocation();
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
            case (2 << 3) | 0 or (2 << 3) | 2:
                reader.ReadInt32s(Span);
                return true;
            case (3 << 3) | 2:
                LeadingComments = reader.ReadString();
                return true;
            case (4 << 3) | 2:
                TrailingComments = reader.ReadString();
                return true;
            case (6 << 3) | 2:
                LeadingDetachedComments.Add(reader.ReadString());
                return true;
            default:
                return false;
        }
    }

    private protected override void WriteFields(WireWriter writer)
    {
        writer.WritePackedInt32s(1, Path);
        writer.WritePackedInt32s(2, Span);
        writer.WriteString(3, LeadingComments);
        writer.WriteString(4, TrailingComments);
        writer.WriteStrings(6, LeadingDetachedComments);
    }
}
