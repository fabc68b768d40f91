using System.Net;

namespace Trunkline.Http2;

/// <summary>Accepts links at one place. Disposing it stops accepting and leaves accepted links alone.</summary>
public abstract class Listener : IAsyncDisposable
{
    /// <summary>Where it listens; the port is the real one when 0 was asked for. Null where there is no address.</summary>
    public abstract EndPoint? LocalEndPoint { get; }

    /// <summary>Waits for the next link.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The link; null when the listener was disposed.</returns>
    public abstract ValueTask<Link?> AcceptAsync(CancellationToken cancellationToken);

    /// <summary>Stops accepting.</summary>
    public abstract ValueTask DisposeAsync();
}
