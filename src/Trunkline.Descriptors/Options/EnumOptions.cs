namespace Trunkline.Descriptors;

/// <summary>Options of an enum.</summary>
public sealed class EnumOptions : DescriptorMessage
{
    /// <summary>Whether two values may have the same number.</summary>
    public bool? AllowAlias { get; set; }

    /// <summary>Whether the enum should no longer be used. Default false.</summary>
    public bool? Deprecated { get; set; }

    /// <summary>Whether old conflicts between JSON names are allowed.</summary>
    public bool? DeprecatedLegacyJsonFieldConflicts { get; set; }

    /// <summary>Edition features set here; what is not set is inherited.</summary>
    public FeatureSet? Features { get; set; }

    /// <summary>Options whose meaning has not been settled yet. Empty once the compiler is done.</summary>
    public List<UninterpretedOption> UninterpretedOptions { get; } = [];

    /// <summary>Reads the message from its wire form.</summary>
    /// <exception cref="DescriptorFormatException">The bytes are broken.</exception>
    public static EnumOptions Read(ReadOnlySpan<byte> bytes)
    {
        var message = new EnumOptions();
        message.MergeFrom(bytes);
        return message;
    }

    private protected override bool ReadField(ref WireReader reader, uint tag)
    {
        switch (tag)
        {
            case (2 << 3) | 0:
                AllowAlias = reader.ReadBool();
                return true;
            case (3 << 3) | 0:
                Deprecated = reader.ReadBool();
                return true;
            case (6 << 3) | 0:
                DeprecatedLegacyJsonFieldConflicts = reader.ReadBool();
                return true;
            case (7 << 3) | 2:
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
        writer.WriteBool(2, AllowAlias);
        writer.WriteBool(3, Deprecated);
        writer.WriteBool(6, DeprecatedLegacyJsonFieldConflicts);
        writer.WriteMessage(7, Features);
        writer.WriteMessages(999, UninterpretedOptions);
    }
}
