using System.Buffers;
using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using Trunkline.Harness;

namespace Trunkline.Http2.Tests.Transports;

public class TlsTests
{
    [Fact]
    public async Task Handshake_BothOfferHttp2_TellsWhatWasAgreed()
    {
        await using LinkPair pair = await LinkPair.ConnectAsync(LinkKind.Tls);
        Assert.All([pair.Client.Info, pair.Server.Info], info =>
        {
            Assert.True(info.IsSecure);
            Assert.Equal(SslApplicationProtocol.Http2, info.ApplicationProtocol);
            Assert.True(info.TlsProtocol is SslProtocols.Tls12 or SslProtocols.Tls13);
            Assert.NotNull(info.TlsCipherSuite);
            Assert.Equal("localhost", info.ServerName);
            Assert.NotNull(info.RemoteEndPoint);
        });
        Assert.Equal(TestCertificate.Localhost.Thumbprint, pair.Client.Info.PeerCertificate!.Thumbprint);
    }

    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public async Task Handshake_OneVersionOffered_TakesIt(SslProtocols version)
    {
        var memory = new MemoryTransport();
        await using var listener = new TlsListener(memory.Listener, LinkPair.ServerWithCertificate());
        SslClientAuthenticationOptions options = LinkPair.TrustingClient();
        options.EnabledSslProtocols = version;
        Task<Link> dialing = new TlsDialer(memory.Dialer, options).DialAsync(CancellationToken.None).AsTask();
        await using Link? server = await listener.AcceptAsync(CancellationToken.None);
        await using Link client = await dialing;
        Assert.Equal(version, client.Info.TlsProtocol);
        Assert.True(Http2.Transports.TlsRules.Check(client.Info).IsNone);
    }

    [Theory]
    [InlineData(SslProtocols.Tls12, TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, true)]
    [InlineData(SslProtocols.Tls12, TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256, true)]
    [InlineData(SslProtocols.Tls12, TlsCipherSuite.TLS_DHE_RSA_WITH_AES_256_CCM_8, true)]
    [InlineData(SslProtocols.Tls12, TlsCipherSuite.TLS_RSA_WITH_AES_128_GCM_SHA256, false)]
    [InlineData(SslProtocols.Tls12, TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256, false)]
    [InlineData(SslProtocols.Tls12, TlsCipherSuite.TLS_PSK_WITH_AES_128_GCM_SHA256, false)]
    [InlineData(SslProtocols.Tls13, TlsCipherSuite.TLS_AES_128_GCM_SHA256, true)]
    public async Task Connection_CipherSuite_AdequateOrRefused(SslProtocols version, TlsCipherSuite suite, bool isAdequate)
    {
        (MemoryLink ours, MemoryLink theirs) = MemoryLink.CreatePair();
        var link = new LinkOfKind(ours, new LinkInfo { IsSecure = true, ApplicationProtocol = SslApplicationProtocol.Http2, TlsProtocol = version, TlsCipherSuite = suite });
        await using var connection = Http2ServerConnection.Create(link, new Connections.RecordingServer(), new Http2Options());
        Task start = connection.StartAsync(CancellationToken.None);
        await using var peer = new FramePeer(theirs);
        if (isAdequate)
        {
            await peer.ConnectAsClientAsync();
            await start;
            return;
        }

        await peer.ExpectAsync(FrameKind.Settings);
        await peer.ExpectGoAwayAsync(Http2ErrorCode.InadequateSecurity);
        Http2Exception refused = await Assert.ThrowsAsync<Http2Exception>(() => start);
        Assert.Contains(suite.ToString(), refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dial_ServerHasNoAlpn_SaysThatItIsNoHttp2Server()
    {
        var memory = new MemoryTransport();
        var dialer = new TlsDialer(memory.Dialer, LinkPair.TrustingClient());
        Task<Link> dialing = dialer.DialAsync(CancellationToken.None).AsTask();
        Link? accepted = await memory.Listener.AcceptAsync(CancellationToken.None);
        await using var server = new SslStream(new Http2.Transports.LinkStream(accepted!));
        Task answering = server.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = TestCertificate.Localhost });
        DialException thrown = await Assert.ThrowsAsync<DialException>(() => dialing);
        Assert.Equal(DialPhase.Tls, thrown.Phase);
        Assert.Contains("did not choose HTTP/2", thrown.Message, StringComparison.Ordinal);
        await answering.ContinueWith(_ => { }, TaskScheduler.Default); // Its last words may find the client gone.
    }

