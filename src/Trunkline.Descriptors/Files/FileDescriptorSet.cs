namespace Trunkline.Descriptors;

/// <summary>A set of files, each after the files it imports: what <c>--descriptor_set_out</c> writes.</summary>
public sealed class FileDescriptorSet : DescriptorMessage
{
    /// <summary>The files.</summary>
    public List<FileDescriptorProto> Files { get; } = [];

    /// <summary>Reads the message from its wire form.</summary>
    /// <exception cref="DescriptorFormatException">The bytes are broken.</exception>
    public static FileDescriptorSet Read(ReadOnlySpan<byte> bytes)
    {
        var message = new FileDescriptorSet();
        message.MergeFrom(bytes);
        return message;
    }

    private protected override bool ReadField(ref WireReader reader, uint tag)
    {
        switch (tag)
        {
            case (1 << 3) | 2:
                Files.Add(reader.ReadMessage(new FileDescriptorProto()));
                return true;
            default:
                return false;
        }
    }

    private protected override void WriteFields(WireWriter writer)
    {
        writer.WriteMessages(1, Files);
    }
}
