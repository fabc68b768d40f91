using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Trunkline.Chaos.Attacks;

/// <summary>An attacker's connection to the server: sends what it is told, and notes how the server ends it.</summary>
internal sealed class Victim : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly List<byte> _tail = [];

    /// <summary>The code of the server's GOAWAY; null when it has said none.</summary>
    public uint? GoAwayCode { get; private set; }

    /// <summary>The connection, for TLS over it.</summary>
    public NetworkStream Stream => new(_socket, ownsSocket: false);

    public async Task ConnectAsync(int port, CancellationToken cancellationToken) => await _socket.ConnectAsync(IPAddress.Loopback, port, cancellationToken);

    public async Task SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        while (!bytes.IsEmpty)
        {
            bytes = bytes[await _socket.SendAsync(bytes, SocketFlags.None, cancellationToken)..];
        }
    }

    /// <summary>Sends the same bytes again and again, reading what comes when <paramref name="reads"/> is set.</summary>
    public async Task FloodAsync(byte[] bytes, int times, bool reads, CancellationToken cancellationToken)
    {
        for (int i = 0; i < times && GoAwayCode is null; i++)
        {
            await SendAsync(bytes, cancellationToken);
            if (reads && _socket.Available > 0)
            {
                await ReceiveAsync(cancellationToken);
            }
        }
    }

    /// <summary>Reads until the server has closed.</summary>
    public async Task DrainAsync(CancellationToken cancellationToken)
    {
        while (await ReceiveAsync(cancellationToken))
        {
            // Until the end.
        }
    }

    /// <summary>Reads once.</summary>
    /// <returns>False at the end.</returns>
    public async Task<bool> ReceiveAsync(CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[16 * 1024];
        int count = await _socket.ReceiveAsync(buffer, SocketFlags.None, cancellationToken);
        _tail.AddRange(buffer.AsSpan(0, count));
        SkipFrames();
        return count > 0;
    }

    /// <summary>Tears the connection down without a word.</summary>
    public void Reset()
    {
        _socket.LingerState = new LingerOption(enable: true, seconds: 0);
        _socket.Close();
    }

    public void Dispose() => _socket.Dispose();

    private void SkipFrames()
    {
        while (_tail.Count >= 9)
        {
            int length = (_tail[0] << 16) | (_tail[1] << 8) | _tail[2];
            if (_tail.Count < 9 + length)
            {
                return;
            }

            if (_tail[3] == Wire.GoAway && length >= 8)
            {
                GoAwayCode = BinaryPrimitives.ReadUInt32BigEndian([.. _tail.GetRange(13, 4)]);
            }

            _tail.RemoveRange(0, 9 + length);
        }
    }
}
