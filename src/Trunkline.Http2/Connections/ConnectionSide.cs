namespace Trunkline.Http2.Connections;

/// <summary>What differs between the two ends of a connection.</summary>
internal abstract class ConnectionSide
{
    public abstract bool IsServer { get; }

    /// <summary>The highest stream of the peer's that was taken: what GOAWAY tells. Read from any thread.</summary>
    public abstract StreamId LastPeerStream { get; }

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
