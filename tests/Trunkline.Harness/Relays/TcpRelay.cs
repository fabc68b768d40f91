using System.Net;
using System.Net.Sockets;

namespace Trunkline.Harness.Relays;

/// <summary>
/// Stands between two TCP ends on one machine and makes the way between them long and narrow: a delay, a rate and a bounded queue for each direction.
/// Each connection has a link of its own. Bytes, half-closes and resets pass through in order.
/// </summary>
public sealed class TcpRelay : IAsyncDisposable
{
    private readonly Socket _listening = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly List<RelayedConnection> _connections = [];
    private readonly IPEndPoint _target;
    private readonly LinkShape _toServer;
    private readonly LinkShape _toClient;
    private readonly Task _accepting;

    private TcpRelay(IPEndPoint target, LinkShape toServer, LinkShape toClient)
    {
        _target = target;
        _toServer = toServer;
        _toClient = toClient;
        _listening.ReceiveBufferSize = toServer.Queue; // Accepted sockets inherit it; a size that is set does not grow by itself.
        _listening.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listening.Listen();
        EndPoint = (IPEndPoint)_listening.LocalEndPoint!;
        _accepting = AcceptAsync();
    }

    /// <summary>Where clients connect to instead of the target.</summary>
    public IPEndPoint EndPoint { get; }

    /// <summary>Starts a relay.</summary>
    /// <param name="target">The server; it may start to listen later, but before the first client comes.</param>
    /// <param name="toServer">The link from clients to the server.</param>
    /// <param name="toClient">The link back; the same shape where it is left out.</param>
    public static TcpRelay Start(IPEndPoint target, LinkShape toServer, LinkShape? toClient = null)
    {
        toServer.Validate();
        toClient?.Validate();
        return new TcpRelay(target, toServer, toClient ?? toServer);
    }

    /// <summary>Stops listening and resets every connection.</summary>
    public async ValueTask DisposeAsync()
    {
        _listening.Dispose();
        await _accepting;
        foreach (RelayedConnection connection in _connections)
        {
            connection.Stop();
        }
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            Socket client;
            try
            {
                client = await _listening.AcceptAsync();
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                return; // Disposed.
            }

            await ConnectAsync(client);
        }
    }

    private async Task ConnectAsync(Socket client)
    {
        var server = new Socket(_target.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = _toClient.Queue };
        try
        {
            await server.ConnectAsync(_target);
        }
        catch (SocketException)
        {
            // To the client it is a server that does not answer.
            client.Close(timeout: 0);
            server.Dispose();
            return;
        }

        var connection = new RelayedConnection(client, server, _toServer, _toClient);
        _connections.Add(connection);
        connection.Start();
    }
}
