namespace Trunkline.Descriptors;

/// <summary>Options of a file.</summary>
public sealed class FileOptions : DescriptorMessage
{
    /// <summary>The Java package.</summary>
    public string? JavaPackage { get; set; }

    /// <summary>The name of the Java class around the file.</summary>
    public string? JavaOuterClassname { get; set; }

    /// <summary>What generated code is optimized for. Default speed.</summary>
    public OptimizeMode? OptimizeFor { get; set; }

    /// <summary>Whether each top-level type becomes a Java file. Default false.</summary>
    public bool? JavaMultipleFiles { get; set; }

    /// <summary>The Go import path.</summary>
    public string? GoPackage { get; set; }

    /// <summary>Whether C++ gets abstract services. Default false.</summary>
    public bool? CcGenericServices { get; set; }

    /// <summary>Whether Java gets abstract services. Default false.</summary>
    public bool? JavaGenericServices { get; set; }

    /// <summary>Whether Python gets abstract services. Default false.</summary>
    public bool? PyGenericServices { get; set; }

    /// <summary>Has no effect any more.</summary>
    public bool? JavaGenerateEqualsAndHash { get; set; }

    /// <summary>Whether everything in the file should no longer be used. Default false.</summary>
    public bool? Deprecated { get; set; }

    /// <summary>Whether Java of proto2 rejects text that is not UTF-8. Default false.</summary>
    public bool? JavaStringCheckUtf8 { get; set; }

    /// <summary>Whether C++ may use arenas. Default true.</summary>
    public bool? CcEnableArenas { get; set; }

    /// <summary>The prefix of Objective-C classes.</summary>
    public string? ObjcClassPrefix { get; set; }

    /// <summary>The C# namespace; null derives it from the package.</summary>
    public string? CsharpNamespace { get; set; }

    /// <summary>The prefix of Swift types.</summary>
    public string? SwiftPrefix { get; set; }

    /// <summary>The prefix of PHP classes.</summary>
    public string? PhpClassPrefix { get; set; }

    /// <summary>The PHP namespace.</summary>
    public string? PhpNamespace { get; set; }

    /// <summary>The PHP namespace of metadata classes.</summary>
    public string? PhpMetadataNamespace { get; set; }

    /// <summary>The Ruby module.</summary>
    public string? RubyPackage { get; set; }

    /// <summary>Edition features set here; what is not set is inherited.</summary>
    public FeatureSet? Features { get; set; }

    /// <summary>Options whose meaning has not been settled yet. Empty once the compiler is done.</summary>
    public List<UninterpretedOption> UninterpretedOptions { get; } = [];

    /// <summary>Reads the message from its wire form.</summary>
    /// <exception cref="DescriptorFormatException">The bytes are broken.</exception>
    public static FileOptions Read(ReadOnlySpan<byte> bytes)
    {
        var message = new FileOptions();
        message.MergeFrom(bytes);
        return message;
    }

    private protected override bool ReadField(ref WireReader reader, uint tag)
    {
        switch (tag)
        {
            case (1 << 3) | 2:
                JavaPackage = reader.ReadString();
                return true;
            case (8 << 3) | 2:
                JavaOuterClassname = reader.ReadString();
                return true;
            case (9 << 3) | 0:
                OptimizeFor = (OptimizeMode)reader.ReadInt32();
                return true;
            case (10 << 3) | 0:
                JavaMultipleFiles = reader.ReadBool();
                return true;
            case (11 << 3) | 2:
                GoPackage = reader.ReadString();
                return true;
            case (16 << 3) | 0:
                CcGenericServices = reader.ReadBool();
                return true;
            case (17 << 3) | 0:
                JavaGenericServices = reader.ReadBool();
                return true;
            case (18 << 3) | 0:
                PyGenericServices = reader.ReadBool();
                return true;
            case (20 << 3) | 0:
                JavaGenerateEqualsAndHash = reader.ReadBool();
                return true;
            case (23 << 3) | 0:
                Deprecated = reader.ReadBool();
                return true;
            case (27 << 3) | 0:
                JavaStringCheckUtf8 = reader.ReadBool();
                return true;
            case (31 << 3) | 0:
                CcEnableArenas = reader.ReadBool();
                return true;
            case (36 << 3) | 2:
                ObjcClassPrefix = reader.ReadString();
                return true;
            case (37 << 3) | 2:
                CsharpNamespace = reader.ReadString();
                return true;
            case (39 << 3) | 2:
                SwiftPrefix = reader.ReadString();
                return true;
            case (40 << 3) | 2:
                PhpClassPrefix = reader.ReadString();
                return true;
            case (41 << 3) | 2:
                PhpNamespace = reader.ReadString();
                return true;
            case (44 << 3) | 2:
                PhpMetadataNamespace = reader.ReadString();
                return true;
            case (45 << 3) | 2:
                RubyPackage = reader.ReadString();
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
        writer.WriteString(1, JavaPackage);
        writer.WriteString(8, JavaOuterClassname);
        writer.WriteInt32(9, (int?)OptimizeFor);
        writer.WriteBool(10, JavaMultipleFiles);
        writer.WriteString(11, GoPackage);
        writer.WriteBool(16, CcGenericServices);
        writer.WriteBool(17, JavaGenericServices);
        writer.WriteBool(18, PyGenericServices);
        writer.WriteBool(20, JavaGenerateEqualsAndHash);
        writer.WriteBool(23, Deprecated);
        writer.WriteBool(27, JavaStringCheckUtf8);
        writer.WriteBool(31, CcEnableArenas);
        writer.WriteString(36, ObjcClassPrefix);
        writer.WriteString(37, CsharpNamespace);
        writer.WriteString(39, SwiftPrefix);
        writer.WriteString(40, PhpClassPrefix);
        writer.WriteString(41, PhpNamespace);
        writer.WriteString(44, PhpMetadataNamespace);
        writer.WriteString(45, RubyPackage);
        writer.WriteMessage(50, Features);
        writer.WriteMessages(999, UninterpretedOptions);
    }
}
