using System.Buffers.Binary;

namespace Trunkline.Http2.Frames;

/// <summary>
/// Writes frames, and the beginnings of those whose payload lies elsewhere. Each method returns the bytes that it wrote; the constants say how much
/// room it needs.
/// </summary>
internal static class FrameWriter
{
    /// <summary>Size of an RST_STREAM frame, in bytes.</summary>
    public const int RstStreamSize = FrameHeader.Size + RstStreamFrame.Length;

    /// <summary>Size of a PRIORITY frame, in bytes.</summary>
    public const int PrioritySize = FrameHeader.Size + PriorityFrame.Length;

    /// <summary>Size of a SETTINGS frame with ACK, in bytes.</summary>
    public const int SettingsAckSize = FrameHeader.Size;

    /// <summary>Size of a PING frame, in bytes.</summary>
    public const int PingSize = FrameHeader.Size + PingFrame.Length;

    /// <summary>Size of a GOAWAY frame without debug data, in bytes.</summary>
    public const int GoAwaySize = FrameHeader.Size + GoAwayFrame.MinLength;

    /// <summary>Size of a WINDOW_UPDATE frame, in bytes.</summary>
    public const int WindowUpdateSize = FrameHeader.Size + WindowUpdateFrame.Length;

    /// <summary>Size of a PUSH_PROMISE frame without its fragment, in bytes.</summary>
    public const int PushPromiseSize = FrameHeader.Size + PushPromiseFrame.MinLength;

    /// <summary>Size of a PRIORITY_UPDATE frame without its field value, in bytes.</summary>
    public const int PriorityUpdateSize = FrameHeader.Size + PriorityUpdateFrame.MinLength;

    /// <summary>Writes the header of a DATA frame; the data follows.</summary>
    public static int WriteDataHeader(Span<byte> destination, StreamId id, int length, bool endStream) =>
        WriteHeader(destination, length, FrameType.Data, endStream ? FrameFlags.EndStream : FrameFlags.None, id);

    /// <summary>Writes the header of a HEADERS frame; the fragment follows.</summary>
    public static int WriteHeadersHeader(Span<byte> destination, StreamId id, int length, bool endStream, bool endHeaders) =>
        WriteHeader(
            destination,
            length,
            FrameType.Headers,
            (endStream ? FrameFlags.EndStream : FrameFlags.None) | (endHeaders ? FrameFlags.EndHeaders : FrameFlags.None),
            id);

    /// <summary>Writes the header of a CONTINUATION frame; the fragment follows.</summary>
    public static int WriteContinuationHeader(Span<byte> destination, StreamId id, int length, bool endHeaders) =>
        WriteHeader(destination, length, FrameType.Continuation, endHeaders ? FrameFlags.EndHeaders : FrameFlags.None, id);

    /// <summary>The bytes that <see cref="WriteHeaderBlock"/> needs: the block and a frame header for each piece.</summary>
    public static int HeaderBlockSize(int blockLength, int maxFrameSize) =>
        blockLength + (FrameHeader.Size * Math.Max(1, (blockLength + maxFrameSize - 1) / maxFrameSize));

    /// <summary>Writes a whole header block as HEADERS and as many CONTINUATION frames as it takes (RFC 9113 4.3).</summary>
    public static int WriteHeaderBlock(Span<byte> destination, StreamId id, ReadOnlySpan<byte> block, bool endStream, int maxFrameSize)
    {
        ReadOnlySpan<byte> piece = block[..Math.Min(block.Length, maxFrameSize)];
        int written = WriteHeadersHeader(destination, id, piece.Length, endStream, endHeaders: piece.Length == block.Length);
        piece.CopyTo(destination[written..]);
        written += piece.Length;
        return written + WriteContinuations(destination[written..], id, block[piece.Length..], maxFrameSize);
    }

    /// <summary>The bytes that <see cref="WritePromiseBlock"/> needs.</summary>
    public static int PromiseBlockSize(int blockLength, int maxFrameSize) => HeaderBlockSize(PushPromiseFrame.MinLength + blockLength, maxFrameSize);

    /// <summary>Writes a whole header block as PUSH_PROMISE and as many CONTINUATION frames as it takes (RFC 9113 6.6).</summary>
    public static int WritePromiseBlock(Span<byte> destination, StreamId id, StreamId promised, ReadOnlySpan<byte> block, int maxFrameSize)
    {
        ReadOnlySpan<byte> piece = block[..Math.Min(block.Length, maxFrameSize - PushPromiseFrame.MinLength)];
        int written = WritePushPromiseHeader(destination, id, promised, piece.Length, endHeaders: piece.Length == block.Length);
        piece.CopyTo(destination[written..]);
        written += piece.Length;
        return written + WriteContinuations(destination[written..], id, block[piece.Length..], maxFrameSize);
    }

