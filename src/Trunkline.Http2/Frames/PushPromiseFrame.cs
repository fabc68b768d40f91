using System.Buffers.Binary;

namespace Trunkline.Http2.Frames;

/// <summary>PUSH_PROMISE (RFC 9113 6.6): <c>[padding length 8] R 1, promised id 31, fragment [padding]</c>.</summary>
internal readonly ref struct PushPromiseFrame
{
    /// <summary>The least legal length, in bytes: the promised id.</summary>
    public const int MinLength = 4;

    private PushPromiseFrame(StreamId promised, ReadOnlySpan<byte> fragment)
    {
        Promised = promised;
        Fragment = fragment;
    }

    /// <summary>The stream that is reserved.</summary>
    public StreamId Promised { get; }

    /// <summary>The piece of the header block.</summary>
    public ReadOnlySpan<byte> Fragment { get; }

    /// <summary>Parses a whole payload.</summary>
    public static Http2Error Parse(in FrameHeader header, ReadOnlySpan<byte> payload, out PushPromiseFrame frame)
    {
        frame = default;
        Http2Error error = Padding.Strip(header, payload, out int start, out int length);
        if (!error.IsNone)
        {
            return error;
        }

        if (length < MinLength)
        {
            return Http2Error.Connection(Http2ErrorCode.ProtocolError, "the padding of PUSH_PROMISE reaches into its promised stream id (RFC 9113 6.6)");
        }

        uint promised = BinaryPrimitives.ReadUInt32BigEndian(payload[start..]) & int.MaxValue;
        frame = new PushPromiseFrame(new StreamId((int)promised), payload.Slice(start + MinLength, length - MinLength));
        return Http2Error.None;
    }
}
