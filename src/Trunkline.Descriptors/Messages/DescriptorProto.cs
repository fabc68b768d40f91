namespace Trunkline.Descriptors;

/// <summary>A message type.</summary>
public sealed class DescriptorProto : DescriptorMessage
{
    /// <summary>The simple name.</summary>
    public string? Name { get; set; }

    /// <summary>The fields, in source order.</summary>
    public List<FieldDescriptorProto> Fields { get; } = [];

    /// <summary>The messages declared inside, the entries of its maps among them.</summary>
    public List<DescriptorProto> NestedTypes { get; } = [];

    /// <summary>The enums declared inside.</summary>
    public List<EnumDescriptorProto> EnumTypes { get; } = [];

    /// <summary>The numbers that extensions may use.</summary>
    public List<ExtensionRange> ExtensionRanges { get; } = [];

    /// <summary>The extensions declared inside.</summary>
    public List<FieldDescriptorProto> Extensions { get; } = [];

    /// <summary>The options of the message.</summary>
    public MessageOptions? Options { get; set; }

    /// <summary>The oneofs, those made for <c>optional</c> fields of proto3 last.</summary>
    public List<OneofDescriptorProto> OneofDecls { get; } = [];

    /// <summary>The numbers that fields must not use.</summary>
    public List<ReservedRange> ReservedRanges { get; } = [];

    /// <summary>The names that fields must not use.</summary>
    public List<string> ReservedNames { get; } = [];

    /// <summary>Whether other files may name the message (edition 2024).</summary>
    public SymbolVisibility? Visibility { get; set; }

    /// <summary>Reads the message from its wire form.</summary>
    /// <exception cref="DescriptorFormatException">The bytes are broken.</exception>
    public static DescriptorProto Read(ReadOnlySpan<byte> bytes)
    {
        var message = new DescriptorProto();
        message.MergeFrom(bytes);
        return message;
    }

    private protected override bool ReadField(ref WireReader reader, uint tag)
    {
        switch (tag)
        {
            case (1 << 3) | 2:
                Name = reader.ReadString();
                return true;
            case (2 << 3) | 2:
                Fields.Add(reader.ReadMessage(new FieldDescriptorProto()));
                return true;
            case (3 << 3) | 2:
                NestedTypes.Add(reader.ReadMessage(new DescriptorProto()));
                return true;
            case (4 << 3) | 2:
                EnumTypes.Add(reader.ReadMessage(new EnumDescriptorProto()));
                return true;
            case (5 << 3) | 2:
                ExtensionRanges.Add(reader.ReadMessage(new ExtensionRange()));
                return true;
            case (6 << 3) | 2:
                Extensions.Add(reader.ReadMessage(new FieldDescriptorProto()));
                return true;
            case (7 << 3) | 2:
                Options = reader.ReadMessage(Options ?? new MessageOptions());
                return true;
            case (8 << 3) | 2:
                OneofDecls.Add(reader.ReadMessage(new OneofDescriptorProto()));
                return true;
            case (9 << 3) | 2:
                ReservedRanges.Add(reader.ReadMessage(new ReservedRange()));
                return true;
            case (10 << 3) | 2:
                ReservedNames.Add(reader.ReadString());
                return true;
            case (11 << 3) | 0:
                Visibility = (SymbolVisibility)reader.ReadInt32();
                return true;
            default:
                return false;
        }
    }

    private protected override void WriteFields(WireWriter writer)
    {
        writer.WriteString(1, Name);
        writer.WriteMessages(2, Fields);
        writer.WriteMessages(3, NestedTypes);
        writer.WriteMessages(4, EnumTypes);
        writer.WriteMessages(5, ExtensionRanges);
        writer.WriteMessages(6, Extensions);
        writer.WriteMessage(7, Options);
        writer.WriteMessages(8, OneofDecls);
        writer.WriteMessages(9, ReservedRanges);
        writer.WriteStrings(10, ReservedNames);
        writer.WriteInt32(11, (int?)Visibility);
    }
}
