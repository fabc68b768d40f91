using Trunkline.Http2.Connections;

namespace Trunkline.Http2;

/// <summary>The server's side of a connection.</summary>
public abstract class Http2ServerConnection : Http2Connection
{
    /// <summary>Makes a server connection over a link that it owns from then on; <see cref="Http2Connection.StartAsync"/> begins the talk.</summary>
    /// <param name="link">The link; its ALPN, if any, has already chosen <c>h2</c>.</param>
    /// <param name="handler">Takes the connection's events and its streams.</param>
    /// <param name="options">Settings and limits.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static Http2ServerConnection Create(Link link, IServerConnectionHandler handler, Http2Options options)
    {
        ArgumentNullException.ThrowIfNull(link);
        ArgumentNullException.ThrowIfNull(handler);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        return new ServerConnection(link, handler, options);
    }
}
