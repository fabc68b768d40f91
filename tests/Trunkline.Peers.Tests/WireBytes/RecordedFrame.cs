using System.Buffers.Binary;

namespace Trunkline.Peers.Tests.WireBytes;

/// <summary>The header of a frame (RFC 9113 4.1): what this needs to know of one.</summary>
internal readonly record struct RecordedFrame(int Length, byte Type, uint StreamId)
{
    private const int HeaderLength = 9;
    private const byte Headers = 0x1;
    private const byte Continuation = 0x9;

    /// <summary>All bytes of the frame.</summary>
    public int TotalLength => HeaderLength + Length;

    /// <summary>The bytes of field block in it; all of the payload, as nothing here is padded or has priority fields.</summary>
    public int FieldBlockLength => Type is Headers or Continuation ? Length : 0;

    public static List<RecordedFrame> Parse(ReadOnlySpan<byte> bytes)
    {
        var frames = new List<RecordedFrame>();
        while (bytes.Length >= HeaderLength)
        {
            var frame = new RecordedFrame(
                (bytes[0] << 16) | (bytes[1] << 8) | bytes[2], bytes[3], BinaryPrimitives.ReadUInt32BigEndian(bytes[5..]) & int.MaxValue);
            frames.Add(frame);
            bytes = bytes[Math.Min(frame.TotalLength, bytes.Length)..];
        }

        return frames;
    }
}
