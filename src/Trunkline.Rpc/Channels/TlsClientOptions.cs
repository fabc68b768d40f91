using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Trunkline.Rpc.Channels;

/// <summary>Turns <see cref="SslCredentials"/> into what the platform's TLS takes.</summary>
internal static class TlsClientOptions
{
    /// <summary>Makes the options of one channel.</summary>
    /// <param name="credentials">The credentials.</param>
    /// <param name="authority">The authority; its host is the name that the certificate must have.</param>
    public static SslClientAuthenticationOptions Create(SslCredentials credentials, string authority)
    {
        var options = new SslClientAuthenticationOptions { TargetHost = HostOf(authority) };
        if (credentials.RootCertificates is { } roots)
        {
            var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            policy.CustomTrustStore.ImportFromPem(roots);
            options.CertificateChainPolicy = policy;
        }

        if (credentials.KeyCertificatePair is { } pair)
        {
            X509Certificate2 certificate = X509Certificate2.CreateFromPem(pair.CertificateChain, pair.PrivateKey);
            var chain = new X509Certificate2Collection();
            chain.ImportFromPem(pair.CertificateChain);
            options.ClientCertificateContext = SslStreamCertificateContext.Create(certificate, chain, offline: true);
        }

        return options;
    }

    private static string HostOf(string authority)
    {
        int colon = authority.LastIndexOf(':');
        string host = colon > authority.LastIndexOf(']') ? authority[..colon] : authority;
        return host is ['[', .. var inner, ']'] ? inner : host;
    }
}
