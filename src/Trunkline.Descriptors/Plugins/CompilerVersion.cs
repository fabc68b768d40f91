namespace Trunkline.Descriptors;

/// <summary>The version of a compiler.</summary>
public sealed class CompilerVersion : DescriptorMessage
{
    /// <summary>The major version.</summary>
    public int? Major { get; set; }

    /// <summary>The minor version.</summary>
    public int? Minor { get; set; }

    /// <summary>The patch.</summary>
    public int? Patch { get; set; }

    /// <summary>A suffix such as <c>-rc1</c>; empty for a release.</summary>
    public string? Suffix { get; set; }

    /// <summary>Reads the message from its wire form.</summary>
    /// <exception cref="DescriptorFormatException">The bytes are broken.</exception>
    public static CompilerVersion Read(ReadOnlySpan<byte> bytes)
    {
        var message = new CompilerVersion();
        message.MergeFrom(bytes);
        return message;
    }

    private protected override bool ReadField(ref WireReader reader, uint tag)
    {
        switch (tag)
        {
            case (1 << 3) | 0:
                Major = reader.ReadInt32();
                return true;
            case (2 << 3) | 0:
                Minor = reader.ReadInt32();
                return true;
            case (3 << 3) | 0:
                Patch = reader.ReadInt32();
                return true;
            case (4 << 3) | 2:
                Suffix = reader.ReadString();
                return true;
            default:
                return false;
        }
    }

    private protected override void WriteFields(WireWriter writer)
    {
        writer.WriteInt32(1, Major);
        writer.WriteInt32(2, Minor);
        writer.WriteInt32(3, Patch);
        writer.WriteString(4, Suffix);
    }
}
