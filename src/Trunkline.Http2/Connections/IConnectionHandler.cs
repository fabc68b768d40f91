namespace Trunkline.Http2;

/// <summary>What the layer above does with the events of a connection. Called on the read loop; must neither block nor throw.</summary>
public interface IConnectionHandler
{
    /// <summary>
    /// All frames that one read brought have been delivered: the moment to hand the gathered work to other threads, once for all. Does nothing by default.
    /// </summary>
    void OnBatchEnd()
    {
    }

    /// <summary>
    /// The peer will take no new streams (GOAWAY, RFC 9113 6.8). Streams that it left out are closed as unprocessed before this call. Does nothing by default.
    /// </summary>
    /// <param name="error">The peer's code and debug data.</param>
    void OnGoAway(in Http2Error error)
    {
    }

    /// <summary>The connection is over, after all its streams were closed: exactly once and last.</summary>
    /// <param name="error">None after a graceful end.</param>
    void OnClosed(in Http2Error error);
}

/// <summary>The events of a client connection.</summary>
public interface IClientConnectionHandler : IConnectionHandler
{
    /// <summary>
    /// A stream ended or the peer raised its limit, after <see cref="Http2ClientConnection.TryOpen"/> had returned <see cref="OpenOutcome.AtLimit"/>. Does
    /// nothing by default.
    /// </summary>
    void OnStreamsAvailable()
    {
    }

    /// <summary>
    /// The server promises a response that nobody asked for (RFC 9113 8.4). Comes only where <see cref="Http2Options.EnablePush"/> is set and until
    /// <see cref="Http2ClientConnection.DisablePush"/>, and before anything on the promised stream.
    /// </summary>
    /// <param name="offer">The promise; lent until return.</param>
    /// <returns>What takes the response, or null to refuse it (REFUSED_STREAM); refusing is what a handler does that does not say otherwise.</returns>
    IStreamHandler? OnPush(in PushOffer offer) => null;
}

/// <summary>The events of a server connection.</summary>
public interface IServerConnectionHandler : IConnectionHandler
{
    /// <summary>A client opened a stream; its headers follow at once.</summary>
    /// <param name="stream">The stream.</param>
    /// <returns>What handles the stream.</returns>
    IStreamHandler OnStream(Http2Stream stream);
}
