namespace Trunkline.Descriptors;

/// <summary>An enum type.</summary>
public sealed class EnumDescriptorProto : DescriptorMessage
{
    /// <summary>The simple name.</summary>
    public string? Name { get; set; }

    /// <summary>The values, in source order.</summary>
    public List<EnumValueDescriptorProto> Values { get; } = [];

    /// <summary>The options of the enum.</summary>
    public EnumOptions? Options { get; set; }

    /// <summary>The numbers that values must not use.</summary>
    public List<EnumReservedRange> ReservedRanges { get; } = [];

    /// <summary>The names that values must not use.</summary>
    public List<string> ReservedNames { get; } = [];

    /// <summary>Whether other files may name the enum (edition 2024).</summary>
    public SymbolVisibility? Visibility { get; set; }

    /// <summary>Reads the message from its wire form.</summary>
    /// <exception cref="DescriptorFormatException">The bytes are broken.</exception>
    public static EnumDescriptorProto Read(ReadOnlySpan<byte> bytes)
    {
        var message = new EnumDescriptorProto();
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
            case (2 << 3) | 2:
                Values.Add(reader.ReadMessage(new EnumValueDescriptorProto()));
                return true;
            case (3 << 3) | 2:
                Options = reader.ReadMessage(Options ?? new EnumOptions());
                return true;
            case (4 << 3) | 2:
                ReservedRanges.Add(reader.ReadMessage(new EnumReservedRange()));
                return true;
            case (5 << 3) | 2:
                ReservedNames.Add(reader.ReadString());
                return true;
            case (6 << 3) | 0:
                Visibility = (SymbolVisibility)reader.ReadInt32();
                return true;
            default:
                return false;
        }
    }

    private protected override void WriteFields(WireWriter writer)
    {
        writer.WriteString(1, Name);
        writer.WriteMessages(2, Values);
        writer.WriteMessage(3, Options);
        writer.WriteMessages(4, ReservedRanges);
        writer.WriteStrings(5, ReservedNames);
        writer.WriteInt32(6, (int?)Visibility);
    }
}
