namespace Trunkline.Descriptors;

/// <summary>A oneof.</summary>
public sealed class OneofDescriptorProto : DescriptorMessage
{
    /// <summary>The name.</summary>
    public string? Name { get; set; }

    /// <summary>The options of the oneof.</summary>
    public OneofOptions? Options { get; set; }

    /// <summary>Reads the message from its wire form.</summary>
    /// <exception cref="DescriptorFormatException">The bytes are broken.</exception>
    public static OneofDescriptorProto Read(ReadOnlySpan<byte> bytes)
    {
        var message = new OneofDescriptorProto();
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
                Options = reader.ReadMessage(Options ?? new OneofOptions());
                return true;
            default:
                return false;
        }
    }

    private protected override void WriteFields(WireWriter writer)
    {
        writer.WriteString(1, Name);
        writer.WriteMessage(2, Options);
    }
}
