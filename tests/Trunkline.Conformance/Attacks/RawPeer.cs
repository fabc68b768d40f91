using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Trunkline.Conformance.Attacks;

/// <summary>A client that writes whatever bytes it likes over TCP and notes how the server ends it.</summary>
internal sealed class RawPeer : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly TaskCompletionSource<string> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private bool _reads;
    private bool _isBroken;

    /// <summary>The frames written so far.</summary>
    public long Frames { get; private set; }

    /// <summary>The bytes written so far.</summary>
    public long Bytes { get; private set; }

    /// <summary>Completes with the code of GOAWAY, or with how the connection ended without one.</summary>
    public Task<string> Ended => _ended.Task;

    /// <summary>The reason that GOAWAY gave.</summary>
    public string Reason { get; private set; } = "";

    /// <summary>Streams that the server has reset, and the code of the last.</summary>
    public int Resets { get; private set; }

    public string ResetCode { get; private set; } = "";

    public bool IsOver => _ended.Task.IsCompleted;

    /// <summary>Connects and says nothing.</summary>
    public async Task ConnectAsync(int port, bool reads = true, int receiveBuffer = 0)
    {
        if (receiveBuffer > 0)
        {
            _socket.ReceiveBufferSize = receiveBuffer;
        }

        await _socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port));
        _reads = reads;
        if (reads)
        {
            _ = ReadAsync();
        }
    }

    /// <summary>Connects and begins as HTTP/2 wants it.</summary>
    public async Task BeginAsync(int port, bool reads = true, int receiveBuffer = 0, params byte[] settings)
    {
        await ConnectAsync(port, reads, receiveBuffer);
        await WriteAsync([.. "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8, .. Frame(0x4, 0, 0, settings), .. Frame(0x4, 0x1, 0)], frames: 2);
    }

    /// <summary>Writes again and again until the server ends the connection, or so often.</summary>
    public async Task FloodAsync(Func<int, byte[]> next, int framesEach, int most = 2_000_000)
    {
        for (int i = 0; i < most && !IsOver && !_isBroken; i++)
        {
            await WriteAsync(next(i), framesEach);
        }
    }

    public async Task WriteAsync(byte[] bytes, int frames)
    {
        try
        {
            await _socket.SendAsync(bytes);
            Frames += frames;
            Bytes += bytes.Length;
        }
        catch (SocketException exception)
        {
            // What the server said before lies unread in the socket, and the reader finds it there.
            _isBroken = true;
            if (!_reads)
            {
                _ended.TrySetResult($"no GOAWAY read: {exception.SocketErrorCode}");
            }
        }
    }

    public void Dispose() => _socket.Dispose();

    public static byte[] Frame(byte type, byte flags, int stream, params byte[] payload)
    {
        byte[] frame = new byte[9 + payload.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(0), payload.Length << 8);
        frame[3] = type;
        frame[4] = flags;
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(5), stream);
        payload.CopyTo(frame, 9);
        return frame;
    }

    /// <summary>A whole gRPC call: HEADERS and, with a message of one byte, DATA.</summary>
    public static byte[] Call(int stream, string path) =>
        [.. Frame(0x1, 0x4, stream, Request(path)), .. Frame(0x0, 0x1, stream, 0, 0, 0, 0, 1, (byte)'x')];

    /// <summary>A gRPC request's header block, without the tables.</summary>
    public static byte[] Request(string path) =>
        [0x83, 0x86, 0x04, .. Text(path), 0x01, .. Text("target"), 0x0F, 0x10, .. Text("application/grpc"), .. Literal("te", "trailers")];

    public static byte[] Literal(string name, string value) => [0x00, .. Text(name), .. Text(value)];

    private static byte[] Text(string text) => [(byte)text.Length, .. Encoding.ASCII.GetBytes(text)];

    private async Task ReadAsync()
    {
        byte[] buffer = new byte[64 * 1024];
        int filled = 0;
        try
        {
            while (true)
            {
                int received = await _socket.ReceiveAsync(buffer.AsMemory(filled));
                if (received == 0)
                {
                    _ended.TrySetResult("closed");
                    return;
                }

                filled = TakeFrames(buffer, filled + received);
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            _ended.TrySetResult(exception is SocketException socket ? socket.SocketErrorCode.ToString() : "closed here");
        }
    }

    private int TakeFrames(byte[] buffer, int filled)
    {
        int at = 0;
        while (filled - at >= 9)
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(buffer.AsSpan(at)) >> 8;
            if (filled - at < 9 + length)
            {
                break;
            }

            if (buffer[at + 3] == 0x7)
            {
                uint code = BinaryPrimitives.ReadUInt32BigEndian(buffer.AsSpan(at + 13));
                Reason = Encoding.UTF8.GetString(buffer, at + 17, length - 8);
                _ended.TrySetResult(((Http2.Http2ErrorCode)code).ToString());
            }

            if (buffer[at + 3] == 0x3)
            {
                Resets++;
                ResetCode = ((Http2.Http2ErrorCode)BinaryPrimitives.ReadUInt32BigEndian(buffer.AsSpan(at + 9))).ToString();
            }

            at += 9 + length;
        }

        buffer.AsSpan(at, filled - at).CopyTo(buffer);
        return filled - at;
    }
}
