namespace Trunkline.Descriptors;

/// <summary>What a plugin answers on its standard output.</summary>
public sealed class CodeGeneratorResponse : DescriptorMessage
{
    /// <summary>What was wrong with the files; null when nothing was.</summary>
    public string? Error { get; set; }

    /// <summary>The sum of the <see cref="PluginFeatures"/> that the plugin knows.</summary>
    public ulong? SupportedFeatures { get; set; }

    /// <summary>The first edition that the plugin supports, as <see cref="Edition"/>'s number.</summary>
    public int? MinimumEdition { get; set; }

    /// <summary>The last edition that the plugin supports, as <see cref="Edition"/>'s number.</summary>
    public int? MaximumEdition { get; set; }

    /// <summary>The files to write.</summary>
    public List<GeneratedFile> Files { get; } = [];

    /// <summary>Reads the message from its wire form.</summary>
    /// <exception cref="DescriptorFormatException">The bytes are broken.</exception>
    public static CodeGeneratorResponse Read(ReadOnlySpan<byte> bytes)
    {
        var message = new CodeGeneratorResponse();
        message.MergeFrom(bytes);
        return message;
    }

    private protected override bool ReadField(ref WireReader reader, uint tag)
    {
        switch (tag)
        {
            case (1 << 3) | 2:
                Error = reader.ReadString();
                return true;
            case (2 << 3) | 0:
                SupportedFeatures = reader.ReadUInt64();
                return true;
            case (3 << 3) | 0:
                MinimumEdition = reader.ReadInt32();
                return true;
            case (4 << 3) | 0:
                MaximumEdition = reader.ReadInt32();
                return true;
            case (15 << 3) | 2:
                Files.Add(reader.ReadMessage(new GeneratedFile()));
                return true;
            default:
                return false;
        }
    }

    private protected override void WriteFields(WireWriter writer)
    {
        writer.WriteString(1, Error);
        writer.WriteUInt64(2, SupportedFeatures);
        writer.WriteInt32(3, MinimumEdition);
        writer.WriteInt32(4, MaximumEdition);
        writer.WriteMessages(15, Files);
    }
}
