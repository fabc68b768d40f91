namespace Trunkline.Descriptors;

/// <summary>The defaults of one edition.</summary>
public sealed class FeatureSetEditionDefault : DescriptorMessage
{
    /// <summary>The first edition that has these defaults.</summary>
    public Edition? Edition { get; set; }

    /// <summary>Defaults that a file may override.</summary>
    public FeatureSet? OverridableFeatures { get; set; }

    /// <summary>Defaults that it may not.</summary>
    public FeatureSet? FixedFeatures { get; set; }

    /// <summary>Reads the message from its wire form.</summary>
    /// <exception cref="DescriptorFormatException">The bytes are broken.</exception>
    public static FeatureSetEditionDefault Read(ReadOnlySpan<byte> bytes)
    {
        var message = new FeatureSetEditionDefault();
        message.MergeFrom(bytes);
        return message;
    }

    private protected override bool ReadField(ref WireReader reader, uint tag)
    {
        switch (tag)
        {
            case (3 << 3) | 0:
                Edition = (Edition)reader.ReadInt32();
                return true;
            case (4 << 3) | 2:
                OverridableFeatures = reader.ReadMessage(OverridableFeatures ?? new FeatureSet());
                return true;
            case (5 << 3) | 2:
                FixedFeatures = reader.ReadMessage(FixedFeatures ?? new FeatureSet());
                return true;
            default:
                return false;
        }
    }

    private protected override void WriteFields(WireWriter writer)
    {
        writer.WriteInt32(3, (int?)Edition);
        writer.WriteMessage(4, OverridableFeatures);
        writer.WriteMessage(5, FixedFeatures);
    }
}