    /// <summary>Writes the beginning of a PUSH_PROMISE frame; the fragment follows.</summary>
    public static int WritePushPromiseHeader(Span<byte> destination, StreamId id, StreamId promised, int fragmentLength, bool endHeaders)
    {
        FrameFlags flags = endHeaders ? FrameFlags.EndHeaders : FrameFlags.None;
        WriteHeader(destination, PushPromiseFrame.MinLength + fragmentLength, FrameType.PushPromise, flags, id);
        BinaryPrimitives.WriteInt32BigEndian(destination[FrameHeader.Size..], promised.Value);
        return PushPromiseSize;
    }

    /// <summary>Writes a PRIORITY frame.</summary>
    public static int WritePriority(Span<byte> destination, StreamId id, in PriorityFields fields)
    {
        WriteHeader(destination, PriorityFrame.Length, FrameType.Priority, FrameFlags.None, id);
        fields.Write(destination[FrameHeader.Size..]);
        return PrioritySize;
    }

    /// <summary>Writes an RST_STREAM frame.</summary>
    public static int WriteRstStream(Span<byte> destination, StreamId id, Http2ErrorCode code)
    {
        WriteHeader(destination, RstStreamFrame.Length, FrameType.RstStream, FrameFlags.None, id);
        BinaryPrimitives.WriteUInt32BigEndian(destination[FrameHeader.Size..], (uint)code);
        return RstStreamSize;
    }

    /// <summary>Writes a SETTINGS frame of nine bytes and six for each entry.</summary>
    public static int WriteSettings(Span<byte> destination, ReadOnlySpan<Setting> settings)
    {
        int written = WriteHeader(destination, settings.Length * Setting.Size, FrameType.Settings, FrameFlags.None, StreamId.Connection);
        foreach (Setting setting in settings)
        {
            setting.Write(destination[written..]);
            written += Setting.Size;
        }

        return written;
    }

    /// <summary>Writes the acknowledgment of a SETTINGS frame.</summary>
    public static int WriteSettingsAck(Span<byte> destination) =>
        WriteHeader(destination, length: 0, FrameType.Settings, FrameFlags.Ack, StreamId.Connection);

    /// <summary>Writes a PING frame, or the answer to one.</summary>
    public static int WritePing(Span<byte> destination, long opaque, bool ack)
    {
        WriteHeader(destination, PingFrame.Length, FrameType.Ping, ack ? FrameFlags.Ack : FrameFlags.None, StreamId.Connection);
        BinaryPrimitives.WriteInt64BigEndian(destination[FrameHeader.Size..], opaque);
        return PingSize;
    }

    /// <summary>Writes a GOAWAY frame of <see cref="GoAwaySize"/> bytes and its debug data.</summary>
    public static int WriteGoAway(Span<byte> destination, StreamId lastStreamId, Http2ErrorCode code, ReadOnlySpan<byte> debugData)
    {
        WriteHeader(destination, GoAwayFrame.MinLength + debugData.Length, FrameType.GoAway, FrameFlags.None, StreamId.Connection);
        BinaryPrimitives.WriteInt32BigEndian(destination[FrameHeader.Size..], lastStreamId.Value);
        BinaryPrimitives.WriteUInt32BigEndian(destination[(FrameHeader.Size + 4)..], (uint)code);
        debugData.CopyTo(destination[GoAwaySize..]);
        return GoAwaySize + debugData.Length;
    }

    /// <summary>Writes a WINDOW_UPDATE frame.</summary>
    public static int WriteWindowUpdate(Span<byte> destination, StreamId id, int increment)
    {
        WriteHeader(destination, WindowUpdateFrame.Length, FrameType.WindowUpdate, FrameFlags.None, id);
        BinaryPrimitives.WriteInt32BigEndian(destination[FrameHeader.Size..], increment);
        return WindowUpdateSize;
    }

    private static int WriteContinuations(Span<byte> destination, StreamId id, ReadOnlySpan<byte> rest, int maxFrameSize)
    {
        int written = 0;
        while (!rest.IsEmpty)
        {
            ReadOnlySpan<byte> piece = rest[..Math.Min(rest.Length, maxFrameSize)];
            written += WriteContinuationHeader(destination[written..], id, piece.Length, endHeaders: piece.Length == rest.Length);
            piece.CopyTo(destination[written..]);
            written += piece.Length;
            rest = rest[piece.Length..];
        }

        return written;
    }

    /// <summary>Writes a PRIORITY_UPDATE frame of <see cref="PriorityUpdateSize"/> bytes and its field value.</summary>
    public static int WritePriorityUpdate(Span<byte> destination, StreamId prioritized, ReadOnlySpan<byte> fieldValue)
    {
        int length = PriorityUpdateFrame.MinLength + fieldValue.Length;
        WriteHeader(destination, length, FrameType.PriorityUpdate, FrameFlags.None, StreamId.Connection);
        BinaryPrimitives.WriteInt32BigEndian(destination[FrameHeader.Size..], prioritized.Value);
        fieldValue.CopyTo(destination[PriorityUpdateSize..]);
        return PriorityUpdateSize + fieldValue.Length;
    }

    private static int WriteHeader(Span<byte> destination, int length, FrameType type, FrameFlags flags, StreamId id)
    {
        new FrameHeader(length, type, flags, id).Write(destination);
        return FrameHeader.Size;
    }
}
