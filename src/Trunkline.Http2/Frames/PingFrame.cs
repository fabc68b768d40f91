using System.Buffers.Binary;

namespace Trunkline.Http2.Frames;

/// <summary>PING (RFC 9113 6.7): eight bytes that mean something to the sender alone.</summary>
internal static class PingFrame
{
    /// <summary>The only legal length, in bytes.</summary>
    public const int Length = 8;

    /// <summary>Reads the eight bytes of a whole payload as one number.</summary>
    public static long Parse(ReadOnlySpan<byte> payload) => BinaryPrimitives.ReadInt64BigEndian(payload);
}
