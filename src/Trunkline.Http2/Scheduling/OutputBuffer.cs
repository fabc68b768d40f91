using System.Diagnostics;

namespace Trunkline.Http2.Scheduling;

/// <summary>
/// The bytes that gather for the next flush: a chain of segments. Small things are written into an open segment; large data is linked in without a
/// copy. Owned by the output gate.
/// </summary>
internal sealed class OutputBuffer
{
    private const int SegmentSize = 16 * 1024;

    // Below this a copy is cheaper than one more element in the gathered list.
    private const int CopyLimit = 1024;

    private Segment? _first;
    private Segment? _last;

    // The segment that is being written. It enters the chain with its first byte, because data may be linked in before.
    private Segment? _open;
    private bool _isOpenLinked;

    // Where the bytes that may still grow begin, in the open segment's written part; -1 when there are none.
    private int _growingStart = -1;

    /// <summary>Bytes gathered.</summary>
    public long Length { get; private set; }

    /// <summary>Lends contiguous room; <see cref="Advance"/> makes what was written part of the output.</summary>
    public Span<byte> GetRoom(int count)
    {
        if (_open is null || _open.Room < count)
        {
            Reopen(Segment.Rent(Math.Max(count, SegmentSize)));
        }

        return _open!.FreeSpan[..count];
    }

    public void Advance(int count)
    {
        _growingStart = -1;
        Append(count);
    }

    /// <summary>Like <see cref="Advance"/>, and lets what was written grow through <see cref="TryGrow"/> for as long as nothing comes behind it.</summary>
    public void AdvanceGrowing(int count)
    {
        Append(count);
        _growingStart = _open!.Length - count;
    }

    /// <summary>Lends room behind the bytes that may grow; <see cref="Grow"/> makes what was written part of them.</summary>
    public bool TryGrow(int count, out Span<byte> room)
    {
        bool isPossible = _growingStart >= 0 && _open!.Room >= count;
        room = isPossible ? _open!.FreeSpan[..count] : default;
        return isPossible;
    }

    /// <summary>Adds to the bytes that may grow.</summary>
    /// <returns>All of them, to be corrected in place.</returns>
    public Span<byte> Grow(int count)
    {
        Append(count);
        return _open!.WrittenSpan[_growingStart..];
    }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(GetRoom(bytes.Length));
        Advance(bytes.Length);
    }

    /// <summary>Takes <paramref name="count"/> bytes from the front of a chain, by copy or by link, whichever is cheaper.</summary>
    public void MoveFrom(ref Segment? chain, int count)
    {
        while (count > 0)
        {
            Segment front = chain!;
            int part = Math.Min(count, front.Length);
            if (part <= CopyLimit)
            {
                CopyFront(ref chain, part);
            }
            else
            {
                LinkFront(ref chain, part);
            }

            count -= part;
        }
    }

    /// <summary>Takes all that has gathered; the buffer is empty afterwards.</summary>
    public Segment? Take()
    {
        Segment? chain = _first;
        if (!_isOpenLinked)
        {
            Segment.ReleaseChain(_open);
        }

        _first = _last = _open = null;
        _isOpenLinked = false;
        _growingStart = -1;
        Length = 0;
        return chain;
    }

    private void Append(int count)
    {
        Debug.Assert(_open is not null && _open.Room >= count, "GetRoom comes first");
        if (!_isOpenLinked)
        {
            Append(_open);
            _isOpenLinked = true;
        }

        _open.Length += count;
        Length += count;
    }

    private void CopyFront(ref Segment? chain, int count)
    {
        Segment front = chain!;
        Write(front.Written[..count]);
        if (count < front.Length)
        {
            front.SkipFront(count);
            return;
        }

        chain = front.NextSegment;
        front.NextSegment = null;
        Segment.ReleaseChain(front);
    }

    private void LinkFront(ref Segment? chain, int count)
    {
        _growingStart = -1;
        Segment front = chain!;
        if (count < front.Length)
        {
            front = front.SplitFront(count);
        }
        else
        {
            chain = front.NextSegment;
            front.NextSegment = null;
        }

        if (_isOpenLinked)
        {
            // The rest of the open segment goes on behind the linked data: no new segment for the nine bytes of each frame header.
            Reopen(_open!.Room > 0 ? _open.SplitRoom() : null);
        }

        Append(front);
        Length += count;
    }

    private void Reopen(Segment? segment)
    {
        _growingStart = -1;
        if (!_isOpenLinked)
        {
            Segment.ReleaseChain(_open);
        }

        _open = segment;
        _isOpenLinked = false;
    }

    private void Append(Segment segment)
    {
        if (_last is null)
        {
            _first = segment;
        }
        else
        {
            _last.NextSegment = segment;
        }

        _last = segment;
    }
}
