using System.Buffers;
using System.Collections.Concurrent;

namespace Trunkline.Http2.Scheduling;

/// <summary>
/// A piece of pooled memory with a written part, linked into chains. A segment has one owner at a time; a part that is cut off shares the array
/// with the rest and the array goes back with the last of them.
/// </summary>
internal sealed class Segment : ReadOnlySequenceSegment<byte>
{
    /// <summary>Segment objects kept for reuse; the arrays have the shared pool.</summary>
    private const int MaxSpare = 1024;

    private static readonly ConcurrentQueue<Segment> Spares = new();
    private static int _spareCount;

    private byte[] _array = [];
    private int _start;
    private int _length;

    // The end of what may be written. A cut gives each byte of the array to one segment, so that no two can write the same place.
    private int _limit;
    private SharedArray? _shared;

    private Segment()
    {
    }

    /// <summary>The next segment of the chain.</summary>
    public Segment? NextSegment { get; set; }

    /// <summary>Bytes written.</summary>
    public int Length
    {
        get => _length;
        set => _length = value;
    }

    /// <summary>Bytes that can still be written behind the written part.</summary>
    public int Room => _limit - _start - _length;

    public Span<byte> FreeSpan => _array.AsSpan(_start + _length, Room);

    public Memory<byte> FreeMemory => _array.AsMemory(_start + _length, Room);

    /// <summary>The written bytes, for what is corrected before it leaves.</summary>
    public Span<byte> WrittenSpan => _array.AsSpan(_start, _length);

    public ReadOnlySpan<byte> Written => _array.AsSpan(_start, _length);

    public static Segment Rent(int minimum)
    {
        Segment segment = TakeSpare();
        segment._array = ArrayPool<byte>.Shared.Rent(minimum);
        segment._limit = segment._array.Length;
        return segment;
    }

    /// <summary>Makes the chain readable as one sequence: fills in what <see cref="ReadOnlySequenceSegment{T}"/> asks for.</summary>
    public static void Link(Segment first)
    {
        long running = 0;
        for (Segment? segment = first; segment is not null; segment = segment.NextSegment)
        {
            segment.Memory = segment._array.AsMemory(segment._start, segment._length);
            segment.RunningIndex = running;
            segment.Next = segment.NextSegment;
            running += segment._length;
        }
    }

    public static void ReleaseChain(Segment? segment)
    {
        while (segment is not null)
        {
            Segment? next = segment.NextSegment;
            segment.Release();
            segment = next;
        }
    }

    /// <summary>Cuts the first <paramref name="count"/> written bytes off into a segment of their own, without a copy.</summary>
    public Segment SplitFront(int count)
    {
        Segment front = TakeSpare();
        front.Share(this);
        front._start = _start;
        front._length = count;
        front._limit = _start + count;
        _start += count;
        _length -= count;
        return front;
    }

    /// <summary>Drops the first <paramref name="count"/> written bytes.</summary>
    public void SkipFront(int count)
    {
        _start += count;
        _length -= count;
    }

    /// <summary>Cuts the room behind the written bytes off into an empty segment; this one is full afterwards.</summary>
    public Segment SplitRoom()
    {
        Segment rest = TakeSpare();
        rest.Share(this);
        rest._start = _start + _length;
        rest._limit = _limit;
        _limit = _start + _length;
        return rest;
    }

    private static Segment TakeSpare()
    {
        if (!Spares.TryDequeue(out Segment? segment))
        {
            return new Segment();
        }

        Interlocked.Decrement(ref _spareCount);
        return segment;
    }

    private void Share(Segment with)
    {
        with._shared ??= new SharedArray();
        Interlocked.Increment(ref with._shared.Owners);
        _shared = with._shared;
        _array = with._array;
    }

    private void Release()
    {
        byte[] array = _array;
        bool last = _shared is null || Interlocked.Decrement(ref _shared.Owners) == 0;
        _array = [];
        _shared = null;
        _start = _length = _limit = 0;
        Memory = default;
        Next = NextSegment = null;
        RunningIndex = 0;
        if (last && array.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(array);
        }

        if (Interlocked.Increment(ref _spareCount) <= MaxSpare)
        {
            Spares.Enqueue(this);
        }
        else
        {
            Interlocked.Decrement(ref _spareCount);
        }
    }

    /// <summary>Counts the segments that share one array.</summary>
    private sealed class SharedArray
    {
        public int Owners = 1;
    }
}
