namespace Trunkline.Descriptors;

/// <summary>Options of a service.</summary>
public sealed class ServiceOptions : DescriptorMessage
{
    /// <summary>Whether the service should no longer be used. Default false.</summary>
    public bool? Deprecated { get; set; }

    /// <summary>Edition features set here; what is not set is inherited.</summary>
    public FeatureSet? Features { get; set; }

    /// <summary>Options whose meaning has not been settled yet. Empty once the compiler is done.</summary>
    public List<UninterpretedOption> UninterpretedOptions { get; } = [];

    /// <summary>Reads the message from its wire form.</summary>
    /// <exception cref="DescriptorFormatException">The bytes are broken.</exception>
    public static ServiceOptions Read(ReadOnlySpan<byte> bytes)
    {
        var message = new ServiceOptions();
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
            case (34 << 3) | 2:
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
        writer.WriteMessage(34, Features);
        writer.WriteMessages(999, UninterpretedOptions);
    }
}
