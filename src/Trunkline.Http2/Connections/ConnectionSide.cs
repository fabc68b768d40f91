namespace Trunkline.Http2.Connections;

/// <summary>What differs between the two ends of a connection.</summary>
internal abstract class ConnectionSide
{
    public abstract bool IsServer { get; }

    // Guards the decision to take a stream of the peer's against the last word of GOAWAY: a stream is either told as taken or not taken at all.
    protected Lock TakeLock { get; } = new();

    /// <summary>Guarded by <see cref="TakeLock"/>: false once GOAWAY has named the last stream.</summary>
    protected bool IsTaking { get; private set; } = true;

    /// <summary>Guarded by <see cref="TakeLock"/>: the highest stream of the peer's that was taken.</summary>
    protected StreamId LastTaken { get; set; }

    /// <summary>From here on no stream of the peer's is taken.</summary>
    /// <returns>The last one that was: what GOAWAY tells (RFC 9113 6.8). The same in every call.</returns>
    public StreamId StopTaking()
    {
        lock (TakeLock)
        {
            IsTaking = false;
            return LastTaken;
        }
    }

    /// <summary>Whether a stream with this id could have been opened by now; else it is idle (RFC 9113 5.1).</summary>
    public abstract bool IsOpened(StreamId id);

    /// <summary>HEADERS came for a stream that is not live and was never opened.</summary>
    /// <param name="id">The id.</param>
    /// <param name="stream">The new stream, or null when it is refused or ignored.</param>
    /// <returns>A connection error when the id must not be opened; a stream error when the stream is refused.</returns>
    public abstract Http2Error Accept(StreamId id, out ConnectionStream? stream);

    /// <summary>An accepted stream's head is sound: the layer above takes the stream.</summary>
    public abstract void Dispatch(ConnectionStream stream);

    /// <summary>This side opened a stream. Called inside the output gate.</summary>
    public abstract void NoteOpened(StreamId id);

    /// <summary>The peer's SETTINGS_MAX_CONCURRENT_STREAMS.</summary>
    public abstract void SetMaxConcurrentStreams(uint limit);

    /// <summary>A stream is over.</summary>
    public abstract void OnStreamFinished();
}
