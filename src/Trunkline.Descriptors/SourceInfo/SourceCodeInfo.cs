namespace Trunkline.Descriptors;

/// <summary>Where each part of a file stands in its source, and its comments.</summary>
public sealed class SourceCodeInfo : DescriptorMessage
{
    /// <summary>The places.</summary>
    public List<SourceLocation> Locations { get; } = [];

    /// <summary>Reads the message from its wire form.</summary>
    /// <exception cref="DescriptorFormatException">The bytes are broken.</exception>
    public static SourceCodeInfo Read(ReadOnlySpan<byte> bytes)
    {
        var message = new SourceCodeInfo();
        message.MergeFrom(bytes);
        return message;
    }

    private protected override bool ReadField(ref WireReader reader, uint tag)
    {
        switch (tag)
        {
            case (1 << 3) | 2:
                Locations.Add(reader.ReadMessage(new SourceLocation()));
                return true;
            default:
                return false;
        }
    }

    private protected override void WriteFields(WireWriter writer)
    {
        writer.WriteMessages(1, Locations);
    }
}
