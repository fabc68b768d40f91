namespace Trunkline.Fuzz.Frames;

/// <summary>Cuts bytes that come in any pieces into frames.</summary>
internal sealed class FrameCutter
{
    private readonly List<byte> _pending = [];

    /// <summary>The bytes that the frame under way still lacks; of one whose header is not whole, those of the header. 0 between two frames.</summary>
    public int Missing => _pending.Count == 0 ? 0 : (_pending.Count < 9 ? 9 : 9 + Length) - _pending.Count;

    private int Length => (_pending[0] << 16) | (_pending[1] << 8) | _pending[2];

    /// <summary>Takes bytes and gives the frames that they complete.</summary>
    public List<RawFrame> Add(ReadOnlySpan<byte> bytes)
    {
        _pending.AddRange(bytes);
        var frames = new List<RawFrame>();
        while (_pending.Count >= 9 && _pending.Count >= 9 + Length)
        {
            int stream = ((_pending[5] & 0x7F) << 24) | (_pending[6] << 16) | (_pending[7] << 8) | _pending[8];
            frames.Add(new RawFrame(_pending[3], _pending[4], stream, [.. _pending.GetRange(9, Length)]));
            _pending.RemoveRange(0, 9 + Length);
        }

        return frames;
    }
}
