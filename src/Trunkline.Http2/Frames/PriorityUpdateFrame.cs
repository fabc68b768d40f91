using System.Buffers.Binary;

namespace Trunkline.Http2.Frames;

/// <summary>PRIORITY_UPDATE (RFC 9218 7.1): <c>R 1, prioritized stream id 31, priority field value</c>.</summary>
internal readonly ref struct PriorityUpdateFrame
{
    /// <summary>The least legal length, in bytes: that of a frame whose field value is empty.</summary>
    public const int MinLength = 4;

    private PriorityUpdateFrame(StreamId prioritized, ReadOnlySpan<byte> fieldValue)
    {
        Prioritized = prioritized;
        FieldValue = fieldValue;
    }

    /// <summary>The stream that the frame is about; the frame itself is on stream 0.</summary>
    public StreamId Prioritized { get; }

    /// <summary>The value, as the <c>priority</c> field would have it.</summary>
    public ReadOnlySpan<byte> FieldValue { get; }

    /// <summary>Reads a whole payload. Stream 0 cannot be prioritized.</summary>
    public static Http2Error Parse(ReadOnlySpan<byte> payload, out PriorityUpdateFrame frame)
    {
        var id = new StreamId((int)(BinaryPrimitives.ReadUInt32BigEndian(payload) & int.MaxValue));
        frame = new PriorityUpdateFrame(id, payload[MinLength..]);
        return id.IsConnection
            ? Http2Error.Connection(Http2ErrorCode.ProtocolError, "PRIORITY_UPDATE names stream 0 (RFC 9218 7.1)")
            : Http2Error.None;
    }
}
