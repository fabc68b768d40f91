namespace Trunkline.Descriptors;

/// <summary>Options of a field.</summary>
public sealed class FieldOptions : DescriptorMessage
{
    /// <summary>How C++ holds the text. Default string.</summary>
    public CType? CType { get; set; }

    /// <summary>Whether repeated numbers share one length; null leaves it to the syntax or edition.</summary>
    public bool? Packed { get; set; }

    /// <summary>Whether the field should no longer be used. Default false.</summary>
    public bool? Deprecated { get; set; }

    /// <summary>Whether the nested message may be parsed on first use. Default false.</summary>
    public bool? Lazy { get; set; }

    /// <summary>How JavaScript holds a number of 64 bits.</summary>
    public JSType? JsType { get; set; }

    /// <summary>Has no effect outside one private implementation.</summary>
    public bool? Weak { get; set; }

    /// <summary>Like <see cref="Lazy"/>, without a check at parse time. Default false.</summary>
    public bool? UnverifiedLazy { get; set; }

    /// <summary>Whether the value must not show in debug output. Default false.</summary>
    public bool? DebugRedact { get; set; }

    /// <summary>Whether the option that this field is outlives compilation.</summary>
    public OptionRetention? Retention { get; set; }

    /// <summary>What the option that this field is may be set on; empty allows all.</summary>
    public List<OptionTargetType> Targets { get; } = [];

    /// <summary>The defaults of the feature that this field is, by edition.</summary>
    public List<EditionDefault> EditionDefaults { get; } = [];

    /// <summary>Edition features set here; what is not set is inherited.</summary>
    public FeatureSet? Features { get; set; }

    /// <summary>The editions that know the feature or option that this field is.</summary>
    public FeatureSupport? FeatureSupport { get; set; }

    /// <summary>Options whose meaning has not been settled yet. Empty once the compiler is done.</summary>
    public List<UninterpretedOption> UninterpretedOptions { get; } = [];

    /// <summary>Reads the message from its wire form.</summary>
    /// <exception cref="DescriptorFormatException">The bytes are broken.</exception>
    public static FieldOptions Read(ReadOnlySpan<byte> bytes)
    {
        var message = new FieldOptions();
        message.MergeFrom(bytes);
        return message;
    }

    private protected override bool ReadField(ref WireReader reader, uint tag)
    {
        switch (tag)
        {
            case (1 << 3) | 0:
                CType = (CType)reader.ReadInt32();
                return true;
            case (2 << 3) | 0:
                Packed = reader.ReadBool();
                return true;
            case (3 << 3) | 0:
                Deprecated = reader.ReadBool();
                return true;
            case (5 << 3) | 0:
                Lazy = reader.ReadBool();
                return true;
            case (6 << 3) | 0:
                JsType = (JSType)reader.ReadInt32();
                return true;
            case (10 << 3) | 0:
                Weak = reader.ReadBool();
                return true;
            case (15 << 3) | 0:
                UnverifiedLazy = reader.ReadBool();
                return true;
            case (16 << 3) | 0:
                DebugRedact = reader.ReadBool();
                return true;
            case (17 << 3) | 0:
                Retention = (OptionRetention)reader.ReadInt32();
                return true;
            case (19 << 3) | 0:
                Targets.Add((OptionTargetType)reader.ReadInt32());
                return true;
            case (20 << 3) | 2:
                EditionDefaults.Add(reader.ReadMessage(new EditionDefault()));
                return true;
            case (21 << 3) | 2:
                Features = reader.ReadMessage(Features ?? new FeatureSet());
                return true;
            case (22 << 3) | 2:
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
        writer.WriteInt32(1, (int?)CType);
        writer.WriteBool(2, Packed);
        writer.WriteBool(3, Deprecated);
        writer.WriteBool(5, Lazy);
        writer.WriteInt32(6, (int?)JsType);
        writer.WriteBool(10, Weak);
        writer.WriteBool(15, UnverifiedLazy);
        writer.WriteBool(16, DebugRedact);
        writer.WriteInt32(17, (int?)Retention);
        foreach (var target in Targets)
        {
            writer.WriteInt32(19, (int)target);
        }

        writer.WriteMessages(20, EditionDefaults);
        writer.WriteMessage(21, Features);
        writer.WriteMessage(22, FeatureSupport);
        writer.WriteMessages(999, UninterpretedOptions);
    }
}
