namespace Trunkline.Descriptors;

/// <summary>
/// The descriptor of a file as its compiler made it, inside one that was lowered for a runtime that does not know its edition. Generated C# carries such
/// lowered descriptors, and the original travels in them as a field that the runtime takes for unknown: whoever serves descriptors serves the original.
/// </summary>
public static class OriginalDescriptor
{
    /// <summary>The field of a lowered <c>FileDescriptorProto</c> that holds the bytes of the original one.</summary>
    public const int FieldNumber = 53_100_000;

    /// <summary>The bytes of the original descriptor, out of those that generated code carries.</summary>
    /// <param name="embedded">A <c>FileDescriptorProto</c> in wire form, such as the <c>SerializedData</c> of a file descriptor in Google.Protobuf.</param>
    /// <returns>The original; <paramref name="embedded"/> itself when it was not lowered.</returns>
    /// <exception cref="DescriptorFormatException">The bytes are broken.</exception>
    public static ReadOnlyMemory<byte> Find(ReadOnlyMemory<byte> embedded)
    {
        var reader = new WireReader(embedded.Span);
        while (reader.TryReadTag(out var tag))
        {
            if (tag == (((uint)FieldNumber << 3) | (uint)WireType.LengthDelimited))
            {
                var length = reader.ReadBytes().Length;
                return embedded.Slice(reader.Position - length, length);
            }

            reader.Skip(tag);
        }

        return embedded;
    }

    /// <summary>Puts the bytes of the original into the descriptor that was lowered from it.</summary>
    /// <param name="lowered">The descriptor to embed.</param>
    /// <param name="original">The original <c>FileDescriptorProto</c> in wire form.</param>
    public static void Attach(FileDescriptorProto lowered, ReadOnlySpan<byte> original)
    {
        ArgumentNullException.ThrowIfNull(lowered);
        var writer = new WireWriter(original.Length + lowered.UnknownFields.Length + 16);
        writer.WriteRaw(lowered.UnknownFields.Span);
        writer.WriteTag(FieldNumber, WireType.LengthDelimited);
        writer.WriteBytes(original);
        lowered.UnknownFields = writer.Written.ToArray();
    }
}
