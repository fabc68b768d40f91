namespace Trunkline.Descriptors;

/// <summary>A whole <c>.proto</c> file.</summary>
public sealed class FileDescriptorProto : DescriptorMessage
{
    /// <summary>The name of the file, relative to its import root, with forward slashes.</summary>
    public string? Name { get; set; }

    /// <summary>The package, such as <c>routes.v1</c>, or null.</summary>
    public string? Package { get; set; }

    /// <summary>The names of the imported files, in source order.</summary>
    public List<string> Dependencies { get; } = [];

    /// <summary>The top-level messages.</summary>
    public List<DescriptorProto> MessageTypes { get; } = [];

    /// <summary>The top-level enums.</summary>
    public List<EnumDescriptorProto> EnumTypes { get; } = [];

    /// <summary>The services.</summary>
    public List<ServiceDescriptorProto> Services { get; } = [];

    /// <summary>The top-level extensions.</summary>
    public List<FieldDescriptorProto> Extensions { get; } = [];

    /// <summary>The options of the file.</summary>
    public FileOptions? Options { get; set; }

    /// <summary>Places and comments of the source, kept only on request.</summary>
    public SourceCodeInfo? SourceCodeInfo { get; set; }

    /// <summary>Indexes into <see cref="Dependencies"/> of the public imports.</summary>
    public List<int> PublicDependencies { get; } = [];

    /// <summary>Indexes into <see cref="Dependencies"/> of the weak imports.</summary>
    public List<int> WeakDependencies { get; } = [];

    /// <summary><c>proto3</c>, <c>editions</c>, or null for proto2.</summary>
    public string? Syntax { get; set; }

    /// <summary>The edition, when <see cref="Syntax"/> is <c>editions</c>.</summary>
    public Edition? Edition { get; set; }

    /// <summary>The names of the files imported for their options alone (edition 2024).</summary>
    public List<string> OptionDependencies { get; } = [];

    /// <summary>Reads the message from its wire form.</summary>
    /// <exception cref="DescriptorFormatException">The bytes are broken.</exception>
    public static FileDescriptorProto Read(ReadOnlySpan<byte> bytes)
    {
        var message = new FileDescriptorProto();
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
                Package = reader.ReadString();
                return true;
            case (3 << 3) | 2:
                Dependencies.Add(reader.ReadString());
                return true;
            case (4 << 3) | 2:
                MessageTypes.Add(reader.ReadMessage(new DescriptorProto()));
                return true;
            case (5 << 3) | 2:
                EnumTypes.Add(reader.ReadMessage(new EnumDescriptorProto()));
                return true;
            case (6 << 3) | 2:
                Services.Add(reader.ReadMessage(new ServiceDescriptorProto()));
                return true;
            case (7 << 3) | 2:
                Extensions.Add(reader.ReadMessage(new FieldDescriptorProto()));
                return true;
            case (8 << 3) | 2:
                Options = reader.ReadMessage(Options ?? new FileOptions());
                return true;
            case (9 << 3) | 2:
                SourceCodeInfo = reader.ReadMessage(SourceCodeInfo ?? new SourceCodeInfo());
                return true;
            case (10 << 3) | 0 or (10 << 3) | 2:
                reader.ReadInt32s(PublicDependencies);
                return true;
            case (11 << 3) | 0 or (11 << 3) | 2:
                reader.ReadInt32s(WeakDependencies);
                return true;
            case (12 << 3) | 2:
                Syntax = reader.ReadString();
                return true;
            case (14 << 3) | 0:
                Edition = (Edition)reader.ReadInt32();
                return true;
            case (15 << 3) | 2:
                OptionDependencies.Add(reader.ReadString());
                return true;
            default:
                return false;
        }
    }

    private protected override void WriteFields(WireWriter writer)
    {
        writer.WriteString(1, Name);
        writer.WriteString(2, Package);
        writer.WriteStrings(3, Dependencies);
        writer.WriteMessages(4, MessageTypes);
        writer.WriteMessages(5, EnumTypes);
        writer.WriteMessages(6, Services);
        writer.WriteMessages(7, Extensions);
        writer.WriteMessage(8, Options);
        writer.WriteMessage(9, SourceCodeInfo);
        writer.WriteInt32s(10, PublicDependencies);
        writer.WriteInt32s(11, WeakDependencies);
        writer.WriteString(12, Syntax);
        writer.WriteInt32(14, (int?)Edition);
        writer.WriteStrings(15, OptionDependencies);
    }
}
