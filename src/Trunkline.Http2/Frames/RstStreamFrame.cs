using System.Buffers.Binary;

namespace Trunkline.Http2.Frames;

/// <summary>RST_STREAM (RFC 9113 6.4): an error code of 32 bits.</summary>
internal static class RstStreamFrame
{
    /// <summary>The only legal length, in bytes.</summary>
    public const int Length = 4;

    /// <summary>Reads the code from a whole payload.</summary>
    public static Http2ErrorCode Parse(ReadOnlySpan<byte> payload) => Http2ErrorCodes.FromWire(BinaryPrimitives.ReadUInt32BigEndian(payload));
}
