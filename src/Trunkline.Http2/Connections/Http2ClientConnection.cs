using Trunkline.Http2.Connections;

namespace Trunkline.Http2;

/// <summary>The client's side of a connection.</summary>
public abstract class Http2ClientConnection : Http2Connection
{
    /// <summary>Makes a client connection over a link that it owns from then on; <see cref="Http2Connection.StartAsync"/> begins the talk.</summary>
    /// <param name="link">The link; its ALPN, if any, has already chosen <c>h2</c>.</param>
    /// <param name="handler">Takes the connection's events.</param>
    /// <param name="options">Settings and limits.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static Http2ClientConnection Create(Link link, IClientConnectionHandler handler, Http2Options options)
    {
        ArgumentNullException.ThrowIfNull(link);
        ArgumentNullException.ThrowIfNull(handler);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        return new ClientConnection(link, handler, options);
    }

    /// <summary>True while new streams may be opened: not closed, not going away, ids left.</summary>
    public abstract bool AcceptsStreams { get; }

    /// <summary>
    /// Tells the server to push nothing more (SETTINGS_ENABLE_PUSH 0). Promises that cross the message are refused; pushes under way go on. Without effect
    /// where <see cref="Http2Options.EnablePush"/> is not set, and from the second time on.
    /// </summary>
    /// <exception cref="InvalidOperationException">The connection has not started yet.</exception>
    public abstract void DisablePush();

    /// <summary>Takes a place for a new stream under the peer's limit. The first <see cref="Http2Stream.Write"/> sends its headers and gives it its id.</summary>
    /// <param name="handler">Takes the stream's events.</param>
    /// <param name="stream">The stream, where the outcome is <see cref="OpenOutcome.Opened"/>.</param>
    public abstract OpenOutcome TryOpen(IStreamHandler handler, out Http2Stream? stream);
}
