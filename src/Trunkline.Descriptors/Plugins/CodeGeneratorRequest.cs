namespace Trunkline.Descriptors;

/// <summary>What a compiler sends to a plugin on its standard input.</summary>
public sealed class CodeGeneratorRequest : DescriptorMessage
{
    /// <summary>The files named on the command line: code is wanted for these.</summary>
    public List<string> FilesToGenerate { get; } = [];

    /// <summary>The options given for the plugin.</summary>
    public string? Parameter { get; set; }

    /// <summary>The version of the compiler.</summary>
    public CompilerVersion? CompilerVersion { get; set; }

    /// <summary>The files to generate and all they import, each after its imports, without source-only options.</summary>
    public List<FileDescriptorProto> ProtoFiles { get; } = [];

    /// <summary>The files to generate with their source-only options.</summary>
    public List<FileDescriptorProto> SourceFileDescriptors { get; } = [];

    /// <summary>Reads the message from its wire form.</summary>
    /// <exception cref="DescriptorFormatException">The bytes are broken.</exception>
    public static CodeGeneratorRequest Read(ReadOnlySpan<byte> bytes)
    {
        var message = new CodeGeneratorRequest();
        message.MergeFrom(bytes);
        return message;
    }

    private protected override bool ReadField(ref WireReader reader, uint tag)
    {
        switch (tag)
        {
            case (1 << 3) | 2:
                FilesToGenerate.Add(reader.ReadString());
                return true;
            case (2 << 3) | 2:
                Parameter = reader.ReadString();
                return true;
            case (3 << 3) | 2:
                CompilerVersion = reader.ReadMessage(CompilerVersion ?? new CompilerVersion());
                return true;
            case (15 << 3) | 2:
                ProtoFiles.Add(reader.ReadMessage(new FileDescriptorProto()));
                return true;
            case (17 << 3) | 2:
                SourceFileDescriptors.Add(reader.ReadMessage(new FileDescriptorProto()));
                return true;
            default:
                return false;
        }
    }

    private protected override void WriteFields(WireWriter writer)
    {
        writer.WriteStrings(1, FilesToGenerate);
        writer.WriteString(2, Parameter);
        writer.WriteMessage(3, CompilerVersion);
        writer.WriteMessages(15, ProtoFiles);
        writer.WriteMessages(17, SourceFileDescriptors);
    }
}
