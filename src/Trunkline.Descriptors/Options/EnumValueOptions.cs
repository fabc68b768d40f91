namespace Trunkline.Descriptors;

/// <summary>Options of an enum value.</summary>
public sealed class EnumValueOptions : DescriptorMessage
{
    /// <summary>Whether the value should no longer be used. Default false.</summary>
    public bool? Deprecated { get; set; }

    /// <summary>Edition features set here; what is not set is inherited.</summary>
    public FeatureSet? Features { get; set; }

    /// <summary>Whether fields with this value must not show in debug output. Default false.</summary>
    public bool? DebugRedact { get; set; }

    /// <summary>The editions that know the value.</summary>
    public FeatureSupport? FeatureSupport { get; set; }

    /// <summary>Options whose meaning has not been settled yet. Empty once the compiler is done.</summary>
    public List<UninterpretedOption> UninterpretedOptions { get; } = [];

    /// <summary>Reads the message from its wire form.</summary>
    /// <exception cref="DescriptorFormatException">The bytes are broken.</exception>
    public static EnumValueOptions Read(ReadOnlySpan<byte> bytes)
    {
        var message = new EnumValueOptions();
        message.MergeFrom(bytes);
        return message;
    }

    private protected override bool ReadField(ref WireReader reader, uint tag)
    {
        switch (tag)
        {
            case (1 << 3) | 0:
                Deprecated = reader.ReadBool();
                return true;
            case (2 << 3) | 2:
                Features = reader.ReadMessage(Features ?? new FeatureSet());
                return true;
            case (3 << 3) | 0:
                DebugRedact = reader.ReadBool();
                return true;
            case (4 << 3) | 2:
                FeatureSupport = reader.ReadMessage(FeatureSupport ?? new FeatureSupport());
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
        writer.WriteBool(1, Deprecated);
        writer.WriteMessage(2, Features);
        writer.WriteBool(3, DebugRedact);
        writer.WriteMessage(4, FeatureSupport);
        writer.WriteMessages(999, UninterpretedOptions);
    }
}
