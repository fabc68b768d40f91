using Trunkline.Http2.Streams;

namespace Trunkline.Http2.Connections;

/// <summary>The live streams of a connection, what is remembered of the dead ones, and spare stream objects. Safe for several threads.</summary>
internal sealed class StreamTable(ConnectionCore core)
{
    private const int MaxSpare = 256;

    private readonly Lock _lock = new();
    private readonly Dictionary<int, ConnectionStream> _live = [];
    private readonly ClosedStreams _closed = new();
    private readonly Stack<ConnectionStream> _spare = new();
    private int _count;
    private int _open;

    /// <summary>Streams that are live here: open, half-closed, or over and about to be told so.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Streams that are open or half-closed, as SETTINGS_MAX_CONCURRENT_STREAMS counts them (RFC 9113 5.1.2).</summary>
    public int OpenCount => Volatile.Read(ref _open);

    /// <summary>A stream object at the beginning of its life.</summary>
    public ConnectionStream Rent(StreamId id, IStreamHandler? handler, int receiveWindow)
    {
        ConnectionStream? stream;
        lock (_lock)
        {
            _spare.TryPop(out stream);
        }

        stream ??= new ConnectionStream(core);
        stream.Begin(id, handler, receiveWindow);
        return stream;
    }

    public void Add(ConnectionStream stream, StreamId id)
    {
        Interlocked.Increment(ref _open);
        AddPromised(stream, id);
    }

    /// <summary>Adds a stream that PUSH_PROMISE reserves: those are counted by themselves (RFC 9113 5.1.2).</summary>
    public void AddPromised(ConnectionStream stream, StreamId id)
    {
        lock (_lock)
        {
            _live.Add(id.Value, stream);
            _count = _live.Count;
        }
    }

    /// <summary>A stream has reached the state closed.</summary>
    public void Uncount() => Interlocked.Decrement(ref _open);

    public ConnectionStream? Find(StreamId id)
    {
        lock (_lock)
        {
            _live.TryGetValue(id.Value, out ConnectionStream? stream);
            return stream;
        }
    }

    /// <summary>Takes a finished stream out and remembers how it ended.</summary>
    public void Remove(StreamId id, CloseCause cause)
    {
        lock (_lock)
        {
            if (_live.Remove(id.Value))
            {
                _count = _live.Count;
                _closed.Add(id, cause);
            }
        }
    }

    /// <summary>Remembers a RST_STREAM that went out for a stream which is not live.</summary>
    public void AddReset(StreamId id)
    {
        lock (_lock)
        {
            _closed.Add(id, CloseCause.ResetSent);
        }
    }

    /// <summary>Remembers which ids were passed over between two opened ones (RFC 9113 5.1.1).</summary>
    public void AddGap(StreamId previous, StreamId opened)
    {
        lock (_lock)
        {
            _closed.AddGap(previous, opened);
        }
    }

    /// <summary>How a stream that is no longer live ended; none when that is forgotten.</summary>
    /// <param name="id">The id, below the highest opened one.</param>
    /// <param name="isSkipped">Whether no stream ever had the id.</param>
    public CloseCause CauseOf(StreamId id, out bool isSkipped)
    {
        lock (_lock)
        {
            isSkipped = _closed.IsSkipped(id);
            return _closed.CauseOf(id);
        }
    }

    /// <summary>The live streams at this moment.</summary>
    public ConnectionStream[] Snapshot()
    {
        lock (_lock)
        {
            return [.. _live.Values];
        }
    }

    /// <summary>Keeps an object for a later stream.</summary>
    public void Recycle(ConnectionStream stream)
    {
        // An object that still stands in the gate's queue is left to the garbage collector.
        if (stream.IsReady)
        {
            return;
        }

        lock (_lock)
        {
            if (_spare.Count < MaxSpare)
            {
                _spare.Push(stream);
            }
        }
    }
}
