namespace Trunkline.Descriptors;

/// <summary>A value of an enum.</summary>
public sealed class EnumValueDescriptorProto : DescriptorMessage
{
    /// <summary>The name.</summary>
    public string? Name { get; set; }

    /// <summary>The number.</summary>
    public int? Number { get; set; }

    /// <summary>The options of the value.</summary>
    public EnumValueOptions? Options { get; set; }

    /// <summary>Reads the message from its wire form.</summary>
    /// <exception cref="DescriptorFormatException">The bytes are broken.</exception>
    public static EnumValueDescriptorProto Read(ReadOnlySpan<byte> bytes)
    {
        var message = new EnumValueDescriptorProto();
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
                Number = reader.ReadInt32();
                return true;
            case (3 << 3) | 2:
                Options = reader.ReadMessage(Options ?? new EnumValueOptions());
                return true;
            default:
                return false;
        }
    }

    private protected override void WriteFields(WireWriter writer)
    {
        writer.WriteString(1, Name);
        writer.WriteInt32(2, Number);
        writer.WriteMessage(3, Options);
    }
}
