namespace Trunkline.Descriptors;

/// <summary>Options of a method.</summary>
public sealed class MethodOptions : DescriptorMessage
{
    /// <summary>Whether the method should no longer be used. Default false.</summary>
    public bool? Deprecated { get; set; }

    /// <summary>Whether the method may be called twice. Default unknown.</summary>
    public IdempotencyLevel? IdempotencyLevel { get; set; }

    /// <summary>Edition features set here; what is not set is inherited.</summary>
    public FeatureSet? Features { get; set; }

    /// <summary>Options whose meaning has not been settled yet. Empty once the compiler is done.</summary>
    public List<UninterpretedOption> UninterpretedOptions { get; } = [];

    /// <summary>Reads the message from its wire form.</summary>
    /// <exception cref="DescriptorFormatException">The bytes are broken.</exception>
    public static MethodOptions Read(ReadOnlySpan<byte> bytes)
    {
        var message = new MethodOptions();
        message.MergeFrom(bytes);
        return message;
    }

    private protected override bool ReadField(ref WireReader reader, uint tag)
    {
        switch (tag)
        {
            case (33 << 3) | 0:
                Deprecated = reader.ReadBool();
                return true;
            case (34 << 3) | 0:
                IdempotencyLevel = (IdempotencyLevel)reader.ReadInt32();
                return true;
            case (35 << 3) | 2:
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
        writer.WriteBool(33, Deprecated);
        writer.WriteInt32(34, (int?)IdempotencyLevel);
        writer.WriteMessage(35, Features);
        writer.WriteMessages(999, UninterpretedOptions);
    }
}
