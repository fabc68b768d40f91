using System.Buffers;

namespace Trunkline.Http2.Connections;

/// <summary>
/// Where received bytes lie while their frames are worked off. Holds memory only while there are bytes or more are on their way: an idle connection
/// has none from the pool. Owned by the read loop.
/// </summary>
internal sealed class ReceiveBuffer
{
    /// <summary>Room for a few full frames, so that a fast peer's frames come many to a read, in bytes.</summary>
    public const int Size = 64 * 1024;

    private byte[] _array = [];
    private int _start;
    private int _end;

    /// <summary>Bytes that have come and are not worked off.</summary>
    public int Length => _end - _start;

    public ReadOnlyMemory<byte> Unread => _array.AsMemory(_start, _end - _start);

    public ReadOnlySpan<byte> UnreadSpan => _array.AsSpan(_start, _end - _start);

    /// <summary>Room to receive into: what is left over from the last read moves to the front first.</summary>
    public Memory<byte> GetRoom()
    {
        if (_array.Length == 0)
        {
            _array = ArrayPool<byte>.Shared.Rent(Size);
        }
        else if (_start > 0)
        {
            _array.AsSpan(_start, _end - _start).CopyTo(_array);
            _end -= _start;
            _start = 0;
        }

        return _array.AsMemory(_end);
    }

    public void Add(int received) => _end += received;

    public void Consume(int count) => _start += count;

    /// <summary>Gives the memory back when nothing lies in it.</summary>
    public void ReleaseIfEmpty()
    {
        if (Length == 0 && _array.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_array);
            _array = [];
            _start = _end = 0;
        }
    }

    /// <summary>Forgets what lies in it and gives the memory back.</summary>
    public void Release()
    {
        _start = _end = 0;
        ReleaseIfEmpty();
    }
}
