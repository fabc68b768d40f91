namespace Trunkline.Descriptors;

/// <summary>Options of an extension range.</summary>
public sealed class ExtensionRangeOptions : DescriptorMessage
{
    /// <summary>The extensions that the range has been promised to. Kept in source form only.</summary>
    public List<ExtensionDeclaration> Declarations { get; } = [];

    /// <summary>Whether extensions must be among <see cref="Declarations"/>. Default unverified. Kept in source form only.</summary>
    public VerificationState? Verification { get; set; }

    /// <summary>Edition features set here; what is not set is inherited.</summary>
    public FeatureSet? Features { get; set; }

    /// <summary>Options whose meaning has not been settled yet. Empty once the compiler is done.</summary>
    public List<UninterpretedOption> UninterpretedOptions { get; } = [];

    /// <summary>Reads the message from its wire form.</summary>
    /// <exception cref="DescriptorFormatException">The bytes are broken.</exception>
    public static ExtensionRangeOptions Read(ReadOnlySpan<byte> bytes)
    {
        var message = new ExtensionRangeOptions();
        message.MergeFrom(bytes);
        return message;
    }

    private protected override bool ReadField(ref WireReader reader, uint tag)
    {
        switch (tag)
        {
            case (2 << 3) | 2:
                Declarations.Add(reader.ReadMessage(new ExtensionDeclaration()));
                return true;
            case (3 << 3) | 0:
                Verification = (VerificationState)reader.ReadInt32();
                return true;
            case (50 << 3) | 2:
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
        writer.WriteMessages(2, Declarations);
        writer.WriteInt32(3, (int?)Verification);
        writer.WriteMessage(50, Features);
        writer.WriteMessages(999, UninterpretedOptions);
    }
}
