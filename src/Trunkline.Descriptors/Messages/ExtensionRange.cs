namespace Trunkline.Descriptors;

/// <summary>Numbers of a message that extensions may use.</summary>
public sealed class ExtensionRange : DescriptorMessage
{
    /// <summary>The first number.</summary>
    public int? Start { get; set; }

    /// <summary>The number after the last.</summary>
    public int? End { get; set; }

    /// <summary>The options of the range.</summary>
    public ExtensionRangeOptions? Options { get; set; }

    /// <summary>Reads the message from its wire form.</summary>
    /// <exception cref="DescriptorFormatException">The bytes are broken.</exception>
    public static ExtensionRange Read(ReadOnlySpan<byte> bytes)
    {
        var message = new ExtensionRange();
        message.MergeFrom(bytes);
        return message;
    }

    private protected override bool ReadField(ref WireReader reader, uint tag)
    {
        switch (tag)
        {
            case (1 << 3) | 0:
                Start = reader.ReadInt32();
                return true;
            case (2 << 3) | 0:
                End = reader.ReadInt32();
                return true;
            case (3 << 3) | 2:
                Options = reader.ReadMessage(Options ?? new ExtensionRangeOptions());
                return true;
            default:
                return false;
        }
    }

    private protected override void WriteFields(WireWriter writer)
    {
        writer.WriteInt32(1, Start);
        writer.WriteInt32(2, End);
        writer.WriteMessage(3, Options);
    }
}
