using System.Net.Security;
using System.Security.Authentication;

namespace Trunkline.Http2.Transports;

/// <summary>What RFC 9113 9.2 asks of the TLS below a connection.</summary>
internal static class TlsRules
{
    /// <summary>What both sides offer by ALPN (RFC 9113 3.2): nothing but HTTP/2.</summary>
    public static readonly List<SslApplicationProtocol> Protocols = [SslApplicationProtocol.Http2];

    /// <summary>The versions that may be negotiated (RFC 9113 9.2): those that a caller has not chosen otherwise.</summary>
    public static SslProtocols Versions(SslProtocols chosen) => chosen == SslProtocols.None ? SslProtocols.Tls12 | SslProtocols.Tls13 : chosen;

    /// <summary>Checks what the handshake agreed on: TLS 1.2 only with an ephemeral key exchange and an authenticated cipher (RFC 9113 9.2.2).</summary>
    /// <returns>None, or the connection error INADEQUATE_SECURITY.</returns>
    public static Http2Error Check(LinkInfo link)
    {
        if (!link.IsSecure || link.TlsProtocol is SslProtocols.Tls13 or SslProtocols.None)
        {
            return Http2Error.None;
        }

        if (link.TlsProtocol != SslProtocols.Tls12)
        {
            return Inadequate($"{link.TlsProtocol} is older than TLS 1.2");
        }

        // Appendix A lists the suites by name; what stands outside the list is told by the same two properties.
        string suite = link.TlsCipherSuite?.ToString() ?? "";
        bool isEphemeral = suite.StartsWith("TLS_ECDHE_", StringComparison.Ordinal) || suite.StartsWith("TLS_DHE_", StringComparison.Ordinal);
        bool isAuthenticated = suite.Contains("_GCM_", StringComparison.Ordinal)
            || suite.Contains("_CCM", StringComparison.Ordinal)
            || suite.Contains("_CHACHA20_POLY1305_", StringComparison.Ordinal);
        return isEphemeral && isAuthenticated ? Http2Error.None : Inadequate($"TLS 1.2 with {suite} is on the list of prohibited cipher suites");
    }

    private static Http2Error Inadequate(string what) =>
        Http2Error.Connection(Http2ErrorCode.InadequateSecurity, $"{what} (RFC 9113 9.2)");
}
