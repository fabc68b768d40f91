namespace Trunkline.Descriptors;

/// <summary>The default of a feature from an edition on.</summary>
public sealed class EditionDefault : DescriptorMessage
{
    /// <summary>The value in text form.</summary>
    public string? Value { get; set; }

    /// <summary>The first edition that has this default.</summary>
    public Edition? Edition { get; set; }

    /// <summary>Reads the message from its wire form.</summary>
    /// <exception cref="DescriptorFormatException">The bytes are broken.</exception>
    public static EditionDefault Read(ReadOnlySpan<byte> bytes)
    {
        var message = new EditionDefault();
        message.MergeFrom(bytes);
        return message;
    }

    private protected override bool ReadField(ref WireReader reader, uint tag)
    {
        switch (tag)
        {
            case (2 << 3) | 2:
                Value = reader.ReadString();
                return true;
            case (3 << 3) | 0:
                Edition = (Edition)reader.ReadInt32();
                return true;
            default:
                return false;
        }
    }

    private protected override void WriteFields(WireWriter writer)
    {
        writer.WriteString(2, Value);
        writer.WriteInt32(3, (int?)Edition);
    }
}