    [Fact]
    public async Task Dial_CertificateIsNotTrusted_SaysSo()
    {
        var memory = new MemoryTransport();
        await using var listener = new TlsListener(memory.Listener, LinkPair.ServerWithCertificate());
        var dialer = new TlsDialer(memory.Dialer, new SslClientAuthenticationOptions { TargetHost = "localhost" });
        DialException thrown = await Assert.ThrowsAsync<DialException>(() => dialer.DialAsync(CancellationToken.None).AsTask());
        Assert.Equal(DialPhase.Tls, thrown.Phase);
        Assert.Contains("certificate", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dial_ServerSaysNothing_GivesUpAfterTheTimeLimit()
    {
        var time = new ManualTimeProvider();
        var memory = new MemoryTransport();
        var dialer = new TlsDialer(memory.Dialer, LinkPair.TrustingClient(), TimeSpan.FromSeconds(10), time);
        Task<Link> dialing = dialer.DialAsync(CancellationToken.None).AsTask();
        Link? silent = await memory.Listener.AcceptAsync(CancellationToken.None);
        Assert.NotEmpty(await LinkTests.ReceiveAsync(silent!, 5));
        time.Advance(TimeSpan.FromSeconds(10));
        DialException thrown = await Assert.ThrowsAsync<DialException>(() => dialing);
        Assert.Contains("longer than 10 s", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Listen_OneClientStallsAndOneIsBroken_TheNextIsServed()
    {
        var time = new ManualTimeProvider();
        var memory = new MemoryTransport();
        await using var listener = new TlsListener(memory.Listener, LinkPair.ServerWithCertificate(), timeProvider: time);
        await using Link stalled = await memory.Dialer.DialAsync(CancellationToken.None);
        await using Link broken = await memory.Dialer.DialAsync(CancellationToken.None);
        await broken.SendAsync(new(new byte[] { 0x16, 9, 9, 0, 1, 0 }), CancellationToken.None);

        var dialer = new TlsDialer(memory.Dialer, LinkPair.TrustingClient());
        await using Link client = await dialer.DialAsync(CancellationToken.None);
        await using Link? server = await listener.AcceptAsync(CancellationToken.None);
        await client.SendAsync(new("hi"u8.ToArray()), CancellationToken.None);
        Assert.Equal("hi"u8.ToArray(), await LinkTests.ReceiveAsync(server!, 2));

        time.Advance(TlsDialer.DefaultHandshakeTimeout);
        await Assert.ThrowsAsync<IOException>(() => stalled.ReceiveAsync(new byte[1], CancellationToken.None).AsTask());
    }

    [Fact]
    public async Task Dispose_PeerDoesNotRead_DoesNotHang()
    {
        var time = new ManualTimeProvider();
        var memory = new MemoryTransport();
        await using var listener = new TlsListener(memory.Listener, LinkPair.ServerWithCertificate());
        var dialer = new TlsDialer(memory.Dialer, LinkPair.TrustingClient(), timeProvider: time);
        Link client = await dialer.DialAsync(CancellationToken.None);
        await using Link? server = await listener.AcceptAsync(CancellationToken.None);

        // Given up while it waits: the memory link below stays full, so the end of the TLS stream cannot be said.
        using var giveUp = new CancellationTokenSource();
        Task flooding = client.SendAsync(new ReadOnlySequence<byte>(new byte[1024 * 1024]), giveUp.Token).AsTask();
        await giveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => flooding);
        Task closing = client.DisposeAsync().AsTask();
        time.Advance(TimeSpan.FromSeconds(1));
        await closing;
    }

    [Fact]
    public async Task Listen_ClientWithoutAlpn_IsTurnedAway()
    {
        var memory = new MemoryTransport();
        await using var listener = new TlsListener(memory.Listener, LinkPair.ServerWithCertificate());
        Link link = await memory.Dialer.DialAsync(CancellationToken.None);
        await using var client = new SslStream(new Http2.Transports.LinkStream(link));
        var options = LinkPair.TrustingClient();
        options.ApplicationProtocols = [SslApplicationProtocol.Http11];
        await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            await client.AuthenticateAsClientAsync(options);
            Assert.Equal(0, await client.ReadAsync(new byte[1]));
            throw new IOException("the server closed");
        });
    }

    /// <summary>A link that says of itself what a test wants.</summary>
    private sealed class LinkOfKind(Link link, LinkInfo info) : Link
    {
        public override LinkInfo Info => info;

        public override ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken) => link.ReceiveAsync(buffer, cancellationToken);

        public override ValueTask SendAsync(ReadOnlySequence<byte> bytes, CancellationToken cancellationToken) => link.SendAsync(bytes, cancellationToken);

        public override void Abort(Exception? reason) => link.Abort(reason);

        public override ValueTask DisposeAsync() => link.DisposeAsync();
    }
}
