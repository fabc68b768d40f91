using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Trunkline.Http2;

/// <summary>What is known of a link: its end points and, under TLS, what the handshake agreed on.</summary>
public sealed record LinkInfo
{
    /// <summary>This side's address; null where the link has none.</summary>
    public EndPoint? LocalEndPoint { get; init; }

    /// <summary>The peer's address; null where the link has none.</summary>
    public EndPoint? RemoteEndPoint { get; init; }

    /// <summary>True when the bytes go through TLS.</summary>
    public bool IsSecure { get; init; }

    /// <summary>The application protocol that ALPN chose (RFC 7301); the default value without TLS.</summary>
    public SslApplicationProtocol ApplicationProtocol { get; init; }

    /// <summary>The TLS version; <see cref="SslProtocols.None"/> without TLS.</summary>
    public SslProtocols TlsProtocol { get; init; }

    /// <summary>The TLS cipher suite; null without TLS.</summary>
    public TlsCipherSuite? TlsCipherSuite { get; init; }

    /// <summary>The peer's certificate, if it showed one.</summary>
    public X509Certificate2? PeerCertificate { get; init; }

    /// <summary>The host name that the client asked for (SNI); null without TLS.</summary>
    public string? ServerName { get; init; }
}
