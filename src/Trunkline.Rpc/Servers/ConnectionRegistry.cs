using Trunkline.Http2;

namespace Trunkline.Rpc.Servers;

/// <summary>The connections of a server from the moment a link was accepted until they are over.</summary>
internal sealed class ConnectionRegistry
{
    private readonly Lock _lock = new();
    private readonly HashSet<Http2ServerConnection> _connections = [];
    private readonly TaskCompletionSource _empty = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _closed;

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _connections.Count;
            }
        }
    }

    /// <summary>Adds a connection.</summary>
    /// <returns>False when the server takes none any more.</returns>
    public bool TryAdd(Http2ServerConnection connection)
    {
        lock (_lock)
        {
            return !_closed && _connections.Add(connection);
        }
    }

    public void Remove(Http2ServerConnection connection)
    {
        lock (_lock)
        {
            _connections.Remove(connection);
            CompleteIfEmptyLocked();
        }
    }

    /// <summary>Takes no more connections and gives those that are there.</summary>
    public Http2ServerConnection[] Close()
    {
        lock (_lock)
        {
            _closed = true;
            CompleteIfEmptyLocked();
            return [.. _connections];
        }
    }

    /// <summary>Completes when the registry was closed and the last connection is over.</summary>
    public Task WhenEmpty() => _empty.Task;

    private void CompleteIfEmptyLocked()
    {
        if (_closed && _connections.Count == 0)
        {
            _empty.TrySetResult();
        }
    }
}
