using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace Trunkline.Harness.Relays;

/// <summary>What is on its way through one direction of a link, oldest first. One thread puts in, another takes out; a full line holds up the first.</summary>
internal sealed class DelayLine(LinkShape shape, TimeProvider time)
{
    private readonly object _lock = new();
    private readonly Queue<Block> _blocks = new();
    private LinkSchedule _schedule = new(shape, time.TimestampFrequency);
    private long _held;
    private bool _isClosed;

    /// <summary>Waits until there is room for a block.</summary>
    /// <returns>False when the line is closed.</returns>
    public bool WaitForRoom()
    {
        lock (_lock)
        {
            while (_held > 0 && _held + shape.Block > shape.Capacity && !_isClosed)
            {
                Monitor.Wait(_lock);
            }

            return !_isClosed;
        }
    }

    /// <summary>Puts bytes in and takes over their array, which came from the shared pool.</summary>
    public void Put(byte[] array, int length) => Put(new Block(array, length, LinkEvent.Bytes));

    /// <summary>Puts the end of the stream in, behind all bytes.</summary>
    public void PutEnd(LinkEvent end) => Put(new Block([], 0, end));

    /// <summary>Waits for the oldest block and for its time to come out.</summary>
    public bool TryTake([NotNullWhen(true)] out Block? block)
    {
        lock (_lock)
        {
            while (!_blocks.TryPeek(out block) && !_isClosed)
            {
                Monitor.Wait(_lock);
            }

            if (_isClosed)
            {
                block = null;
                return false;
            }
        }

        PreciseWait.Until(block!.Due, time);
        return true;
    }

    /// <summary>The oldest block has been handed on: its room is free.</summary>
    public void Remove()
    {
        lock (_lock)
        {
            if (_blocks.TryDequeue(out Block? block))
            {
                _held -= block.Length;
                block.Release();
            }

            Monitor.PulseAll(_lock);
        }
    }

    /// <summary>Wakes both threads for good.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _isClosed = true;
            Monitor.PulseAll(_lock);
        }
    }

    private void Put(Block block)
    {
        lock (_lock)
        {
            block.Due = _schedule.Send(time.GetTimestamp(), block.Length);
            _held += block.Length;
            _blocks.Enqueue(block);
            Monitor.PulseAll(_lock);
        }
    }

    internal sealed class Block(byte[] array, int length, LinkEvent kind)
    {
        public LinkEvent Kind { get; } = kind;

        public int Length { get; } = length;

        public long Due { get; set; }

        public ReadOnlySpan<byte> Bytes => array.AsSpan(0, Length);

        public void Release()
        {
            if (array.Length > 0)
            {
                ArrayPool<byte>.Shared.Return(array);
            }
        }
    }
}

/// <summary>What travels along a link.</summary>
internal enum LinkEvent : byte
{
    /// <summary>Bytes.</summary>
    Bytes,

    /// <summary>The sender has closed its side.</summary>
    HalfClose,

    /// <summary>The sender has torn the connection down.</summary>
    Abort,
}
