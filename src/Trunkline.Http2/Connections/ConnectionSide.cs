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

    /// <summary>Takes a stream that the peer has promised into the table, unless GOAWAY has named the last one.</summary>
    public bool TryTakePromised(StreamTable streams, ConnectionStream stream, StreamId id)
    {
        lock (TakeLock)
        {
            if (IsTaking)
            {
                LastTaken = id;
                streams.AddPromised(stream, id);
            }

            return IsTaking;
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
    public abstract void Dispatch(ConnectionStream stream, in FieldBlock request);

    /// <summary>Whether the peer's limit still has room for all places that were taken: it may have been lowered before the stream's first write.</summary>
    public virtual bool StillAllowsStreams => true;

    /// <summary>This side opened a stream. Called inside the output gate.</summary>
    public abstract void NoteOpened(StreamId id, in Outgoing request);

    /// <summary>The peer's SETTINGS_MAX_CONCURRENT_STREAMS.</summary>
    public abstract void SetMaxConcurrentStreams(uint limit);

    /// <summary>The peer's SETTINGS_ENABLE_PUSH.</summary>
    public abstract void SetPushEnabled(bool isEnabled);

    /// <summary>The layer above wants to push; the stream is the one whose response refers to the promised one.</summary>
    public abstract PushOutcome TryPush(ConnectionStream associated, FieldSection request, IStreamHandler handler, out Http2Stream? promised);

    /// <summary>Whether this side may begin the response on a stream that it has promised. Called inside the output gate.</summary>
    public abstract bool MaySendPushed(ConnectionStream stream);

    /// <summary>PUSH_PROMISE begins: reserves the stream, or says which rule the frame breaks.</summary>
    public abstract Http2Error ReservePushed(StreamId associated, StreamId promised);

    /// <summary>PUSH_PROMISE with its header block is whole: offers it to the layer above, or says why its stream is refused.</summary>
    public abstract Http2Error OfferPushed(HeaderBlockReader block);

    /// <summary>Whether the peer may begin the response on a stream that it has promised.</summary>
    public abstract bool MayReceivePushed(ConnectionStream stream);

    /// <summary>A stream is over.</summary>
    public abstract void OnStreamFinished(ConnectionStream stream);
}
