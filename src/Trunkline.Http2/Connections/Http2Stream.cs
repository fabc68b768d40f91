namespace Trunkline.Http2;

/// <summary>One stream of a connection as the layer above holds it. All members may be called from any thread.</summary>
public abstract class Http2Stream
{
    /// <summary>The identifier; stream 0 until a client's first write has opened the stream.</summary>
    public abstract StreamId Id { get; }

    /// <summary>The connection that carries the stream.</summary>
    public abstract Http2Connection Connection { get; }

    /// <summary>
    /// How urgent the stream is (RFC 9218). On a client, what it asks of the server: set before the first write it goes out as the request's
    /// <c>priority</c> field when it is not the default; set later it goes out as PRIORITY_UPDATE, if the server takes it. On a server, what the client
    /// asked for, with the response's own <c>priority</c> field over it key by key; setting it overrides both. It decides which stream's data leaves
    /// first; header blocks and control frames never wait. Without effect on a stream that is over.
    /// </summary>
    public abstract Priority Priority { get; set; }

    /// <summary>
    /// Appends header block, data and trailers in one pass through the output gate. The order of writes is the order of calls. The data buffer
    /// becomes the connection's in every case.
    /// </summary>
    /// <param name="outgoing">What to write.</param>
    /// <returns>Whether all of it is on its way, a part waits, or the stream is over and nothing was written.</returns>
    /// <exception cref="InvalidOperationException">The stream's sending side has already ended, or headers come out of order.</exception>
    public abstract WriteOutcome Write(in Outgoing outgoing);

    /// <summary>
    /// Promises the client a request together with its response (RFC 9113 8.4), on a server's stream whose own response has not ended. Promise before
    /// writing what refers to the promised resource, or the client may ask for it meanwhile.
    /// </summary>
    /// <param name="request">
    /// The request as the client would have sent it: GET or HEAD, without content, <c>:scheme</c> and <c>:authority</c> as in a request of the
    /// client's on this connection. Copied.
    /// </param>
    /// <param name="handler">
    /// Takes the promised stream's events, above all <see cref="IStreamHandler.OnClosed"/> where the client does not want it: CANCEL or REFUSED_STREAM.
    /// </param>
    /// <param name="promised">The promised stream, where the outcome is <see cref="PushOutcome.Pushed"/>: write the response on it.</param>
    /// <exception cref="ArgumentException">The request is malformed or may not be pushed; the message says why.</exception>
    /// <exception cref="InvalidOperationException">This is a client's stream, or was itself pushed.</exception>
    public abstract PushOutcome TryPush(FieldSection request, IStreamHandler handler, out Http2Stream? promised);

    /// <summary>Gives flow-control credit back for data that the application has taken (RFC 9113 5.2).</summary>
    /// <param name="bytes">Bytes, as delivered by <see cref="IStreamHandler.OnData"/>.</param>
    public abstract void Consume(int bytes);

    /// <summary>
    /// Ends the stream at once with RST_STREAM; what waits is dropped. <see cref="IStreamHandler.OnClosed"/> follows, on this thread or on the
    /// read loop. Without effect on a stream that is over. A stream that has sent nothing ends silently.
    /// </summary>
    /// <param name="code">The code to send.</param>
    public abstract void Reset(Http2ErrorCode code);

    /// <summary>
    /// Says that the layer above has begun work for the stream which may outlast it, such as a handler that runs on another thread. Until
    /// <see cref="EndWork"/> the stream counts against <see cref="Http2Limits.MaxUnfinishedStreams"/> even when it is over, so that a peer which resets its
    /// streams cannot pile up work. Optional; to be called before <see cref="IStreamHandler.OnHeaders"/> returns.
    /// </summary>
    public abstract void BeginWork();

    /// <summary>The work has ended, or will never begin. Without effect where <see cref="BeginWork"/> was not called.</summary>
    public abstract void EndWork();

    /// <summary>
    /// The promise never to touch this object again: it may serve a later stream once the present one is over. Calling it is optional and saves
    /// an allocation.
    /// </summary>
    public abstract void Release();
}
