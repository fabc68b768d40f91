using System.Buffers;
using System.Net;
using System.Net.Sockets;

namespace Trunkline.Http2.Tests.Transports;

public class TcpTests
{
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("[::1]")]
    public async Task Listen_IPv6Any_IsReachedOverBothFamilies(string host)
    {
        await using SocketListener listener = SocketListener.ListenTcp(new IPEndPoint(IPAddress.IPv6Any, 0));
        if (host == "[::1]" && listener.IsIPv6Missing)
        {
            return; // A machine without IPv6: the other row shows the fallback.
        }

        var dialer = new TcpDialer(host, ((IPEndPoint)listener.LocalEndPoint!).Port);
        await using Link client = await dialer.DialAsync(CancellationToken.None);
        await using Link? server = await listener.AcceptAsync(CancellationToken.None);
        Assert.NotNull(server);
        Assert.Equal(client.Info.LocalEndPoint!.ToString()!.Split(':')[^1], server.Info.RemoteEndPoint!.ToString()!.Split(':')[^1]);
    }

    [Fact]
    public async Task Listen_IPv6AnyWithoutIPv6_ListensOnIPv4AndSaysSo()
    {
        await using SocketListener listener =
            SocketListener.ListenTcp(new IPEndPoint(IPAddress.IPv6Any, 0), () => false, logger: null, timeProvider: null);
        Assert.True(listener.IsIPv6Missing);
        var endPoint = (IPEndPoint)listener.LocalEndPoint!;
        Assert.Equal(IPAddress.Any, endPoint.Address);
        await using Link client = await new TcpDialer("127.0.0.1", endPoint.Port).DialAsync(CancellationToken.None);
        await using Link? server = await listener.AcceptAsync(CancellationToken.None);
        Assert.NotNull(server);
    }

    [Fact]
    public async Task Tuning_ConnectedSocket_IsApplied()
    {
        using var listening = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listening.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listening.Listen();
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(listening.LocalEndPoint!);
        await using var link = new SocketLink(socket);
        Assert.True(socket.NoDelay);
        if (OperatingSystem.IsLinux())
        {
            Assert.Equal(20_000, RawTcpOption(socket, 18)); // TCP_USER_TIMEOUT
            Assert.Equal(32_768, RawTcpOption(socket, 25)); // TCP_NOTSENT_LOWAT
        }
    }

    // Found by misbehaving peers (eng/soak/run.sh chaos): the completion came after the link was disposed, and its exception ended the process.
    [Fact]
    public async Task Dispose_WhileAGatheredSendWaits_EndsTheSend()
    {
        await using SocketListener listener = SocketListener.ListenTcp(new IPEndPoint(IPAddress.Loopback, 0));
        using var bytes = new PooledBuffer();
        bytes.Write(new byte[32 * 1024 * 1024]);
        for (int i = 0; i < 20; i++)
        {
            Link client = await new TcpDialer("127.0.0.1", ((IPEndPoint)listener.LocalEndPoint!).Port).DialAsync(CancellationToken.None);
            await using Link? server = await listener.AcceptAsync(CancellationToken.None);
            Task sending = client.SendAsync(bytes.WrittenSequence, CancellationToken.None).AsTask();
            client.Abort(reason: null);
            await client.DisposeAsync();
            await Assert.ThrowsAsync<IOException>(() => sending.WaitAsync(TimeSpan.FromSeconds(20)));
        }
    }

    // Sends that the kernel takes at once stay on this thread, so that what they allocate can be counted.
    [Fact]
    public async Task GatheredSend_SeveralPieces_AllocatesNothing()
    {
        using var listening = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listening.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listening.Listen();
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(listening.LocalEndPoint!);
        using Socket peer = await listening.AcceptAsync();
        using var gathered = new Http2.Transports.GatheredSend();
        using var buffer = new PooledBuffer();
        buffer.Write(new byte[6000]);
        Assert.False(buffer.WrittenSequence.IsSingleSegment);
        ReadOnlySequence<byte> bytes = buffer.WrittenSequence;
        for (int i = 0; i < 20; i++)
        {
            Assert.Equal(6000, await gathered.SendAsync(socket, bytes));
            for (int received = 0; received < 6000;)
            {
                received += await peer.ReceiveAsync(new byte[6000]);
            }
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        ValueTask<int> send = gathered.SendAsync(socket, bytes);
        Assert.True(send.IsCompletedSuccessfully);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public async Task Listen_PortInUse_SaysSo()
    {
        await using SocketListener listener = SocketListener.ListenTcp(new IPEndPoint(IPAddress.Loopback, 0));
        IOException thrown = Assert.Throws<IOException>(() => SocketListener.ListenTcp((IPEndPoint)listener.LocalEndPoint!));
        Assert.Contains(listener.LocalEndPoint!.ToString()!, thrown.Message, StringComparison.Ordinal);
        Assert.Contains("listens there already", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dial_NobodyListens_ListsWhatWasTried()
    {
        SocketListener listener = SocketListener.ListenTcp(new IPEndPoint(IPAddress.Loopback, 0));
        int port = ((IPEndPoint)listener.LocalEndPoint!).Port;
        await listener.DisposeAsync();
        var dialer = new TcpDialer("localhost", port);
        DialException thrown = await Assert.ThrowsAsync<DialException>(() => dialer.DialAsync(CancellationToken.None).AsTask());
        Assert.Equal(DialPhase.Connect, thrown.Phase);
        Assert.Contains($"cannot connect to localhost:{port}", thrown.Message, StringComparison.Ordinal);
        Assert.Contains($"127.0.0.1:{port}", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dial_UnknownHost_SaysThatItDoesNotResolve()
    {
        var dialer = new TcpDialer("no-such-host.invalid", 1);
        DialException thrown = await Assert.ThrowsAsync<DialException>(() => dialer.DialAsync(CancellationToken.None).AsTask());
        Assert.Equal(DialPhase.Resolve, thrown.Phase);
        Assert.Contains("no-such-host.invalid", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Accept_ListenerIsDisposed_GivesNull()
    {
        SocketListener listener = SocketListener.ListenTcp(new IPEndPoint(IPAddress.Loopback, 0));
        ValueTask<Link?> accepting = listener.AcceptAsync(CancellationToken.None);
        await listener.DisposeAsync();
        Assert.Null(await accepting);
        Assert.Null(await listener.AcceptAsync(CancellationToken.None));
    }

    [Fact]
    public async Task ListenUnix_FileIsLeftOver_ReplacesIt()
    {
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        using (var crashed = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            crashed.Bind(new UnixDomainSocketEndPoint(path));
        }

        await using (SocketListener listener = SocketListener.ListenUnix(path))
        {
            IOException thrown = Assert.Throws<IOException>(() => SocketListener.ListenUnix(path));
            Assert.Contains("listens there already", thrown.Message, StringComparison.Ordinal);
        }

        Assert.False(File.Exists(path));
    }

    [Fact]
    public async Task DialUnix_NobodyListens_SaysWhere()
    {
        var dialer = new UnixDialer("/no/such/socket");
        DialException thrown = await Assert.ThrowsAsync<DialException>(() => dialer.DialAsync(CancellationToken.None).AsTask());
        Assert.Contains("unix:/no/such/socket", thrown.Message, StringComparison.Ordinal);
    }

    private static int RawTcpOption(Socket socket, int option)
    {
        Span<byte> value = stackalloc byte[sizeof(int)];
        socket.GetRawSocketOption(6, option, value);
        return BitConverter.ToInt32(value);
    }
}
