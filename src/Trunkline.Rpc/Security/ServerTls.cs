using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Trunkline.Rpc.Security;

/// <summary>Turns <see cref="SslServerCredentials"/> into what the TLS of the platform takes.</summary>
internal static class ServerTls
{
    /// <summary>Makes what chooses the options of a handshake by the name that the client asks for.</summary>
    /// <exception cref="ArgumentException">A certificate or key is not readable PEM, or the two do not belong together.</exception>
    public static Func<string, SslServerAuthenticationOptions> CreateOptions(SslServerCredentials credentials)
    {
        SslServerAuthenticationOptions[] choices = [.. credentials.KeyCertificatePairs.Select(pair => CreateOptions(credentials, pair))];
        return serverName => Array.Find(choices, choice => IsFor(choice, serverName)) ?? choices[0];
    }

    private static bool IsFor(SslServerAuthenticationOptions choice, string serverName) =>
        serverName.Length > 0
        && Uri.CheckHostName(serverName) == UriHostNameType.Dns
        && choice.ServerCertificateContext!.TargetCertificate.MatchesHostname(serverName);

    private static SslServerAuthenticationOptions CreateOptions(SslServerCredentials credentials, KeyCertificatePair pair)
    {
        var options = new SslServerAuthenticationOptions
        {
            ServerCertificateContext = LoadCertificate(pair),
            ClientCertificateRequired = credentials.ClientCertificateRequest != SslClientCertificateRequestType.DontRequest,
        };
        if (options.ClientCertificateRequired)
        {
            X509Certificate2Collection? roots = LoadRoots(credentials.RootCertificates);
            SslClientCertificateRequestType request = credentials.ClientCertificateRequest;
            options.RemoteCertificateValidationCallback = (_, certificate, chain, errors) => Accepts(request, roots, certificate, chain, errors);
        }

        return options;
    }

    private static SslStreamCertificateContext LoadCertificate(KeyCertificatePair pair)
    {
        try
        {
            using X509Certificate2 ephemeral = X509Certificate2.CreateFromPem(pair.CertificateChain, pair.PrivateKey);

            // Windows takes no ephemeral keys for TLS; a round through PKCS#12 is the way that works everywhere.
            X509Certificate2 certificate = X509CertificateLoader.LoadPkcs12(ephemeral.Export(X509ContentType.Pkcs12), password: null);
            var chain = new X509Certificate2Collection();
            chain.ImportFromPem(pair.CertificateChain);
            chain.RemoveAt(0);
            return SslStreamCertificateContext.Create(certificate, chain, offline: true);
        }
        catch (System.Security.Cryptography.CryptographicException exception)
        {
            throw new ArgumentException($"The server's certificate or its key cannot be used: {exception.Message}", nameof(pair), exception);
        }
    }

    private static X509Certificate2Collection? LoadRoots(string? pem)
    {
        if (pem is null)
        {
            return null;
        }

        var roots = new X509Certificate2Collection();
        roots.ImportFromPem(pem);
        return roots;
    }

    private static bool Accepts(
        SslClientCertificateRequestType request,
        X509Certificate2Collection? roots,
        X509Certificate? certificate,
        X509Chain? chain,
        SslPolicyErrors errors)
    {
        if (certificate is null)
        {
            return request is SslClientCertificateRequestType.RequestButDontVerify or SslClientCertificateRequestType.RequestAndVerify;
        }

        bool verifies = request is SslClientCertificateRequestType.RequestAndVerify or SslClientCertificateRequestType.RequestAndRequireAndVerify;
        return !verifies || (roots is null ? errors == SslPolicyErrors.None : IsIssuedBy(roots, (X509Certificate2)certificate, chain));
    }

    private static bool IsIssuedBy(X509Certificate2Collection roots, X509Certificate2 certificate, X509Chain? presented)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(roots);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        if (presented is not null)
        {
            chain.ChainPolicy.ExtraStore.AddRange(presented.ChainPolicy.ExtraStore);
        }

        return chain.Build(certificate);
    }
}
