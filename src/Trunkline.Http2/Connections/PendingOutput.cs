using Trunkline.Http2.Scheduling;

namespace Trunkline.Http2.Connections;

/// <summary>What one stream has still to send once its headers are out: data, then perhaps trailers, then the end. Owned by the output gate.</summary>
internal struct PendingOutput
{
    /// <summary>The data that waits, front first.</summary>
    public Segment? Data;

    private Segment? _last;

    /// <summary>Bytes of data that wait.</summary>
    public long Length { get; private set; }

    /// <summary>Whether END_STREAM follows the data.</summary>
    public bool EndStream { get; private set; }

    /// <summary>Whether the peer's side is to be ended as well.</summary>
    public bool EndBothSides { get; private set; }

    /// <summary>The constant part of the trailers, if they follow.</summary>
    public PreparedFields? Trailers { get; private set; }

    /// <summary>The stream's own part of the trailers, if they follow.</summary>
    public FieldSection? MoreTrailers { get; private set; }

    public readonly bool HasTrailers => Trailers is not null || MoreTrailers is not null;

    public readonly bool IsEmpty => Length == 0 && !EndStream;

    /// <summary>Appends data at the end of what waits.</summary>
    public void Append(PooledBuffer buffer)
    {
        long length = buffer.Length;
        (Segment? first, Segment? last) = buffer.Detach();
        if (length == 0)
        {
            Segment.ReleaseChain(first);
            return;
        }

        if (Data is null)
        {
            Data = first;
        }
        else
        {
            _last!.NextSegment = first;
        }

        _last = last;
        Length += length;
    }

    /// <summary>Remembers that the stream's sending side ends behind the data.</summary>
    public void End(in Outgoing outgoing)
    {
        EndStream = true;
        EndBothSides = outgoing.EndBothSides;
        Trailers = outgoing.Trailers;

        // The caller's list is free again when the write returns; these fields leave later.
        MoreTrailers = outgoing.MoreTrailers is { Count: > 0 } more ? more.Clone() : null;
    }

    /// <summary>Moves data from the front of what waits into the output.</summary>
    public void MoveTo(OutputBuffer output, int count)
    {
        output.MoveFrom(ref Data, count);
        Length -= count;
        if (Data is null)
        {
            _last = null;
        }
    }

    /// <summary>Gives everything that waits back.</summary>
    public void Drop()
    {
        Segment.ReleaseChain(Data);
        this = default;
    }
}
