using System.Buffers.Binary;

namespace Trunkline.Http2.Frames;

/// <summary>
/// The nine bytes before each payload (RFC 9113 4.1), big endian:
/// <code>
/// +--------------------------------------------------------------+
/// | Length (24) | Type (8) | Flags (8) | R (1) | Stream id (31)  |
/// +--------------------------------------------------------------+
/// </code>
/// </summary>
/// <param name="Length">Length of the payload, in bytes.</param>
/// <param name="Type">The type; may be one that the enum does not know.</param>
/// <param name="Flags">The flags; undefined ones included.</param>
/// <param name="StreamId">The stream; 0 is the connection.</param>
internal readonly record struct FrameHeader(int Length, FrameType Type, FrameFlags Flags, StreamId StreamId)
{
    /// <summary>The size of a frame header, in bytes.</summary>
    public const int Size = 9;

    /// <summary>What a receiver accepts before it says otherwise: the least value of SETTINGS_MAX_FRAME_SIZE (RFC 9113 6.5.2), in bytes.</summary>
    public const int DefaultMaxLength = 16_384;

    /// <summary>The largest length that the field can hold, which is also the largest SETTINGS_MAX_FRAME_SIZE.</summary>
    public const int LargestLength = 0xFF_FFFF;

    /// <summary>DATA, HEADERS: whether the sender is done with the stream.</summary>
    public bool IsEndStream => Has(FrameFlags.EndStream);

    /// <summary>HEADERS, PUSH_PROMISE, CONTINUATION: whether the header block is whole.</summary>
    public bool IsEndHeaders => Has(FrameFlags.EndHeaders);

    /// <summary>SETTINGS, PING: whether this is an answer.</summary>
    public bool IsAck => Has(FrameFlags.Ack);

    /// <summary>Whether a flag is set. The caller asks only for flags that the type defines.</summary>
    public bool Has(FrameFlags flag) => (Flags & flag) != FrameFlags.None;

    /// <summary>Reads a header from the first <see cref="Size"/> bytes. The reserved bit is ignored.</summary>
    public static FrameHeader Read(ReadOnlySpan<byte> source)
    {
        uint lengthAndType = BinaryPrimitives.ReadUInt32BigEndian(source);
        uint streamId = BinaryPrimitives.ReadUInt32BigEndian(source[5..]) & int.MaxValue;
        return new FrameHeader((int)(lengthAndType >> 8), (FrameType)(byte)lengthAndType, (FrameFlags)source[4], new StreamId((int)streamId));
    }

    /// <summary>Reads a header if it is there whole.</summary>
    public static bool TryRead(ReadOnlySpan<byte> source, out FrameHeader header)
    {
        bool isThere = source.Length >= Size;
        header = isThere ? Read(source) : default;
        return isThere;
    }

    /// <summary>Writes the header into the first <see cref="Size"/> bytes, the reserved bit as 0.</summary>
    public void Write(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt32BigEndian(destination, ((uint)Length << 8) | (byte)Type);
        destination[4] = (byte)Flags;
        BinaryPrimitives.WriteInt32BigEndian(destination[5..], StreamId.Value);
    }
}
