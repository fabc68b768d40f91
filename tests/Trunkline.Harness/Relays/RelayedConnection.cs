using System.Net.Sockets;

namespace Trunkline.Harness.Relays;

/// <summary>One connection through a relay: the two sockets and both directions between them.</summary>
internal sealed class RelayedConnection
{
    private readonly Socket _client;
    private readonly Socket _server;
    private readonly RelayedDirection _toServer;
    private readonly RelayedDirection _toClient;

    public RelayedConnection(Socket client, Socket server, LinkShape toServer, LinkShape toClient)
    {
        _client = client;
        _server = server;
        _client.NoDelay = _server.NoDelay = true;
        _toServer = new RelayedDirection(client, server, toServer, Abort);
        _toClient = new RelayedDirection(server, client, toClient, Abort);
    }

    public void Start()
    {
        _toServer.Start();
        _toClient.Start();
    }

    /// <summary>Resets both sides, so that either end learns at once.</summary>
    public void Abort()
    {
        _client.Close(timeout: 0);
        _server.Close(timeout: 0);
    }

    /// <summary>Resets both sides and waits for the threads.</summary>
    public void Stop()
    {
        Abort();
        _toServer.Stop();
        _toClient.Stop();
    }
}
