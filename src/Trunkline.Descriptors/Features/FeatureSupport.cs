namespace Trunkline.Descriptors;

/// <summary>The editions in which a feature, option or value may be used.</summary>
public sealed class FeatureSupport : DescriptorMessage
{
    /// <summary>The first edition that knows it.</summary>
    public Edition? EditionIntroduced { get; set; }

    /// <summary>The first edition that warns about it.</summary>
    public Edition? EditionDeprecated { get; set; }

    /// <summary>What the warning says.</summary>
    public string? DeprecationWarning { get; set; }

    /// <summary>The first edition that no longer knows it.</summary>
    public Edition? EditionRemoved { get; set; }

    /// <summary>What the error says from then on.</summary>
    public string? RemovalError { get; set; }

    /// <summary>Reads the message from its wire form.</summary>
    /// <exception cref="DescriptorFormatException">The bytes are broken.</exception>
    public static FeatureSupport Read(ReadOnlySpan<byte> bytes)
    {
        var message = new FeatureSupport();
        message.MergeFrom(bytes);
        return message;
    }

    private protected override bool ReadField(ref WireReader reader, uint tag)
    {
        switch (tag)
        {
            case (1 << 3) | 0:
                EditionIntroduced = (Edition)reader.ReadInt32();
                return true;
            case (2 << 3) | 0:
                EditionDeprecated = (Edition)reader.ReadInt32();
                return true;
            case (3 << 3) | 2:
                DeprecationWarning = reader.ReadString();
                return true;
            case (4 << 3) | 0:
                EditionRemoved = (Edition)reader.ReadInt32();
                return true;
            case (5 << 3) | 2:
                RemovalError = reader.ReadString();
                return true;
            default:
                return false;
        }
    }

    private protected override void WriteFields(WireWriter writer)
    {
        writer.WriteInt32(1, (int?)EditionIntroduced);
        writer.WriteInt32(2, (int?)EditionDeprecated);
        writer.WriteString(3, DeprecationWarning);
        writer.WriteInt32(4, (int?)EditionRemoved);
        writer.WriteString(5, RemovalError);
    }
}
