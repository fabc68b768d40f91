using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Trunkline.Http2;

namespace Trunkline.Rpc.Tests.Servers;

/// <summary>TLS on the server: its own certificate, and those it asks of clients.</summary>
public sealed class ServerTlsTests
{
    [Fact]
    public async Task Call_OverTls_IsAnsweredAndTellsSo()
    {
        await using Server server = Start(new SslServerCredentials([Pair("localhost")]));
        RawCall call = await Call(server, clientCertificate: null);
        Assert.Equal(["anonymous ssl"], await call.Rest());
    }

    [Theory]
    [InlineData(SslClientCertificateRequestType.RequestAndRequireAndVerify)]
    [InlineData(SslClientCertificateRequestType.RequestAndVerify)]
    [InlineData(SslClientCertificateRequestType.RequestAndRequireButDontVerify)]
    public async Task Call_WithATrustedClientCertificate_KnowsTheClient(SslClientCertificateRequestType request)
    {
        KeyCertificatePair client = Pair("client-one");
        await using Server server = Start(new SslServerCredentials([Pair("localhost")], client.CertificateChain, request));
        RawCall call = await Call(server, client);
        Assert.Equal(["x509_subject_alternative_name=client-one ssl"], await call.Rest());
    }

    [Theory]
    [InlineData(SslClientCertificateRequestType.RequestAndRequireAndVerify, true)]
    [InlineData(SslClientCertificateRequestType.RequestAndVerify, true)]
    [InlineData(SslClientCertificateRequestType.RequestAndRequireAndVerify, false)]
    [InlineData(SslClientCertificateRequestType.RequestAndRequireButDontVerify, false)]
    public async Task Connection_WithoutTheCertificateAskedFor_IsTurnedAway(SslClientCertificateRequestType request, bool showsAnother)
    {
        await using Server server = Start(new SslServerCredentials([Pair("localhost")], Pair("trusted").CertificateChain, request));
        await Assert.ThrowsAnyAsync<IOException>(() => Call(server, showsAnother ? Pair("stranger") : null));
    }

    [Fact]
    public async Task Connection_WithoutACertificateThatIsOptional_IsTaken()
    {
        await using Server server = Start(
            new SslServerCredentials([Pair("localhost")], Pair("trusted").CertificateChain, SslClientCertificateRequestType.RequestAndVerify));
        Assert.Equal("0", (await Call(server, clientCertificate: null)).Status);
    }

    [Theory]
    [InlineData("one.example", "CN=one.example")]
    [InlineData("two.example", "CN=two.example")]
    [InlineData("a.three.example", "CN=*.three.example")]
    [InlineData("a.b.three.example", "CN=one.example")]
    [InlineData("four.example", "CN=one.example")]
    [InlineData("127.0.0.1", "CN=one.example")]
    public async Task Connection_NamesAHost_GetsTheCertificateOfThatHost(string host, string subject)
    {
        await using Server server = Start(new SslServerCredentials([Pair("one.example"), Pair("two.example"), Pair("*.three.example")]));
        string? shown = null;
        await using Link link = await DialAsync(server, new SslClientAuthenticationOptions
        {
            TargetHost = host,
            RemoteCertificateValidationCallback = (_, certificate, _, _) =>
            {
                shown = certificate?.Subject;
                return shown is not null;
            },
        });
        Assert.Equal(subject, shown);
    }

    [Fact]
    public async Task FromFiles_PemFiles_Serve()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("trunkline-pem-");
        try
        {
            string certificate = Path.Combine(folder.FullName, "server.crt");
            string key = Path.Combine(folder.FullName, "server.key");
            KeyCertificatePair pair = Pair("localhost");
            await File.WriteAllTextAsync(certificate, pair.CertificateChain);
            await File.WriteAllTextAsync(key, pair.PrivateKey);
            await using Server server = Start(new SslServerCredentials([KeyCertificatePair.FromFiles(certificate, key)]));
            Assert.Equal("0", (await Call(server, clientCertificate: null)).Status);

            Assert.Contains(
                $"{certificate} holds no PEM block 'PRIVATE KEY'",
                Assert.Throws<ArgumentException>(() => KeyCertificatePair.FromFiles(certificate, certificate)).Message,
                StringComparison.Ordinal);
            using var rsa = RSA.Create(2048);
            await File.WriteAllTextAsync(key, rsa.ExportEncryptedPkcs8PrivateKeyPem("secret", new PbeParameters(PbeEncryptionAlgorithm.Aes128Cbc, HashAlgorithmName.SHA256, 1)));
            Assert.Contains("is encrypted", Assert.Throws<ArgumentException>(() => KeyCertificatePair.FromFiles(certificate, key)).Message, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Start_WithAKeyThatIsNone_SaysWhatIsWrong()
    {
        var server = new Server();
        server.Ports.Add("127.0.0.1", ServerPort.PickUnused, new SslServerCredentials([new KeyCertificatePair(Pair("a").CertificateChain, "not a key")]));
        Assert.Contains("certificate or its key", Assert.Throws<ArgumentException>(server.Start).Message, StringComparison.Ordinal);
    }

    private static Server Start(ServerCredentials credentials)
    {
        var server = new Server();
        server.Services.Add(TextService.Builder().Unary("Who", (_, context) => Task.FromResult(Describe(context.AuthContext))).Build());
        server.Ports.Add("127.0.0.1", ServerPort.PickUnused, credentials);
        server.Start();
        return server;
    }

    private static string Describe(AuthContext context)
    {
        string identity = context.IsPeerAuthenticated
            ? $"{context.PeerIdentityPropertyName}={string.Join(",", context.PeerIdentity.Select(property => property.Value))}"
            : "anonymous";
        return $"{identity} {context.FindPropertiesByName("transport_security_type").Single().Value}";
    }

    private static async Task<RawCall> Call(Server server, KeyCertificatePair? clientCertificate)
    {
        var options = new SslClientAuthenticationOptions
        {
            TargetHost = "localhost",
            RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate?.Subject == "CN=localhost",
        };
        if (clientCertificate is not null)
        {
            using X509Certificate2 pem = X509Certificate2.CreateFromPem(clientCertificate.CertificateChain, clientCertificate.PrivateKey);
            options.ClientCertificates = [X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), password: null)];
        }

        RawClient client = await RawClient.ConnectAsync(await DialAsync(server, options));
        return await client.Unary(TextService.Path("Who"), "x", (":scheme", "https"));
    }

    private static ValueTask<Link> DialAsync(Server server, SslClientAuthenticationOptions options) =>
        new TlsDialer(new TcpDialer(new IPEndPoint(IPAddress.Loopback, server.Ports.Single().BoundPort)), options).DialAsync(CancellationToken.None);

    private static KeyCertificatePair Pair(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        using X509Certificate2 certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(200));
        return new KeyCertificatePair(certificate.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }
}
