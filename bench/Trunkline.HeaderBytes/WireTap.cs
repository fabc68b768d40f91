using System.Net;
using System.Net.Sockets;

namespace Trunkline.HeaderBytes;

/// <summary>Stands between a client and a server on the loopback address and keeps what passes of one connection.</summary>
internal sealed class WireTap : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly MemoryStream _fromClient = new();
    private readonly MemoryStream _fromServer = new();
    private readonly Task _passing;

    public WireTap(int serverPort)
    {
        _listener.Start();
        _passing = PassAsync(serverPort);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>All that passed, once both sides have closed.</summary>
    public async Task<(byte[] FromClient, byte[] FromServer)> ReadAsync()
    {
        await _passing;
        return (_fromClient.ToArray(), _fromServer.ToArray());
    }

    public void Dispose()
    {
        _listener.Dispose();
        _fromClient.Dispose();
        _fromServer.Dispose();
    }

    private async Task PassAsync(int serverPort)
    {
        using var client = await _listener.AcceptTcpClientAsync();
        using var server = new TcpClient();
        await server.ConnectAsync(IPAddress.Loopback, serverPort);
        await Task.WhenAll(PassAsync(client.GetStream(), server.GetStream(), _fromClient), PassAsync(server.GetStream(), client.GetStream(), _fromServer));
    }

    private static async Task PassAsync(NetworkStream from, NetworkStream to, MemoryStream kept)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            int count;
            while ((count = await from.ReadAsync(buffer)) > 0)
            {
                kept.Write(buffer, 0, count);
                await to.WriteAsync(buffer.AsMemory(0, count));
            }

            to.Socket.Shutdown(SocketShutdown.Send);
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            // A side that closes hard ends the tap as well; what had passed is kept.
        }
    }
}
