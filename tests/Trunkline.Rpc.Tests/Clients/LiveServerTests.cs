using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Trunkline.Utils;

namespace Trunkline.Rpc.Tests.Clients;

/// <summary>Our client and our server over real sockets.</summary>
public sealed class LiveServerTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData("tcp")]
    [InlineData("tls")]
    [InlineData("mutual tls")]
    [InlineData("unix")]
    public async Task FourKinds_OverEachTransport_Work(string transport)
    {
        (KeyCertificatePair pair, string root) = MakeCertificate();
        string path = Path.Combine(Path.GetTempPath(), $"trunkline-{Guid.NewGuid():N}.sock");
        (ServerCredentials serverSide, ChannelCredentials clientSide) = transport switch
        {
            "tls" => (new SslServerCredentials([pair]), new SslCredentials(root)),
            "mutual tls" => (
                new SslServerCredentials([pair], root, SslClientCertificateRequestType.RequestAndRequireAndVerify), new SslCredentials(root, pair)),
            _ => (ServerCredentials.Insecure, ChannelCredentials.Insecure),
        };
        await using Server server = StartServer(transport == "unix" ? $"unix:{path}" : "127.0.0.1", serverSide, out ServerPort port);
        await using var channel = new Channel(
            transport == "unix" ? $"unix:{path}" : $"127.0.0.1:{port.BoundPort}", clientSide, new ChannelOptions { Authority = "localhost" });
        CallInvoker invoker = channel.CreateCallInvoker();

        Assert.Equal("a", await invoker.AsyncUnaryCall(TestMethods.Unary, null, default, "a").ResponseAsync.WaitAsync(Patience));
        Assert.Equal("b", await OwnThread.Run(() => invoker.BlockingUnaryCall(TestMethods.Unary, null, default, "b")).WaitAsync(Patience));
        Assert.Equal(
            ["0", "1", "2"],
            await invoker.AsyncServerStreamingCall(TestMethods.ServerStreaming, null, default, "3").ResponseStream.ToListAsync().WaitAsync(Patience));
        using AsyncClientStreamingCall<string, string> join = invoker.AsyncClientStreamingCall(TestMethods.ClientStreaming, null, default);
        await join.RequestStream.WriteAllAsync(["x", "y"]).WaitAsync(Patience);
        Assert.Equal("x,y", await join.ResponseAsync.WaitAsync(Patience));
        Assert.Equal(
            ["p", "q"],
            await OwnThread.Run(() => invoker.BlockingDuplexStreamingCall(TestMethods.Duplex, null, default, (IEnumerable<string>)["p", "q"]).ToList())
                .WaitAsync(Patience));
    }

    [Fact]
    public async Task Tls_CertificateOfAStranger_IsUnavailableThatNamesTheHandshake()
    {
        (KeyCertificatePair pair, _) = MakeCertificate();
        (_, string otherRoot) = MakeCertificate();
        await using Server server = StartServer("127.0.0.1", new SslServerCredentials([pair]), out ServerPort port);
        await using var channel = new Channel($"127.0.0.1:{port.BoundPort}", new SslCredentials(otherRoot), new ChannelOptions { Authority = "localhost" });

        RpcException exception = await Assert.ThrowsAsync<RpcException>(
            () => channel.CreateCallInvoker().AsyncUnaryCall(TestMethods.Unary, null, default, "a").ResponseAsync.WaitAsync(Patience));

        Assert.Equal(StatusCode.Unavailable, exception.StatusCode);
        Assert.Contains("TLS handshake", exception.Status.Detail, StringComparison.Ordinal);
        Assert.Equal(CallPhase.Connect, exception.Failure!.Phase);
    }

    [Fact]
    public async Task Cleartext_PeerThatSpeaksHttp1_IsUnavailableThatSaysSo()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        int port = ((IPEndPoint)listener.LocalEndpoint).Port;
        Task answering = Task.Run(async () =>
        {
            using TcpClient peer = await listener.AcceptTcpClientAsync();
            await peer.GetStream().WriteAsync("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n"u8.ToArray());
            await peer.GetStream().CopyToAsync(Stream.Null);
        });
        await using var channel = new Channel($"127.0.0.1:{port}", ChannelCredentials.Insecure);

        RpcException exception = await Assert.ThrowsAsync<RpcException>(
            () => channel.CreateCallInvoker().AsyncUnaryCall(TestMethods.Unary, null, default, "a").ResponseAsync.WaitAsync(Patience));

        Assert.Equal(StatusCode.Unavailable, exception.StatusCode);
        Assert.Contains("did not begin HTTP/2", exception.Status.Detail, StringComparison.Ordinal);
        await answering;
    }

    [Fact]
    public async Task ManyCallers_SomeCancelled_EachGetsItsOwnReply()
    {
        await using Server server = StartServer("127.0.0.1", ServerCredentials.Insecure, out ServerPort port);
        await using var channel = new Channel($"127.0.0.1:{port.BoundPort}", ChannelCredentials.Insecure);
        CallInvoker invoker = channel.CreateCallInvoker();

        await Task.WhenAll(Enumerable.Range(0, 40).Select(worker => Task.Run(() => WorkAsync(invoker, worker)))).WaitAsync(Patience);

        Assert.Equal("alive", await invoker.AsyncUnaryCall(TestMethods.Unary, null, default, "alive").ResponseAsync.WaitAsync(Patience));
    }

    [Fact]
    public async Task Host_OfTheCall_IsTheAuthority()
    {
        await using Server server = StartServer("127.0.0.1", ServerCredentials.Insecure, out ServerPort port);
        await using var channel = new Channel($"127.0.0.1:{port.BoundPort}", ChannelCredentials.Insecure);

        AsyncUnaryCall<string> call = channel.CreateCallInvoker().AsyncUnaryCall(TestMethods.Unary, "other.example", default, "host?");

        Assert.Equal("other.example", await call.ResponseAsync.WaitAsync(Patience));
    }

    private static async Task WorkAsync(CallInvoker invoker, int worker)
    {
        for (int i = 0; i < 100; i++)
        {
            using var source = new CancellationTokenSource();
            string text = $"{worker}-{i}";
            DateTime? deadline = i % 5 == 0 ? TimeProvider.System.GetUtcNow().UtcDateTime.AddMilliseconds(i % 3) : null;
            AsyncUnaryCall<string> call = invoker.AsyncUnaryCall(TestMethods.Unary, null, new CallOptions(null, deadline, source.Token), text);
            switch (i % 4)
            {
                case 1:
                    await source.CancelAsync();
                    break;
                case 2:
                    call.Dispose();
                    break;
                default:
                    break;
            }

            try
            {
                Assert.Equal(text, await call);
            }
            catch (RpcException exception)
            {
                Assert.True(i % 5 == 0 || i % 4 is 1 or 2, $"{i}: {exception}");
                Assert.True(exception.StatusCode is StatusCode.Cancelled or StatusCode.DeadlineExceeded, exception.ToString());
            }
        }
    }

    private static Server StartServer(string host, ServerCredentials credentials, out ServerPort port)
    {
        var server = new Server();
        server.Services.Add(ServerServiceDefinition.CreateBuilder()
            .AddMethod(TestMethods.Unary, (string request, ServerCallContext context) => Task.FromResult(request == "host?" ? context.Host : request))
            .AddMethod<string, string>(TestMethods.ServerStreaming, async (string request, IServerStreamWriter<string> responses, ServerCallContext _) =>
            {
                for (int i = 0; i < int.Parse(request); i++)
                {
                    await responses.WriteAsync($"{i}");
                }
            })
            .AddMethod<string, string>(
                TestMethods.ClientStreaming,
                async (IAsyncStreamReader<string> requests, ServerCallContext _) => string.Join(',', await requests.ToListAsync()))
            .AddMethod<string, string>(
                TestMethods.Duplex,
                async (IAsyncStreamReader<string> requests, IServerStreamWriter<string> responses, ServerCallContext _) =>
                    await requests.ForEachAsync(responses.WriteAsync))
            .Build());
        port = new ServerPort(host, 0, credentials);
        server.Ports.Add(port);
        server.Start();
        return server;
    }

    /// <summary>A certificate for localhost that is its own root, as PEM.</summary>
    private static (KeyCertificatePair Pair, string Root) MakeCertificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        using X509Certificate2 certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        string pem = certificate.ExportCertificatePem();
        return (new KeyCertificatePair(pem, key.ExportPkcs8PrivateKeyPem()), pem);
    }
}
