namespace Trunkline.Descriptors;

/// <summary>A part of an option's name.</summary>
public sealed class OptionNamePart : DescriptorMessage
{
    /// <summary>The part, without parentheses. Required.</summary>
    public string? Name { get; set; }

    /// <summary>Whether the part stood in parentheses. Required.</summary>
    public bool? IsExtension { get; set; }

    /// <summary>Reads the message from its wire form.</summary>
    /// <exception cref="DescriptorFormatException">The bytes are broken.</exception>
    public static OptionNamePart Read(ReadOnlySpan<byte> bytes)
    {
        var message = new OptionNamePart();
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
            case (2 << 3) | 0:
                IsExtension = reader.ReadBool();
                return true;
            default:
                return false;
        }
    }

    private protected override void WriteFields(WireWriter writer)
    {
        writer.WriteString(1, Name);
        writer.WriteBool(2, IsExtension);
    }
}
