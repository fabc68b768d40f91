namespace Trunkline.Http2;

/// <summary>One HTTP/2 connection over a link (RFC 9113), client or server side.</summary>
public abstract class Http2Connection : IAsyncDisposable
{
    /// <summary>What is known of the link below.</summary>
    public abstract LinkInfo LinkInfo { get; }

    /// <summary>Streams that are open or half-closed.</summary>
    public abstract int OpenStreams { get; }

    /// <summary>Completes when the connection is over; never faults. Carries the error, or none after a graceful end.</summary>
    public abstract Task<Http2Error> Closed { get; }

    /// <summary>
    /// Starts the connection: sends this side's preface and settings and begins to read. Completes when the peer's SETTINGS have arrived.
    /// </summary>
    /// <param name="cancellationToken">Gives up and aborts the connection.</param>
    /// <exception cref="Http2Exception">The peer does not speak HTTP/2, broke the link, or stayed silent for longer than the handshake timeout.</exception>
    public abstract Task StartAsync(CancellationToken cancellationToken);

    /// <summary>Measures a round trip with PING (RFC 9113 6.7).</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="Http2Exception">The connection ended first.</exception>
    public abstract Task<TimeSpan> PingAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Ends gracefully: says GOAWAY, takes no new streams, lets the open ones finish, then closes. Completes when the connection is over.
    /// </summary>
    /// <param name="cancellationToken">Gives up waiting and aborts the connection with its open streams.</param>
    public abstract Task ShutdownAsync(CancellationToken cancellationToken);

    /// <summary>Ends the connection at once: GOAWAY if it can still be sent, then close; open streams end with the error.</summary>
    /// <param name="code">The code to send.</param>
    /// <param name="reason">Why, in words; sent as debug data.</param>
    public abstract void Abort(Http2ErrorCode code, string reason);

    /// <summary>Aborts what is still open and waits for the end.</summary>
    public abstract ValueTask DisposeAsync();
}
