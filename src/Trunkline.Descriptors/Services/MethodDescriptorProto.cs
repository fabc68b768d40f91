namespace Trunkline.Descriptors;

/// <summary>A method of a service.</summary>
public sealed class MethodDescriptorProto : DescriptorMessage
{
    /// <summary>The name.</summary>
    public string? Name { get; set; }

    /// <summary>The full name of the request message, with a leading dot.</summary>
    public string? InputType { get; set; }

    /// <summary>The full name of the reply message, with a leading dot.</summary>
    public string? OutputType { get; set; }

    /// <summary>The options of the method.</summary>
    public MethodOptions? Options { get; set; }

    /// <summary>Whether the client sends a stream of requests. Default false.</summary>
    public bool? ClientStreaming { get; set; }

    /// <summary>Whether the server answers with a stream of replies. Default false.</summary>
    public bool? ServerStreaming { get; set; }

    /// <summary>Reads the message from its wire form.</summary>
    /// <exception cref="DescriptorFormatException">The bytes are broken.</exception>
    public static MethodDescriptorProto Read(ReadOnlySpan<byte> bytes)
    {
        var message = new MethodDescriptorProto();
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
                InputType = reader.ReadString();
                return true;
            case (3 << 3) | 2:
                OutputType = reader.ReadString();
                return true;
            case (4 << 3) | 2:
                Options = reader.ReadMessage(Options ?? new MethodOptions());
                return true;
            case (5 << 3) | 0:
                ClientStreaming = reader.ReadBool();
                return true;
            case (6 << 3) | 0:
                ServerStreaming = reader.ReadBool();
                return true;
            default:
                return false;
        }
    }

    private protected override void WriteFields(WireWriter writer)
    {
        writer.WriteString(1, Name);
        writer.WriteString(2, InputType);
        writer.WriteString(3, OutputType);
        writer.WriteMessage(4, Options);
        writer.WriteBool(5, ClientStreaming);
        writer.WriteBool(6, ServerStreaming);
    }
}
