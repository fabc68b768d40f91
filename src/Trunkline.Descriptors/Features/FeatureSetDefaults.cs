namespace Trunkline.Descriptors;

/// <summary>The defaults of all features, edition by edition.</summary>
public sealed class FeatureSetDefaults : DescriptorMessage
{
    /// <summary>One entry per edition that changed a default, in ascending order.</summary>
    public List<FeatureSetEditionDefault> Defaults { get; } = [];

    /// <summary>The first edition that the defaults are made for.</summary>
    public Edition? MinimumEdition { get; set; }

    /// <summary>The last edition that the defaults are made for.</summary>
    public Edition? MaximumEdition { get; set; }

    /// <summary>Reads the message from its wire form.</summary>
    /// <exception cref="DescriptorFormatException">The bytes are broken.</exception>
    public static FeatureSetDefaults Read(ReadOnlySpan<byte> bytes)
    {
        var message = new FeatureSetDefaults();
        message.MergeFrom(bytes);
        return message;
    }

    private protected override bool ReadField(ref WireReader reader, uint tag)
    {
        switch (tag)
        {
            case (1 << 3) | 2:
                Defaults.Add(reader.ReadMessage(new FeatureSetEditionDefault()));
                return true;
            case (4 << 3) | 0:
                MinimumEdition = (Edition)reader.ReadInt32();
                return true;
            case (5 << 3) | 0:
                MaximumEdition = (Edition)reader.ReadInt32();
                return true;
            default:
                return false;
        }
    }

    private protected override void WriteFields(WireWriter writer)
    {
        writer.WriteMessages(1, Defaults);
        writer.WriteInt32(4, (int?)MinimumEdition);
        writer.WriteInt32(5, (int?)MaximumEdition);
    }
}
