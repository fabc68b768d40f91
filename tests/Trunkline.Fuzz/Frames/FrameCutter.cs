using System.Buffers;

namespace Trunkline.Fuzz.Frames;

/// <summary>Cuts bytes that come in any pieces into frames.</summary>
internal sealed class FrameCutter
{
    private const int HeaderSize = 9;

    private readonly ArrayBufferWriter<byte> _pending = new(256);

    /// <summary>The bytes that the frame under way still lacks; of one whose header is not whole, those of the header. 0 between two frames.</summary>
    public int Missing
    {
        get
        {
            ReadOnlySpan<byte> pending = _pending.WrittenSpan;
            return pending.IsEmpty ? 0 : (pending.Length < HeaderSize ? HeaderSize : HeaderSize + Length(pending)) - pending.Length;
        }
    }

    /// <summary>Takes bytes and gives the frames that they complete.</summary>
    public List<RawFrame> Add(ReadOnlySpan<byte> bytes)
    {
        bool isSplit = _pending.WrittenCount > 0;
        if (isSplit)
        {
            _pending.Write(bytes);
            bytes = _pending.WrittenSpan;
        }

        var frames = new List<RawFrame>();
        while (bytes.Length >= HeaderSize && bytes.Length >= HeaderSize + Length(bytes))
        {
            int end = HeaderSize + Length(bytes);
            int stream = ((bytes[5] & 0x7F) << 24) | (bytes[6] << 16) | (bytes[7] << 8) | bytes[8];
            frames.Add(new RawFrame(bytes[3], bytes[4], stream, bytes[HeaderSize..end].ToArray()));
            bytes = bytes[end..];
        }

        Keep(bytes, isSplit && frames.Count == 0);
        return frames;
    }

    private void Keep(ReadOnlySpan<byte> rest, bool isThere)
    {
        if (!isThere)
        {
            byte[] copy = rest.ToArray();
            _pending.ResetWrittenCount();
            _pending.Write(copy);
        }
    }

    private static int Length(ReadOnlySpan<byte> header) => (header[0] << 16) | (header[1] << 8) | header[2];
}
