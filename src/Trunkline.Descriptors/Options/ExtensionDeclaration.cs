namespace Trunkline.Descriptors;

/// <summary>One extension that a range has been promised to.</summary>
public sealed class ExtensionDeclaration : DescriptorMessage
{
    /// <summary>The field number.</summary>
    public int? Number { get; set; }

    /// <summary>The full name, with a leading dot.</summary>
    public string? FullName { get; set; }

    /// <summary>The type: a scalar keyword, or a full name with a leading dot.</summary>
    public string? Type { get; set; }

    /// <summary>Whether the number is closed for good.</summary>
    public bool? Reserved { get; set; }

    /// <summary>Whether the extension is repeated.</summary>
    public bool? Repeated { get; set; }

    /// <summary>Reads the message from its wire form.</summary>
    /// <exception cref="DescriptorFormatException">The bytes are broken.</exception>
    public static ExtensionDeclaration Read(ReadOnlySpan<byte> bytes)
    {
        var message = new ExtensionDeclaration();
        message.MergeFrom(bytes);
        return message;
    }

    private protected override bool ReadField(ref WireReader reader, uint tag)
    {
        switch (tag)
        {
            case (1 << 3) | 0:
                Number = reader.ReadInt32();
                return true;
            case (2 << 3) | 2:
                FullName = reader.ReadString();
                return true;
            case (3 << 3) | 2:
                Type = reader.ReadString();
                return true;
            case (5 << 3) | 0:
                Reserved = reader.ReadBool();
                return true;
            case (6 << 3) | 0:
                Repeated = reader.ReadBool();
                return true;
            default:
                return false;
        }
    }

    private protected override void WriteFields(WireWriter writer)
    {
        writer.WriteInt32(1, Number);
        writer.WriteString(2, FullName);
        writer.WriteString(3, Type);
        writer.WriteBool(5, Reserved);
        writer.WriteBool(6, Repeated);
    }
}
