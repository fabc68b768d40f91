using System.Collections.Concurrent;
using System.Net;
using Trunkline.Http2;

namespace HttpPush;

/// <summary>Serves the site over HTTP/2, one connection beside the other, until it is stopped.</summary>
internal sealed class PageServer : IAsyncDisposable
{
    private readonly SocketListener _listener;
    private readonly ConcurrentDictionary<Http2ServerConnection, Task> _connections = [];
    private readonly Task _accepting;

    private PageServer(SocketListener listener)
    {
        _listener = listener;
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndPoint!).Port;

    public static PageServer Start(IPAddress address, int port) => new(SocketListener.ListenTcp(new IPEndPoint(address, port)));

    /// <summary>Takes no more connections, finishes what is under way, and ends.</summary>
    public async ValueTask DisposeAsync()
    {
        await _listener.DisposeAsync();
        await _accepting;
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        await Task.WhenAll(_connections.Keys.Select(connection => connection.ShutdownAsync(patience.Token)));
        await Task.WhenAll(_connections.Values);
    }

    private async Task AcceptAsync()
    {
        while (await _listener.AcceptAsync(CancellationToken.None) is { } link)
        {
            Http2ServerConnection connection = Http2ServerConnection.Create(link, new Pages(), new Http2Options());
            _connections[connection] = ServeAsync(connection);
        }
    }

    private async Task ServeAsync(Http2ServerConnection connection)
    {
        await Task.Yield(); // It stands in the table before it can end.
        try
        {
            await connection.StartAsync(CancellationToken.None);
            await connection.Closed;
        }
        catch (Http2Exception exception)
        {
            Console.WriteLine($"A client was turned away: {exception.Message}");
        }

        await connection.DisposeAsync();
        _connections.TryRemove(connection, out _);
    }

    private sealed class Pages : IServerConnectionHandler
    {
        public IStreamHandler OnStream(Http2Stream stream) => new PageRequest(stream);

        public void OnClosed(in Http2Error error)
        {
        }
    }
}
