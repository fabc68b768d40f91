namespace Trunkline.Descriptors;

/// <summary>A service.</summary>
public sealed class ServiceDescriptorProto : DescriptorMessage
{
    /// <summary>The simple name.</summary>
    public string? Name { get; set; }

    /// <summary>The methods, in source order.</summary>
    public List<MethodDescriptorProto> Methods { get; } = [];

    /// <summary>The options of the service.</summary>
    public ServiceOptions? Options { get; set; }

    /// <summary>Reads the message from its wire form.</summary>
    /// <exception cref="DescriptorFormatException">The bytes are broken.</exception>
    public static ServiceDescriptorProto Read(ReadOnlySpan<byte> bytes)
    {
        var message = new ServiceDescriptorProto();
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
                Methods.Add(reader.ReadMessage(new MethodDescriptorProto()));
                return true;
            case (3 << 3) | 2:
                Options = reader.ReadMessage(Options ?? new ServiceOptions());
                return true;
            default:
                return false;
        }
    }

    private protected override void WriteFields(WireWriter writer)
    {
        writer.WriteString(1, Name);
        writer.WriteMessages(2, Methods);
        writer.WriteMessage(3, Options);
    }
}
