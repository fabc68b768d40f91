using System.Buffers.Binary;

namespace Trunkline.Http2.Frames;

/// <summary>WINDOW_UPDATE (RFC 9113 6.9): <c>R 1, increment 31</c>.</summary>
internal static class WindowUpdateFrame
{
    /// <summary>The only legal length, in bytes.</summary>
    public const int Length = 4;

    /// <summary>Reads the increment from a whole payload. Zero is an error of the stream, or of the connection on stream 0.</summary>
    public static Http2Error Parse(in FrameHeader header, ReadOnlySpan<byte> payload, out int increment)
    {
        const string Reason = "WINDOW_UPDATE with an increment of 0 (RFC 9113 6.9)";
        increment = (int)(BinaryPrimitives.ReadUInt32BigEndian(payload) & int.MaxValue);
        if (increment > 0)
        {
            return Http2Error.None;
        }

        return header.StreamId.IsConnection
            ? Http2Error.Connection(Http2ErrorCode.ProtocolError, Reason)
            : Http2Error.Stream(Http2ErrorCode.ProtocolError, Reason);
    }
}
