namespace Trunkline.Http2;

/// <summary>One write on a stream: a header block, data and trailers, each optional, in this order.</summary>
public readonly ref struct Outgoing
{
    /// <summary>The largest <see cref="InlinePayload"/> in bytes: what may be serialized while the output gate is held.</summary>
    public const int MaxInlineLength = 4096;

    /// <summary>The constant part of the header block; pseudo fields stand here. Null for a write without headers.</summary>
    public PreparedFields? Headers { get; init; }

    /// <summary>The part of the header block that belongs to this call alone, after <see cref="Headers"/>.</summary>
    public FieldSection? MoreHeaders { get; init; }

    /// <summary>Data that already lies in pooled segments; the connection takes it over.</summary>
    public PooledBuffer? Data { get; init; }

    /// <summary>Data that is written straight into the output, instead of <see cref="Data"/>. Of known length and trusted not to throw.</summary>
    public IInlinePayload? InlinePayload { get; init; }

    /// <summary>The constant part of the trailers; a write with trailers ends the stream's sending side.</summary>
    public PreparedFields? Trailers { get; init; }

    /// <summary>The part of the trailers that belongs to this call alone, after <see cref="Trailers"/>. Copied when it has to wait.</summary>
    public FieldSection? MoreTrailers { get; init; }

    /// <summary>True to end the sending side with this write; implied by trailers.</summary>
    public bool EndStream { get; init; }

    /// <summary>True where the headers are those of a HEAD request: the response's content-length then announces nothing (RFC 9110 9.3.2).</summary>
    public bool IsHead { get; init; }

    /// <summary>
    /// True to end the peer's side as well: once END_STREAM has gone out, and if the peer has not ended its side by then, RST_STREAM NO_ERROR
    /// follows (RFC 9113 8.1).
    /// </summary>
    public bool EndBothSides { get; init; }
}

/// <summary>A message that can write itself into the output buffer while the gate is held: short, exact and not failing.</summary>
public interface IInlinePayload
{
    /// <summary>The exact number of bytes, at most <see cref="Outgoing.MaxInlineLength"/>.</summary>
    int Length { get; }

    /// <summary>Fills the whole span, whose length is <see cref="Length"/>.</summary>
    /// <param name="destination">The place in the output.</param>
    void WriteTo(Span<byte> destination);
}

/// <summary>What became of a write.</summary>
public enum WriteOutcome
{
    /// <summary>All of it is in the output.</summary>
    Sent,

    /// <summary>A part waits for credit or room; <see cref="IStreamHandler.OnWritable"/> tells when it has gone.</summary>
    Waiting,

    /// <summary>The stream is over; nothing was written and the data was given back to the pool.</summary>
    Closed,
}

/// <summary>What became of the wish to open a stream.</summary>
public enum OpenOutcome
{
    /// <summary>The stream has its place; the first write opens it on the wire.</summary>
    Opened,

    /// <summary>The peer's SETTINGS_MAX_CONCURRENT_STREAMS is reached; <see cref="IClientConnectionHandler.OnStreamsAvailable"/> tells when to try again.</summary>
    AtLimit,

    /// <summary>The connection takes no new streams: it is closed, going away or out of stream ids.</summary>
    Unavailable,
}
