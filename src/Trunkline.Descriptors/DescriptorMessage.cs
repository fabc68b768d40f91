using System.Buffers;

namespace Trunkline.Descriptors;

/// <summary>
/// What all descriptor messages share. A field that can be absent is a nullable property: null means not set, and a set default value is
/// written. <see cref="Write"/> puts the fields in the order of their numbers, as protoc does, and what this model does not know after them.
/// </summary>
public abstract class DescriptorMessage
{
    /// <summary>
    /// Fields outside this model, in wire form and in the order they were read. In the options messages these are the custom options.
    /// </summary>
    public ReadOnlyMemory<byte> UnknownFields { get; set; }

    /// <summary>Writes the message, without a length in front.</summary>
    public void Write(IBufferWriter<byte> output)
    {
        var writer = new WireWriter();
        WriteTo(writer);
        writer.CopyTo(output);
    }

    /// <summary>The message in wire form, without a length in front.</summary>
    public virtual byte[] ToByteArray()
    {
        var writer = new WireWriter();
        WriteTo(writer);
        return writer.Written.ToArray();
    }

    /// <summary>Reads fields on top of what this message holds: lists grow, single values are replaced, nested messages merge.</summary>
    /// <exception cref="DescriptorFormatException">The bytes are broken; the message may be half read.</exception>
    public void MergeFrom(ReadOnlySpan<byte> bytes)
    {
        var reader = new WireReader(bytes);
        MergeFrom(ref reader);
    }

    internal void MergeFrom(ref WireReader reader)
    {
        ArrayBufferWriter<byte>? unknown = null;
        var start = reader.Position;
        while (reader.TryReadTag(out var tag))
        {
            if (!ReadField(ref reader, tag))
            {
                reader.Skip(tag);
                unknown ??= new ArrayBufferWriter<byte>();
                unknown.Write(reader.Since(start));
            }

            start = reader.Position;
        }

        if (unknown is not null)
        {
            UnknownFields = UnknownFields.IsEmpty ? unknown.WrittenMemory : (byte[])[.. UnknownFields.Span, .. unknown.WrittenSpan];
        }
    }

    internal void WriteTo(WireWriter writer)
    {
        WriteFields(writer);
        writer.WriteRaw(UnknownFields.Span);
    }

    /// <summary>
    /// Takes the value of a known tag, <c>(field number &lt;&lt; 3) | wire type</c>; false, with nothing taken, leaves the field, or a known
    /// field in another wire type, to <see cref="UnknownFields"/>.
    /// </summary>
    private protected abstract bool ReadField(ref WireReader reader, uint tag);

    /// <summary>Writes the known fields that are set, by field number.</summary>
    private protected abstract void WriteFields(WireWriter writer);
}
