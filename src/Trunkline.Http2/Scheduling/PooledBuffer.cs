using System.Buffers;
using Trunkline.Http2.Scheduling;

namespace Trunkline.Http2;

/// <summary>
/// A chain of pooled segments that is written as an <see cref="IBufferWriter{T}"/> and then either read or handed to the output without a copy.
/// Not safe for several threads at once. Dispose it unless it was handed over.
/// </summary>
public sealed class PooledBuffer : IBufferWriter<byte>, IDisposable
{
    /// <summary>The size of the first segment in bytes; later ones are larger.</summary>
    private const int FirstSegment = 4096;

    private const int LaterSegment = 16384;

    private Segment? _first;
    private Segment? _last;

    /// <summary>The number of bytes written.</summary>
    public long Length { get; private set; }

    /// <summary>What was written; valid until the next change.</summary>
    public ReadOnlySequence<byte> WrittenSequence
    {
        get
        {
            if (_first is null)
            {
                return ReadOnlySequence<byte>.Empty;
            }

            Segment.Link(_first);
            return new ReadOnlySequence<byte>(_first, 0, _last!, _last!.Length);
        }
    }

    /// <inheritdoc/>
    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, _last?.Room ?? 0);
        if (count > 0)
        {
            _last!.Length += count;
            Length += count;
        }
    }

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0) => Writable(sizeHint).FreeMemory;

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0) => Writable(sizeHint).FreeSpan;

    /// <summary>Sets a few bytes aside that are filled in later, such as a length in front of what follows.</summary>
    /// <param name="count">How many.</param>
    /// <returns>Their place, valid until the buffer is handed over or disposed.</returns>
    public Memory<byte> Reserve(int count)
    {
        Memory<byte> place = GetMemory(count)[..count];
        Advance(count);
        return place;
    }

    /// <summary>Appends a copy.</summary>
    /// <param name="bytes">The bytes.</param>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            Span<byte> room = GetSpan();
            int part = Math.Min(room.Length, bytes.Length);
            bytes[..part].CopyTo(room);
            Advance(part);
            bytes = bytes[part..];
        }
    }

    /// <summary>Gives the memory back to the pool.</summary>
    public void Dispose()
    {
        Segment? segment = _first;
        _first = _last = null;
        Length = 0;
        Segment.ReleaseChain(segment);
    }

    /// <summary>Hands the chain over; this buffer is empty afterwards.</summary>
    internal (Segment? First, Segment? Last) Detach()
    {
        (Segment? First, Segment? Last) chain = (_first, _last);
        _first = _last = null;
        Length = 0;
        return chain;
    }

    private Segment Writable(int sizeHint)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(sizeHint);
        if (_last is { } last && last.Room >= Math.Max(sizeHint, 1))
        {
            return last;
        }

        return AppendSegment(sizeHint);
    }

    private Segment AppendSegment(int sizeHint)
    {
        Segment segment = Segment.Rent(Math.Max(sizeHint, _first is null ? FirstSegment : LaterSegment));
        if (_last is null)
        {
            _first = segment;
        }
        else
        {
            _last.NextSegment = segment;
        }

        _last = segment;
        return segment;
    }
}
