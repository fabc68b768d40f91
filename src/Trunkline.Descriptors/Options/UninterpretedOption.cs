namespace Trunkline.Descriptors;

/// <summary>An option as it stood in the source, before its meaning is settled.</summary>
public sealed class UninterpretedOption : DescriptorMessage
{
    /// <summary>The parts of the name between dots.</summary>
    public List<OptionNamePart> Names { get; } = [];

    /// <summary>The value, when it is an identifier.</summary>
    public string? IdentifierValue { get; set; }

    /// <summary>The value, when it is a number from 0 up.</summary>
    public ulong? PositiveIntValue { get; set; }

    /// <summary>The value, when it is a negative whole number.</summary>
    public long? NegativeIntValue { get; set; }

    /// <summary>The value, when it has a point or an exponent.</summary>
    public double? DoubleValue { get; set; }

    /// <summary>The value, when it is a text; the bytes need not be UTF-8.</summary>
    public ReadOnlyMemory<byte>? StringValue { get; set; }

    /// <summary>The value in text form, when it stands in braces.</summary>
    public string? AggregateValue { get; set; }

    /// <summary>Reads the message from its wire form.</summary>
    /// <exception cref="DescriptorFormatException">The bytes are broken.</exception>
    public static UninterpretedOption Read(ReadOnlySpan<byte> bytes)
    {
        var message = new UninterpretedOption();
        message.MergeFrom(bytes);
        return message;
    }

    private protected override bool ReadField(ref WireReader reader, uint tag)
    {
        switch (tag)
        {
            case (2 << 3) | 2:
                Names.Add(reader.ReadMessage(new OptionNamePart()));
                return true;
            case (3 << 3) | 2:
                IdentifierValue = reader.ReadString();
                return true;
            case (4 << 3) | 0:
                PositiveIntValue = reader.ReadUInt64();
                return true;
            case (5 << 3) | 0:
                NegativeIntValue = reader.ReadInt64();
                return true;
            case (6 << 3) | 1:
                DoubleValue = reader.ReadDouble();
                return true;
            case (7 << 3) | 2:
                StringValue = reader.ReadBytes().ToArray();
                return true;
            case (8 << 3) | 2:
                AggregateValue = reader.ReadString();
                return true;
            default:
                return false;
        }
    }

    private protected override void WriteFields(WireWriter writer)
    {
        writer.WriteMessages(2, Names);
        writer.WriteString(3, IdentifierValue);
        writer.WriteUInt64(4, PositiveIntValue);
        writer.WriteInt64(5, NegativeIntValue);
        writer.WriteDouble(6, DoubleValue);
        writer.WriteBytes(7, StringValue);
        writer.WriteString(8, AggregateValue);
    }
}
