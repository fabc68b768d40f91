using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Trunkline.Interop.Certificates;

/// <summary>A certificate authority for tests and a server's certificate under it, made anew each time; valid for a month.</summary>
internal sealed record TestCertificates(string AuthorityPem, string ServerPem, string ServerKeyPem)
{
    /// <summary>The name to ask for where the server has none in the DNS.</summary>
    public const string ServerName = "foo.test.google.fr";

    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(30);

    /// <summary>Makes a set.</summary>
    public static TestCertificates Create()
    {
        // An hour back: the other side's clock may be behind.
        DateTimeOffset begin = TimeProvider.System.GetUtcNow().AddHours(-1);
        using X509Certificate2 authority = CreateAuthority(begin);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using X509Certificate2 server = SignServer(authority, key, begin);
        return new TestCertificates(authority.ExportCertificatePem(), server.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }

    /// <summary>Writes <c>ca.pem</c>, <c>server.pem</c> and <c>server.key</c> into a folder, which is made if it is not there.</summary>
    public void Write(string folder)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(AuthorityPath(folder), AuthorityPem + "\n");
        File.WriteAllText(ServerPath(folder), ServerPem + "\n");
        File.WriteAllText(ServerKeyPath(folder), ServerKeyPem + "\n");
    }

    /// <summary>Where <see cref="Write"/> puts the authority's certificate.</summary>
    public static string AuthorityPath(string folder) => Path.Combine(folder, "ca.pem");

    /// <summary>Where <see cref="Write"/> puts the server's certificate.</summary>
    public static string ServerPath(string folder) => Path.Combine(folder, "server.pem");

    /// <summary>Where <see cref="Write"/> puts the server's private key.</summary>
    public static string ServerKeyPath(string folder) => Path.Combine(folder, "server.key");

    private static X509Certificate2 CreateAuthority(DateTimeOffset begin)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Trunkline test authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(X509BasicConstraintsExtension.CreateForCertificateAuthority(pathLengthConstraint: 0));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        return request.CreateSelfSigned(begin, begin + Lifetime);
    }

    private static X509Certificate2 SignServer(X509Certificate2 authority, ECDsa key, DateTimeOffset begin)
    {
        var request = new CertificateRequest("CN=*.test.google.fr", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(X509BasicConstraintsExtension.CreateForEndEntity(critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1", "TLS server")], critical: false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(
            authority, includeKeyIdentifier: true, includeIssuerAndSerial: false));
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("*.test.google.fr");
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        names.AddIpAddress(IPAddress.IPv6Loopback);
        request.CertificateExtensions.Add(names.Build());
        return request.Create(authority, begin, begin + Lifetime, RandomNumberGenerator.GetBytes(16));
    }
}
