using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Trunkline.Harness.Relays;

namespace Trunkline.Distance;

/// <summary>
/// Two plain sockets through the same kind of relay: what the way itself can carry. A request of nine bytes says how many bytes go which way; the
/// server answers them with one byte, or with them.
/// </summary>
internal sealed class RawPath : IAsyncDisposable
{
    private const int RequestLength = 9;
    private const int Chunk = 128 * 1024;

    private readonly Socket _listening;
    private readonly TcpRelay _relay;
    private readonly Socket _client;
    private readonly Task _serving;

    private RawPath(Socket listening, TcpRelay relay, Socket client)
    {
        _listening = listening;
        _relay = relay;
        _client = client;
        _serving = ServeAsync();
    }

    public static async Task<RawPath> StartAsync(LinkShape shape)
    {
        var listening = New();
        listening.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listening.Listen();
        var relay = TcpRelay.Start((IPEndPoint)listening.LocalEndPoint!, shape);
        var client = New();
        await client.ConnectAsync(relay.EndPoint);
        return new RawPath(listening, relay, client);
    }

    /// <summary>Moves bytes once.</summary>
    public async Task MoveAsync(Direction direction, long bytes)
    {
        var request = new byte[RequestLength];
        request[0] = (byte)direction;
        BinaryPrimitives.WriteInt64BigEndian(request.AsSpan(1), bytes);
        await SendAsync(_client, request);
        if (direction == Direction.ToServer)
        {
            await SendManyAsync(_client, bytes);
            await ReceiveManyAsync(_client, 1);
        }
        else
        {
            await ReceiveManyAsync(_client, bytes);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        _listening.Dispose();
        await _serving;
        await _relay.DisposeAsync();
    }

    private static Socket New() => new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };

    private async Task ServeAsync()
    {
        using var server = await _listening.AcceptAsync();
        server.NoDelay = true;
        var request = new byte[RequestLength];
        while (await ReceiveRequestAsync(server, request))
        {
            var bytes = BinaryPrimitives.ReadInt64BigEndian(request.AsSpan(1));
            if ((Direction)request[0] == Direction.ToServer)
            {
                await ReceiveManyAsync(server, bytes);
                await SendAsync(server, request.AsMemory(0, 1));
            }
            else
            {
                await SendManyAsync(server, bytes);
            }
        }
    }

    private static async Task<bool> ReceiveRequestAsync(Socket socket, byte[] request)
    {
        for (var received = 0; received < request.Length;)
        {
            var more = await socket.ReceiveAsync(request.AsMemory(received));
            if (more == 0)
            {
                return false;
            }

            received += more;
        }

        return true;
    }

    private static async Task SendManyAsync(Socket socket, long bytes)
    {
        var chunk = new byte[Chunk];
        for (; bytes > 0; bytes -= Math.Min(bytes, Chunk))
        {
            await SendAsync(socket, chunk.AsMemory(0, (int)Math.Min(bytes, Chunk)));
        }
    }

    private static async Task SendAsync(Socket socket, ReadOnlyMemory<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            bytes = bytes[await socket.SendAsync(bytes)..];
        }
    }

    private static async Task ReceiveManyAsync(Socket socket, long bytes)
    {
        var chunk = new byte[Chunk];
        while (bytes > 0)
        {
            var received = await socket.ReceiveAsync(chunk.AsMemory(0, (int)Math.Min(bytes, Chunk)));
            bytes -= received > 0 ? received : throw new InvalidOperationException("The connection ended early.");
        }
    }
}
