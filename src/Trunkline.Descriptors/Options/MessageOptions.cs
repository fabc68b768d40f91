namespace Trunkline.Descriptors;

/// <summary>Options of a message.</summary>
public sealed class MessageOptions : DescriptorMessage
{
    /// <summary>Whether the message has the old wire form of message sets. Default false.</summary>
    public bool? MessageSetWireFormat { get; set; }

    /// <summary>Whether C++ leaves out the descriptor accessor. Default false.</summary>
    public bool? NoStandardDescriptorAccessor { get; set; }

    /// <summary>Whether the message should no longer be used. Default false.</summary>
    public bool? Deprecated { get; set; }

    /// <summary>Whether the message was made for the entries of a map.</summary>
    public bool? MapEntry { get; set; }

    /// <summary>Whether old conflicts between JSON names are allowed.</summary>
    public bool? DeprecatedLegacyJsonFieldConflicts { get; set; }

    /// <summary>Edition features set here; what is not set is inherited.</summary>
    public FeatureSet? Features { get; set; }

    /// <summary>Options whose meaning has not been settled yet. Empty once the compiler is done.</summary>
    public List<UninterpretedOption> UninterpretedOptions { get; } = [];

    /// <summary>Reads the message from its wire form.</summary>
    /// <exception cref="DescriptorFormatException">The bytes are broken.</exception>
    public static MessageOptions Read(ReadOnlySpan<byte> bytes)
    {
        var message = new MessageOptions();
        message.MergeFrom(bytes);
        return message;
    }

    private protected override bool ReadField(ref WireReader reader, uint tag)
    {
        switch (tag)
        {
            case (1 << 3) | 0:
                MessageSetWireFormat = reader.ReadBool();
                return true;
            case (2 << 3) | 0:
                NoStandardDescriptorAccessor = reader.ReadBool();
                return true;
            case (3 << 3) | 0:
                Deprecated = reader.ReadBool();
                return true;
            case (7 << 3) | 0:
                MapEntry = reader.ReadBool();
                return true;
            case (11 << 3) | 0:
                DeprecatedLegacyJsonFieldConflicts = reader.ReadBool();
                return true;
            case (12 << 3) | 2:
                Features = reader.ReadMessage(Features ?? new FeatureSet());
                return true;
            case (999 << 3) | 2:
                UninterpretedOptions.Add(reader.ReadMessage(new UninterpretedOption()));
                return true;
            default:
                return false;
        }
    }

    private protected override void WriteFields(WireWriter writer)
    {
        writer.WriteBool(1, MessageSetWireFormat);
        writer.WriteBool(2, NoStandardDescriptorAccessor);
        writer.WriteBool(3, Deprecated);
        writer.WriteBool(7, MapEntry);
        writer.WriteBool(11, DeprecatedLegacyJsonFieldConflicts);
        writer.WriteMessage(12, Features);
        writer.WriteMessages(999, UninterpretedOptions);
    }
}
