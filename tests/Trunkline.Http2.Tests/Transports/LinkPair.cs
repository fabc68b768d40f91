using System.Net;
using System.Net.Security;

namespace Trunkline.Http2.Tests.Transports;

public enum LinkKind
{
    Tcp,
    Unix,
    AbstractUnix,
    Tls,
    TlsOverMemory,
    Memory,
}

/// <summary>Two connected links of one kind, and what stands behind them.</summary>
internal sealed class LinkPair(Link client, Link server, IAsyncDisposable? listener) : IAsyncDisposable
{
    public Link Client { get; } = client;

    public Link Server { get; } = server;

    public static async Task<LinkPair> ConnectAsync(LinkKind kind)
    {
        if (kind == LinkKind.Memory)
        {
            (MemoryLink first, MemoryLink second) = MemoryLink.CreatePair();
            return new LinkPair(first, second, listener: null);
        }

        (Dialer dialer, Listener listener) = Create(kind);
        ValueTask<Link?> accepting = listener.AcceptAsync(CancellationToken.None);
        Link client = await dialer.DialAsync(CancellationToken.None);
        return new LinkPair(client, (await accepting)!, listener);
    }

    public static SslClientAuthenticationOptions TrustingClient() => new()
    {
        TargetHost = "localhost",
        RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate!.GetCertHashString() == TestCertificate.Localhost.GetCertHashString(),
    };

    public static SslServerAuthenticationOptions ServerWithCertificate() => new() { ServerCertificate = TestCertificate.Localhost };

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        await Server.DisposeAsync();
        if (listener is not null)
        {
            await listener.DisposeAsync();
        }
    }

    private static (Dialer Dialer, Listener Listener) Create(LinkKind kind)
    {
        switch (kind)
        {
            case LinkKind.Unix:
                string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
                return (new UnixDialer(path), SocketListener.ListenUnix(path));
            case LinkKind.AbstractUnix:
                string name = "\0" + Path.GetRandomFileName();
                return (new UnixDialer(name), SocketListener.ListenUnix(name));
            case LinkKind.TlsOverMemory:
                var memory = new MemoryTransport();
                return (new TlsDialer(memory.Dialer, TrustingClient()), new TlsListener(memory.Listener, ServerWithCertificate()));
            default:
                SocketListener tcp = SocketListener.ListenTcp(new IPEndPoint(IPAddress.Loopback, 0));
                var dialer = new TcpDialer((IPEndPoint)tcp.LocalEndPoint!);
                return kind == LinkKind.Tls ? (new TlsDialer(dialer, TrustingClient()), new TlsListener(tcp, ServerWithCertificate())) : (dialer, tcp);
        }
    }
}
