using System.Buffers.Binary;

namespace Trunkline.Http2.Frames;

/// <summary>GOAWAY (RFC 9113 6.8): <c>R 1, last stream id 31, error code 32, debug data</c>.</summary>
internal readonly ref struct GoAwayFrame
{
    /// <summary>The least legal length, in bytes: without debug data.</summary>
    public const int MinLength = 8;

    private GoAwayFrame(StreamId lastStreamId, Http2ErrorCode code, ReadOnlySpan<byte> debugData)
    {
        LastStreamId = lastStreamId;
        Code = code;
        DebugData = debugData;
    }

    /// <summary>Streams of this side above it were not processed.</summary>
    public StreamId LastStreamId { get; }

    /// <summary>Why.</summary>
    public Http2ErrorCode Code { get; }

    /// <summary>Free text of the peer; not to be trusted.</summary>
    public ReadOnlySpan<byte> DebugData { get; }

    /// <summary>Parses a whole payload.</summary>
    public static GoAwayFrame Parse(ReadOnlySpan<byte> payload)
    {
        uint last = BinaryPrimitives.ReadUInt32BigEndian(payload) & int.MaxValue;
        return new GoAwayFrame(
            new StreamId((int)last),
            Http2ErrorCodes.FromWire(BinaryPrimitives.ReadUInt32BigEndian(payload[4..])),
            payload[MinLength..]);
    }
}
