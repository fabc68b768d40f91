using System.Net;
using System.Net.Sockets;
using Trunkline.Http2;

namespace Trunkline.Rpc.Tests.Servers;

/// <summary>Starting, listening, shutting down.</summary>
public sealed class ServerLifeTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static bool HasIPv6 => Socket.OSSupportsIPv6 && CanBind(IPAddress.IPv6Loopback);

    [Theory]
    [InlineData("[::]", "127.0.0.1")]
    [InlineData("[::]", "::1")]
    [InlineData("0.0.0.0", "127.0.0.1")]
    [InlineData("127.0.0.1", "127.0.0.1")]
    [InlineData("localhost", "127.0.0.1")]
    [InlineData("localhost", "::1")]
    public async Task Start_OnAnAddress_IsReachedOverIt(string host, string address)
    {
        if (!HasIPv6 && address.Contains(':', StringComparison.Ordinal))
        {
            // Without IPv6 the same host must still be reached, over IPv4.
            address = "127.0.0.1";
        }

        await using Server server = NewServer(new ServerPort(host, ServerPort.PickUnused, ServerCredentials.Insecure));
        server.Start();
        int port = server.Ports.Single().BoundPort;
        await using RawClient client = await Dial(new IPEndPoint(IPAddress.Parse(address), port));
        RawCall call = await client.Unary(TextService.Path("Peer"), "x");
        string peer = Assert.Single(await call.Rest());
        Assert.StartsWith(address.Contains(':', StringComparison.Ordinal) ? "ipv6:[::1]:" : "ipv4:127.0.0.1:", peer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_OnAUnixSocket_IsReachedAndTheFileGoesWithTheServer()
    {
        string path = Path.Combine(Path.GetTempPath(), $"trunkline-{Guid.NewGuid():N}.sock");
        await using (Server server = NewServer(new ServerPort("unix:" + path, 0, ServerCredentials.Insecure)))
        {
            server.Start();
            Link link = await new UnixDialer(path).DialAsync(CancellationToken.None);
            await using RawClient client = await RawClient.ConnectAsync(link);
            Assert.Equal("0", (await client.Unary(TextService.Path("Peer"), "x")).Status);
        }

        Assert.False(File.Exists(path));
    }

    [Fact]
    public async Task Start_PortInUse_SaysWhichPortAndLeavesNothingBound()
    {
        await using Server first = NewServer(new ServerPort("127.0.0.1", ServerPort.PickUnused, ServerCredentials.Insecure));
        first.Start();
        int taken = first.Ports.Single().BoundPort;
        await using Server second = NewServer(
            new ServerPort("127.0.0.1", ServerPort.PickUnused, ServerCredentials.Insecure), new ServerPort("127.0.0.1", taken, ServerCredentials.Insecure));
        IOException error = Assert.Throws<IOException>(second.Start);
        Assert.Contains($"127.0.0.1:{taken}", error.Message, StringComparison.Ordinal);
        Assert.True(CanBind(IPAddress.Loopback, second.Ports.First().BoundPort));
    }

    [Fact]
    public async Task Start_UnknownHost_SaysSo()
    {
        await using Server server = NewServer(new ServerPort("no-such-host.invalid", 1, ServerCredentials.Insecure));
        Assert.Contains("no-such-host.invalid", Assert.Throws<IOException>(server.Start).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_TwiceOrWithoutPortsOrWithAMethodTwice_IsMisuse()
    {
        await using var nowhere = new Server();
        Assert.Throws<InvalidOperationException>(nowhere.Start);

        await using Server twice = NewServer(new ServerPort("127.0.0.1", ServerPort.PickUnused, ServerCredentials.Insecure));
        twice.Start();
        Assert.Throws<InvalidOperationException>(twice.Start);
        Assert.Throws<InvalidOperationException>(() => twice.Services.Add(Service().Build()));

        await using Server doubled = NewServer(new ServerPort("127.0.0.1", ServerPort.PickUnused, ServerCredentials.Insecure));
        doubled.Services.Add(Service().Build());
        Assert.Contains("test.Text/Peer", Assert.Throws<InvalidOperationException>(doubled.Start).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_ThatMakeNoSense_AreRefusedByName()
    {
        Assert.Contains("BlockingWorkers", Assert.ThrowsAny<ArgumentException>(() => new Server(new ServerOptions { BlockingWorkers = 0 })).Message, StringComparison.Ordinal);
        Assert.Contains("snappy", Assert.ThrowsAny<ArgumentException>(() => new Server(new ServerOptions { ResponseCompression = "snappy" })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Shutdown_WithACallInProgress_LetsItFinishAndTakesNoNewOnes()
    {
        var entered = new TaskCompletionSource();
        var gate = new TaskCompletionSource<string>();
        await using MemoryServer server = await MemoryServer.StartAsync(TextService.Builder().Unary("Wait", async (_, _) =>
        {
            entered.SetResult();
            return await gate.Task;
        }));
        RawCall call = server.Client.Open(TextService.Path("Wait"));
        call.Send("x");
        call.HalfClose();
        await entered.Task.WaitAsync(Patience);
        Task shutdown = server.Server.ShutdownAsync();
        Assert.Same(shutdown, server.Server.ShutdownAsync());
        Assert.False(shutdown.IsCompleted);
        Assert.False(call.Ended.IsCompleted);
        gate.SetResult("finished");
        await call.Ended;
        Assert.Equal(["finished"], await call.Rest());
        Assert.Equal("0", call.Status);
        await shutdown.WaitAsync(Patience);
        await server.Server.ShutdownTask.WaitAsync(Patience);
        Assert.Throws<IOException>(() => server.Listener.Connect());
    }

    [Fact]
    public async Task Shutdown_Cancelled_EndsTheCalls()
    {
        var entered = new TaskCompletionSource();
        var cancelled = new TaskCompletionSource();
        await using MemoryServer server = await MemoryServer.StartAsync(TextService.Builder().Unary("Wait", async (_, context) =>
        {
            using CancellationTokenRegistration registration = context.CancellationToken.Register(() => cancelled.SetResult());
            entered.SetResult();
            await cancelled.Task;
            return "";
        }));
        RawCall call = server.Client.Open(TextService.Path("Wait"));
        call.Send("x");
        call.HalfClose();
        await entered.Task.WaitAsync(Patience);
        using var patience = new CancellationTokenSource();
        Task shutdown = server.Server.ShutdownAsync(patience.Token);
        await patience.CancelAsync();
        await shutdown.WaitAsync(Patience);
        await call.Ended;
        Assert.False(call.Error.IsNone);
        await cancelled.Task.WaitAsync(Patience);
    }

    [Fact]
    public async Task Dispose_WithCallsInProgress_EndsThemAtOnceAndFreesThePort()
    {
        var entered = new TaskCompletionSource();
        var cancelled = new TaskCompletionSource();
        Server server = NewServer(new ServerPort("127.0.0.1", ServerPort.PickUnused, ServerCredentials.Insecure));
        server.Services.Add(TextService.Builder().Unary("Wait", async (_, context) =>
        {
            using CancellationTokenRegistration registration = context.CancellationToken.Register(() => cancelled.SetResult());
            entered.SetResult();
            await cancelled.Task;
            return "";
        }).Build());
        server.Start();
        int port = server.Ports.Single().BoundPort;
        await using RawClient client = await Dial(new IPEndPoint(IPAddress.Loopback, port));
        RawCall call = client.Open(TextService.Path("Wait"));
        call.Send("x");
        call.HalfClose();
        await entered.Task.WaitAsync(Patience);
#pragma warning disable CA1849, MA0042 // The synchronous form is what is tested.
        server.Dispose();
#pragma warning restore CA1849, MA0042
        await call.Ended;
        Assert.Equal(ErrorScope.Connection, call.Error.Scope);
        await cancelled.Task.WaitAsync(Patience);
        Assert.True(CanBind(IPAddress.Loopback, port));
        await server.DisposeAsync();
    }

    [Fact]
    public async Task Dispose_NeverStarted_Completes()
    {
        var server = new Server();
        await server.DisposeAsync();
        Assert.True(server.ShutdownTask.IsCompleted);
        Assert.Throws<ObjectDisposedException>(server.Start);
    }

    [Fact]
    public async Task Connection_ThatSendsGarbage_LeavesTheServerServingOthers()
    {
        await using Server server = NewServer(new ServerPort("127.0.0.1", ServerPort.PickUnused, ServerCredentials.Insecure));
        server.Start();
        var endPoint = new IPEndPoint(IPAddress.Loopback, server.Ports.Single().BoundPort);
        using (var socket = new Socket(SocketType.Stream, ProtocolType.Tcp))
        {
            await socket.ConnectAsync(endPoint);
            await socket.SendAsync("GET / HTTP/1.1\r\n\r\n"u8.ToArray());
            byte[] buffer = new byte[1024];
            while (await socket.ReceiveAsync(buffer) > 0)
            {
            }
        }

        await using RawClient client = await Dial(endPoint);
        Assert.Equal("0", (await client.Unary(TextService.Path("Peer"), "x")).Status);
    }

    [Fact]
    public async Task Connection_OneWithAHundredConcurrentCalls_IsOneAccept()
    {
        using var all = new CountdownEvent(100);
        var gate = new TaskCompletionSource();
        await using MemoryServer server = await MemoryServer.StartAsync(TextService.Builder().Unary("Wait", async (request, _) =>
        {
            all.Signal();
            await gate.Task;
            return request;
        }));
        Task<RawCall>[] calls = [.. Enumerable.Range(0, 100).Select(index => server.Client.Unary(TextService.Path("Wait"), $"{index}"))];
        Assert.True(await Task.Run(() => all.Wait(Patience)));
        Assert.Equal(100, server.Server.CallsInProgress);
        gate.SetResult();
        for (int index = 0; index < calls.Length; index++)
        {
            Assert.Equal([$"{index}"], await (await calls[index]).Rest());
        }

        Assert.Equal(1, server.Listener.Accepted);
        Assert.Equal(1, server.Server.OpenConnections);
    }

    private static ServerServiceDefinition.Builder Service() =>
        TextService.Builder().Unary("Peer", (_, context) => Task.FromResult(context.Peer));

    private static Server NewServer(params ServerPort[] ports)
    {
        var server = new Server();
        server.Services.Add(Service().Build());
        foreach (ServerPort port in ports)
        {
            server.Ports.Add(port);
        }

        return server;
    }

    private static async Task<RawClient> Dial(IPEndPoint endPoint)
    {
        Link link = await new TcpDialer(endPoint).DialAsync(CancellationToken.None);
        return await RawClient.ConnectAsync(link);
    }

    private static bool CanBind(IPAddress address, int port = 0)
    {
        try
        {
            using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(address, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
