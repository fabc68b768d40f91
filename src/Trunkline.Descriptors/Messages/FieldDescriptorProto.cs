namespace Trunkline.Descriptors;

/// <summary>A field of a message, or an extension.</summary>
public sealed class FieldDescriptorProto : DescriptorMessage
{
    /// <summary>The name.</summary>
    public string? Name { get; set; }

    /// <summary>The full name of the extended message, with a leading dot; null for a plain field.</summary>
    public string? Extendee { get; set; }

    /// <summary>The field number.</summary>
    public int? Number { get; set; }

    /// <summary>Single, repeated or required.</summary>
    public FieldLabel? Label { get; set; }

    /// <summary>The type.</summary>
    public FieldType? Type { get; set; }

    /// <summary>The full name of the message or enum, with a leading dot, for those types.</summary>
    public string? TypeName { get; set; }

    /// <summary>The default of proto2 as text; bytes are escaped as in C.</summary>
    public string? DefaultValue { get; set; }

    /// <summary>The options of the field.</summary>
    public FieldOptions? Options { get; set; }

    /// <summary>The index of the oneof in the message, or null.</summary>
    public int? OneofIndex { get; set; }

    /// <summary>The name in JSON.</summary>
    public string? JsonName { get; set; }

    /// <summary>Whether the field is an <c>optional</c> one of proto3, which sits alone in a oneof of its own.</summary>
    public bool? Proto3Optional { get; set; }

    /// <summary>Reads the message from its wire form.</summary>
    /// <exception cref="DescriptorFormatException">The bytes are broken.</exception>
    public static FieldDescriptorProto Read(ReadOnlySpan<byte> bytes)
    {
        var message = new FieldDescriptorProto();
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
                Extendee = reader.ReadString();
                return true;
            case (3 << 3) | 0:
                Number = reader.ReadInt32();
                return true;
            case (4 << 3) | 0:
                Label = (FieldLabel)reader.ReadInt32();
                return true;
            case (5 << 3) | 0:
                Type = (FieldType)reader.ReadInt32();
                return true;
            case (6 << 3) | 2:
                TypeName = reader.ReadString();
                return true;
            case (7 << 3) | 2:
                DefaultValue = reader.ReadString();
                return true;
            case (8 << 3) | 2:
                Options = reader.ReadMessage(Options ?? new FieldOptions());
                return true;
            case (9 << 3) | 0:
                OneofIndex = reader.ReadInt32();
                return true;
            case (10 << 3) | 2:
                JsonName = reader.ReadString();
                return true;
            case (17 << 3) | 0:
                Proto3Optional = reader.ReadBool();
                return true;
            default:
                return false;
        }
    }

    private protected override void WriteFields(WireWriter writer)
    {
        writer.WriteString(1, Name);
        writer.WriteString(2, Extendee);
        writer.WriteInt32(3, Number);
        writer.WriteInt32(4, (int?)Label);
        writer.WriteInt32(5, (int?)Type);
        writer.WriteString(6, TypeName);
        writer.WriteString(7, DefaultValue);
        writer.WriteMessage(8, Options);
        writer.WriteInt32(9, OneofIndex);
        writer.WriteString(10, JsonName);
        writer.WriteBool(17, Proto3Optional);
    }
}
