namespace Trunkline.Descriptors;

/// <summary>Which source produced which piece of a generated file.</summary>
public sealed class GeneratedCodeInfo : DescriptorMessage
{
    /// <summary>The pieces.</summary>
    public List<CodeAnnotation> Annotations { get; } = [];

    /// <summary>Reads the message from its wire form.</summary>
    /// <exception cref="DescriptorFormatException">The bytes are broken.</exception>
    public static GeneratedCodeInfo Read(ReadOnlySpan<byte> bytes)
    {
        var message = new GeneratedCodeInfo();
        message.MergeFrom(bytes);
        return message;
    }

    private protected override bool ReadField(ref WireReader reader, uint tag)
    {
        switch (tag)
        {
            case (1 << 3) | 2:
                Annotations.Add(reader.ReadMessage(new CodeAnnotation()));
                return true;
            default:
                return false;
        }
    }

    private protected override void WriteFields(WireWriter writer)
    {
        writer.WriteMessages(1, Annotations);
    }
}
