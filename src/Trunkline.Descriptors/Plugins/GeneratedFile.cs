namespace Trunkline.Descriptors;

/// <summary>A file, or a piece of one, that a plugin made.</summary>
public sealed class GeneratedFile : DescriptorMessage
{
    /// <summary>The path relative to the output directory; null continues the file before.</summary>
    public string? Name { get; set; }

    /// <summary>The mark of an existing file at which to insert; null for a whole file.</summary>
    public string? InsertionPoint { get; set; }

    /// <summary>The text.</summary>
    public string? Content { get; set; }

    /// <summary>Which source produced which piece.</summary>
    public GeneratedCodeInfo? GeneratedCodeInfo { get; set; }

    /// <summary>Reads the message from its wire form.</summary>
    /// <exception cref="DescriptorFormatException">The bytes are broken.</exception>
    public static GeneratedFile Read(ReadOnlySpan<byte> bytes)
    {
        var message = new GeneratedFile();
        message.MergeFrom(bytes);
        return message;
    }

    private protected override bool ReadField(ref WireReader reader, uint tag)
    {
        switch (tag)
        {
            case (1 << 3) | 2:
                Name = reader.ReadString();
                return true;
            case (2 << 3) | 2:
                InsertionPoint = reader.ReadString();
                return true;
            case (15 << 3) | 2:
                Content = reader.ReadString();
                return true;
            case (16 << 3) | 2:
                GeneratedCodeInfo = reader.ReadMessage(GeneratedCodeInfo ?? new GeneratedCodeInfo());
                return true;
            default:
                return false;
        }
    }

    private protected override void WriteFields(WireWriter writer)
    {
        writer.WriteString(1, Name);
        writer.WriteString(2, InsertionPoint);
        writer.WriteString(15, Content);
        writer.WriteMessage(16, GeneratedCodeInfo);
    }
}
