namespace Trunkline.Descriptors;

/// <summary>Numbers that no value of an enum may use. Unlike a message's, both ends belong to it.</summary>
public sealed class EnumReservedRange : DescriptorMessage
{
    /// <summary>The first number.</summary>
    public int? Start { get; set; }

    /// <summary>The last number.</summary>
    public int? End { get; set; }

    /// <summary>Reads the message from its wire form.</summary>
    /// <exception cref="DescriptorFormatException">The bytes are broken.</exception>
    public static EnumReservedRange Read(ReadOnlySpan<byte> bytes)
    {
        var message = new EnumReservedRange();
        message.MergeFrom(bytes);
        return message;
    }

    private protected override bool ReadField(ref WireReader reader, uint tag)
    {
        switch (tag)
        {
            case (1 << 3) | 0:
                Start = reader.ReadInt32();
                return true;
            case (2 << 3) | 0:
                End = reader.ReadInt32();
                return true;
            default:
                return false;
        }
    }

    private protected override void WriteFields(WireWriter writer)
    {
        writer.WriteInt32(1, Start);
        writer.WriteInt32(2, End);
    }
}
