using System.Net.Security;
using System.Security.Authentication;
using Trunkline.Http2.Transports;

namespace Trunkline.Http2;

/// <summary>Puts TLS on the links of another dialer and insists on HTTP/2 by ALPN (RFC 9113 3.2).</summary>
public sealed class TlsDialer : Dialer
{
    /// <summary>The default of the handshake's time limit, 10 seconds.</summary>
    public static readonly TimeSpan DefaultHandshakeTimeout = TimeSpan.FromSeconds(10);

    private readonly Dialer _below;
    private readonly SslClientAuthenticationOptions _options;
    private readonly TimeSpan _handshakeTimeout;
    private readonly TimeProvider _timeProvider;

    /// <summary>Makes the dialer.</summary>
    /// <param name="below">Makes the links under TLS.</param>
    /// <param name="options">Target host, certificates and checks. Taken over: the application protocol becomes <c>h2</c>, renegotiation goes off, TLS 1.2 and 1.3 are the versions unless others were chosen.</param>
    /// <param name="handshakeTimeout">How long a handshake may take; 10 seconds by default.</param>
    /// <param name="timeProvider">The clock; the system's by default.</param>
    public TlsDialer(Dialer below, SslClientAuthenticationOptions options, TimeSpan? handshakeTimeout = null, TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(below);
        ArgumentNullException.ThrowIfNull(options);
        _below = below;
        _options = options;
        _handshakeTimeout = handshakeTimeout ?? DefaultHandshakeTimeout;
        _timeProvider = timeProvider ?? TimeProvider.System;
        options.ApplicationProtocols = TlsRules.Protocols;
        options.AllowRenegotiation = false; // RFC 9113 9.2.1
        options.EnabledSslProtocols = TlsRules.Versions(options.EnabledSslProtocols);
    }

    /// <inheritdoc/>
    public override string Target => _below.Target;

    /// <inheritdoc/>
    /// <exception cref="DialException">The link below or the handshake failed, or the peer did not choose HTTP/2.</exception>
    public override async ValueTask<Link> DialAsync(CancellationToken cancellationToken)
    {
        Link link = await _below.DialAsync(cancellationToken).ConfigureAwait(false);
        using var handshake = new TlsHandshake(link, _handshakeTimeout, _timeProvider, cancellationToken);
        try
        {
            await handshake.Stream.AuthenticateAsClientAsync(_options, handshake.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is AuthenticationException or IOException or OperationCanceledException)
        {
            await handshake.FailAsync(e).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            throw new DialException(DialPhase.Tls, $"the TLS handshake with {Target} failed: {Describe(e)}", e);
        }
        catch (Exception e)
        {
            await handshake.FailAsync(e).ConfigureAwait(false);
            throw;
        }

        if (handshake.Stream.NegotiatedApplicationProtocol != SslApplicationProtocol.Http2)
        {
            await handshake.Stream.DisposeAsync().ConfigureAwait(false);
            throw new DialException(
                DialPhase.Tls,
                $"{Target} speaks TLS but did not choose HTTP/2 ('h2') by ALPN: it is no HTTP/2 server, or something between ends TLS and drops ALPN",
                innerException: null);
        }

        return handshake.ToLink(_options.TargetHost);
    }

    private string Describe(Exception e) =>
        e is OperationCanceledException ? $"it took longer than {_handshakeTimeout.TotalSeconds} s"
        : e.InnerException is { } inner ? $"{e.Message} ({inner.Message})"
        : e.Message;
}
