namespace Trunkline.Http2;

/// <summary>What a server promises to send without having been asked (RFC 9113 8.4). Lent until the callback that shows it returns.</summary>
public readonly ref struct PushOffer
{
    internal PushOffer(in FieldBlock request, StreamId associated, Http2Stream stream)
    {
        Request = request;
        Associated = associated;
        Stream = stream;
    }

    /// <summary>The request that the server takes as asked: a GET or HEAD to an origin that this connection has itself sent a request to.</summary>
    public FieldBlock Request { get; }

    /// <summary>The stream of this side's with whose response the promise came.</summary>
    public StreamId Associated { get; }

    /// <summary>
    /// The promised stream, on which the response follows. <see cref="Http2Stream.Reset"/> with <see cref="Http2ErrorCode.Cancel"/> gives it up at any time.
    /// </summary>
    public Http2Stream Stream { get; }
}
