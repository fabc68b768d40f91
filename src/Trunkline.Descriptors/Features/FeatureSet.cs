namespace Trunkline.Descriptors;

/// <summary>Edition features. What is not set is inherited from the scope around, in the end from the edition.</summary>
public sealed class FeatureSet : DescriptorMessage
{
    /// <summary>Whether a field knows that it has been set.</summary>
    public FieldPresence? FieldPresence { get; set; }

    /// <summary>Whether unknown numbers are values of the enum.</summary>
    public EnumType? EnumType { get; set; }

    /// <summary>Whether repeated numbers share one length.</summary>
    public RepeatedFieldEncoding? RepeatedFieldEncoding { get; set; }

    /// <summary>Whether text must be UTF-8.</summary>
    public Utf8Validation? Utf8Validation { get; set; }

    /// <summary>Whether a nested message has a length or delimiters.</summary>
    public MessageEncoding? MessageEncoding { get; set; }

    /// <summary>Whether the type must have a JSON form.</summary>
    public JsonFormat? JsonFormat { get; set; }

    /// <summary>Whether names must follow the style guide. Kept in source form only.</summary>
    public EnforceNamingStyle? EnforceNamingStyle { get; set; }

    /// <summary>What other files may name unless it says otherwise. Kept in source form only.</summary>
    public DefaultSymbolVisibility? DefaultSymbolVisibility { get; set; }

    /// <summary>Reads the message from its wire form.</summary>
    /// <exception cref="DescriptorFormatException">The bytes are broken.</exception>
    public static FeatureSet Read(ReadOnlySpan<byte> bytes)
    {
        var message = new FeatureSet();
        message.MergeFrom(bytes);
        return message;
    }

    private protected override bool ReadField(ref WireReader reader, uint tag)
    {
        switch (tag)
        {
            case (1 << 3) | 0:
                FieldPresence = (FieldPresence)reader.ReadInt32();
                return true;
            case (2 << 3) | 0:
                EnumType = (EnumType)reader.ReadInt32();
                return true;
            case (3 << 3) | 0:
                RepeatedFieldEncoding = (RepeatedFieldEncoding)reader.ReadInt32();
                return true;
            case (4 << 3) | 0:
                Utf8Validation = (Utf8Validation)reader.ReadInt32();
                return true;
            case (5 << 3) | 0:
                MessageEncoding = (MessageEncoding)reader.ReadInt32();
                return true;
            case (6 << 3) | 0:
                JsonFormat = (JsonFormat)reader.ReadInt32();
                return true;
            case (7 << 3) | 0:
                EnforceNamingStyle = (EnforceNamingStyle)reader.ReadInt32();
                return true;
            case (8 << 3) | 0:
                DefaultSymbolVisibility = (DefaultSymbolVisibility)reader.ReadInt32();
                return true;
            default:
                return false;
        }
    }

    private protected override void WriteFields(WireWriter writer)
    {
        writer.WriteInt32(1, (int?)FieldPresence);
        writer.WriteInt32(2, (int?)EnumType);
        writer.WriteInt32(3, (int?)RepeatedFieldEncoding);
        writer.WriteInt32(4, (int?)Utf8Validation);
        writer.WriteInt32(5, (int?)MessageEncoding);
        writer.WriteInt32(6, (int?)JsonFormat);
        writer.WriteInt32(7, (int?)EnforceNamingStyle);
        writer.WriteInt32(8, (int?)DefaultSymbolVisibility);
    }
}
