using Trunkline.Descriptors;

namespace Trunkline.Compiler.Generators.Python;

/// <summary>
/// The descriptor that a module carries: without places and comments, and with those JSON names alone that the source states. Its parts are found in its bytes,
/// because pure-Python descriptors are told where they lie.
/// </summary>
internal sealed class EmbeddedFile
{
    /// <summary>Makes the form of a file that is embedded.</summary>
    public EmbeddedFile(FileDescriptorProto file)
    {
        Descriptor = FileDescriptorProto.Read(file.ToByteArray());
        StatedJsonNames.KeepAlone(Descriptor);
        YoungOptions.Reorder(Descriptor);
        Descriptor.SourceCodeInfo = null;
        Bytes = Descriptor.ToByteArray();
    }

    /// <summary>The descriptor in this form.</summary>
    public FileDescriptorProto Descriptor { get; }

    /// <summary>Its bytes.</summary>
    public byte[] Bytes { get; }

    /// <summary>Where a message, an enum or a service lies: at the first place that has the same bytes, as protoc has it.</summary>
    public (int Start, int End) Find(DescriptorMessage part)
    {
        ReadOnlySpan<byte> bytes = part.ToByteArray();
        var start = Bytes.AsSpan().IndexOf(bytes);
        return (start, start + bytes.Length);
    }
}
