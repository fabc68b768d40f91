using System.Buffers.Binary;
using System.Net.Sockets;

namespace Trunkline.Http2.Transports;

/// <summary>The socket options that HTTP/2 is better with. One that a platform lacks is left out.</summary>
internal static class SocketTuning
{
    // From Linux's netinet/tcp.h and macOS's; the raw form is needed because .NET has no names for them.
    private const int TcpLevel = 6;
    private const int LinuxTcpUserTimeout = 18;
    private const int LinuxTcpNotSentLowat = 25;
    private const int MacTcpNotSentLowat = 0x201;

    /// <summary>
    /// The kernel reports writable once this much or less waits to be sent. Two frames keep the wire busy and leave the order of all others to the
    /// scheduler above.
    /// </summary>
    private const int NotSentLowat = 32 * 1024;

    /// <summary>The same where urgent streams are to overtake others: half a frame keeps a slow wire busy, and a fast one has emptied it before it matters.</summary>
    private const int ShortNotSentLowat = 8 * 1024;

    /// <summary>How long sent data may stay unacknowledged before the kernel gives the connection up.</summary>
    private static readonly TimeSpan UserTimeout = TimeSpan.FromSeconds(20);

    /// <summary>Tunes a connected TCP socket; others are left alone.</summary>
    public static void Apply(Socket socket)
    {
        if (socket.ProtocolType != ProtocolType.Tcp)
        {
            return;
        }

        socket.NoDelay = true;
        if (OperatingSystem.IsLinux())
        {
            TrySet(socket, LinuxTcpUserTimeout, (int)UserTimeout.TotalMilliseconds);
        }

        SetNotSentLowat(socket, NotSentLowat);
    }

    /// <summary>Keeps less in the kernel's queue of a TCP socket than usual; others are left alone.</summary>
    public static void ShortenQueue(Socket socket)
    {
        if (socket.ProtocolType == ProtocolType.Tcp)
        {
            SetNotSentLowat(socket, ShortNotSentLowat);
        }
    }

    private static void SetNotSentLowat(Socket socket, int value)
    {
        if (OperatingSystem.IsLinux())
        {
            TrySet(socket, LinuxTcpNotSentLowat, value);
        }
        else if (OperatingSystem.IsMacOS())
        {
            TrySet(socket, MacTcpNotSentLowat, value);
        }
    }

    private static void TrySet(Socket socket, int option, int value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        if (BitConverter.IsLittleEndian)
        {
            BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        }
        else
        {
            BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        }

        try
        {
            socket.SetRawSocketOption(TcpLevel, option, bytes);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // A kernel or sandbox without the option: the link works without it. Or a link that was closed meanwhile.
        }
    }
}
