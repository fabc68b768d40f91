namespace Trunkline.Descriptors;

/// <summary>Numbers of a message that no field may use.</summary>
public sealed class ReservedRange : DescriptorMessage
{
    /// <summary>The first number.</summary>
    public int? Start { get; set; }

    /// <summary>The number after the last.</summary>
    public int? End { get; set; }

    /// <summary>Reads the message from its wire form.</summary>
    /// <exception cref="DescriptorFormatException">The bytes are broken.</exception>
    public static ReservedRange Read(ReadOnlySpan<byte> bytes)
    {
        var message = new ReservedRange();
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
