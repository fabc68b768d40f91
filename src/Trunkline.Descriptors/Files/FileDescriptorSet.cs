namespace Trunkline.Descriptors;

/// <summary>A set of files, each after the files it imports: what <c>--descriptor_set_out</c> writes.</summary>
public sealed class FileDescriptorSet : DescriptorMessage
{
    // From here on files are written side by side: a set of thousands with source info has a hundred megabytes.
    private const int Many = 64;

    // The tag and the length of a file, in bytes.
    private const int MostInFront = 6;

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

    /// <inheritdoc/>
    public override byte[] ToByteArray()
    {
        if (Files.Count < Many)
        {
            return base.ToByteArray();
        }

        var files = new byte[Files.Count][];
        Parallel.For(0, files.Length, i => files[i] = Files[i].ToByteArray());
        var writer = new WireWriter(files.Sum(file => file.Length + MostInFront) + UnknownFields.Length);
        foreach (var file in files)
        {
            writer.WriteTag(1, WireType.LengthDelimited);
            writer.WriteBytes(file);
        }

        writer.WriteRaw(UnknownFields.Span);
        return writer.Written.ToArray();
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
