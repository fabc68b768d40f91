using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Trunkline.Harness.Relays;

namespace Trunkline.Http2.Tests.Relays;

public class TcpRelayTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public static TheoryData<LinkShape> Shapes => new(
        LinkShape.Open,
        new LinkShape { Delay = TimeSpan.FromMilliseconds(5) },
        new LinkShape { Delay = TimeSpan.FromMilliseconds(2), BytesPerSecond = 50_000_000 },
        new LinkShape { BytesPerSecond = 8_000_000, Queue = 8 * 1024 });

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task Bytes_BothDirectionsAtOnce_ArriveEqualAndInOrder(LinkShape shape)
    {
        await using RelayedSockets sockets = await RelayedSockets.ConnectAsync(shape);
        byte[] up = RandomBytes(1, 1_500_000);
        byte[] down = RandomBytes(2, 1_500_000);
        Task sending = Task.WhenAll(SendAsync(sockets.Client, up), SendAsync(sockets.Server, down));
        byte[][] received = await Task.WhenAll(ReceiveAsync(sockets.Server, up.Length), ReceiveAsync(sockets.Client, down.Length)).WaitAsync(Patience);
        await sending.WaitAsync(Patience);
        Assert.Equal(up, received[0]);
        Assert.Equal(down, received[1]);
    }

    [Fact]
    public async Task Bytes_Delayed_AreNotThereBefore()
    {
        var delay = TimeSpan.FromMilliseconds(30);
        await using RelayedSockets sockets = await RelayedSockets.ConnectAsync(new LinkShape { Delay = delay });
        long start = Stopwatch.GetTimestamp();
        await SendAsync(sockets.Client, [1]);
        await ReceiveAsync(sockets.Server, 1).WaitAsync(Patience);
        Assert.True(Stopwatch.GetElapsedTime(start) >= delay);
    }

    [Fact]
    public async Task Bytes_AtARate_AreNotThereBefore()
    {
        await using RelayedSockets sockets = await RelayedSockets.ConnectAsync(new LinkShape { BytesPerSecond = 10_000_000 });
        long start = Stopwatch.GetTimestamp();
        Task sending = SendAsync(sockets.Client, new byte[1_000_000]);
        await ReceiveAsync(sockets.Server, 1_000_000).WaitAsync(Patience);
        await sending;
        Assert.True(Stopwatch.GetElapsedTime(start) >= TimeSpan.FromMilliseconds(100));
    }

    [Fact]
    public async Task HalfClose_PassesBehindTheBytes_AndTheOtherDirectionGoesOn()
    {
        await using RelayedSockets sockets = await RelayedSockets.ConnectAsync(new LinkShape { Delay = TimeSpan.FromMilliseconds(3) });
        await SendAsync(sockets.Client, [1, 2, 3]);
        sockets.Client.Shutdown(SocketShutdown.Send);
        Assert.Equal([1, 2, 3], await ReceiveAsync(sockets.Server, 3).WaitAsync(Patience));
        Assert.Equal(0, await sockets.Server.ReceiveAsync(new byte[1]).WaitAsync(Patience));
        await SendAsync(sockets.Server, [4]);
        Assert.Equal([4], await ReceiveAsync(sockets.Client, 1).WaitAsync(Patience));
    }

    [Fact]
    public async Task Abort_OfEitherEnd_ResetsTheOther()
    {
        await using RelayedSockets first = await RelayedSockets.ConnectAsync(LinkShape.Open);
        first.Client.Close(timeout: 0);
        await Assert.ThrowsAsync<SocketException>(() => first.Server.ReceiveAsync(new byte[1]).WaitAsync(Patience));

        await using RelayedSockets second = await RelayedSockets.ConnectAsync(LinkShape.Open);
        second.Server.Close(timeout: 0);
        await Assert.ThrowsAsync<SocketException>(() => second.Client.ReceiveAsync(new byte[1]).WaitAsync(Patience));
    }

    // A reader that stands still holds its sender up after a bounded number of bytes, and gets all of them in the end.
    [Fact]
    public async Task Reader_StandingStill_HoldsUpTheSender()
    {
        await using RelayedSockets sockets =
            await RelayedSockets.ConnectAsync(new LinkShape { Delay = TimeSpan.FromMilliseconds(1), BytesPerSecond = 1_000_000_000 });
        byte[] bytes = RandomBytes(3, 64 * 1024 * 1024);
        Task sending = SendAsync(sockets.Client, bytes);
        byte[] start = await ReceiveAsync(sockets.Server, 1).WaitAsync(Patience);
        Assert.False(sending.IsCompleted);
        byte[] rest = await ReceiveAsync(sockets.Server, bytes.Length - 1).WaitAsync(Patience);
        await sending.WaitAsync(Patience);
        Assert.Equal(bytes[0], start[0]);
        Assert.True(bytes.AsSpan(1).SequenceEqual(rest));
    }

    [Fact]
    public async Task Connect_NobodyListensAtTheTarget_IsReset()
    {
        using var unused = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        unused.Bind(new IPEndPoint(IPAddress.Loopback, 0)); // Bound and not listening: refuses.
        await using TcpRelay relay = TcpRelay.Start((IPEndPoint)unused.LocalEndPoint!, LinkShape.Open);
        using var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await Assert.ThrowsAsync<SocketException>(async () =>
        {
            // The reset may be there before the connection is known here.
            await client.ConnectAsync(relay.EndPoint);
            await client.ReceiveAsync(new byte[1]).WaitAsync(Patience);
        });
    }

    private static byte[] RandomBytes(int seed, int count)
    {
        byte[] bytes = new byte[count];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    private static async Task SendAsync(Socket socket, byte[] bytes)
    {
        for (int sent = 0; sent < bytes.Length;)
        {
            sent += await socket.SendAsync(bytes.AsMemory(sent));
        }
    }

    private static async Task<byte[]> ReceiveAsync(Socket socket, int count)
    {
        byte[] bytes = new byte[count];
        for (int received = 0; received < count;)
        {
            int more = await socket.ReceiveAsync(bytes.AsMemory(received));
            Assert.NotEqual(0, more);
            received += more;
        }

        return bytes;
    }

    /// <summary>Two sockets with a relay between them.</summary>
    private sealed class RelayedSockets(TcpRelay relay, Socket client, Socket server) : IAsyncDisposable
    {
        public Socket Client { get; } = client;

        public Socket Server { get; } = server;

        public static async Task<RelayedSockets> ConnectAsync(LinkShape shape)
        {
            using var listening = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            listening.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            listening.Listen();
            TcpRelay relay = TcpRelay.Start((IPEndPoint)listening.LocalEndPoint!, shape);
            var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            await client.ConnectAsync(relay.EndPoint);
            return new RelayedSockets(relay, client, await listening.AcceptAsync());
        }

        public async ValueTask DisposeAsync()
        {
            Client.Dispose();
            Server.Dispose();
            await relay.DisposeAsync();
        }
    }
}
