using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Trunkline.Http2.Transports;

namespace Trunkline.Http2;

/// <summary>
/// Puts TLS on the links of another listener. Handshakes run side by side, so that a slow one delays nobody; one that fails is logged and forgotten.
/// A client that does not offer HTTP/2 by ALPN is turned away within the handshake.
/// </summary>
public sealed class TlsListener : Listener
{
    // Handshakes at a time. Each holds about 40 KiB; beyond this, new connections wait in the kernel's queue.
    private const int MaxHandshakes = 1024;

    private readonly Listener _below;
    private readonly Func<string, SslServerAuthenticationOptions> _optionsFor;
    private readonly TimeSpan _handshakeTimeout;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _disposed = new();
    private readonly SemaphoreSlim _handshakes = new(MaxHandshakes);
    private readonly Channel<Link> _accepted = Channel.CreateBounded<Link>(MaxHandshakes);
    private readonly Task _acceptLoop;
    private int _isDisposed;

    /// <summary>Starts accepting, with the same certificate for every client.</summary>
    /// <param name="below">Accepts the links under TLS; disposed with this listener.</param>
    /// <param name="options">
    /// Certificate and checks. Taken over: the application protocol becomes <c>h2</c>, renegotiation goes off, and TLS 1.2 and 1.3 are the versions unless
    /// others were chosen (RFC 9113 9.2).
    /// </param>
    /// <param name="handshakeTimeout">How long a handshake may take; 10 seconds by default.</param>
    /// <param name="logger">Where to log; nowhere by default.</param>
    /// <param name="timeProvider">The clock; the system's by default.</param>
    public TlsListener(
        Listener below,
        SslServerAuthenticationOptions options,
        TimeSpan? handshakeTimeout = null,
        ILogger? logger = null,
        TimeProvider? timeProvider = null)
        : this(below, OptionsForAll(options), handshakeTimeout, logger, timeProvider)
    {
    }

    /// <summary>Starts accepting, with the certificate that belongs to the name a client asks for (SNI, RFC 6066 3).</summary>
    /// <param name="below">Accepts the links under TLS; disposed with this listener.</param>
    /// <param name="optionsFor">
    /// Gives certificate and checks for a host name; the name is empty when the client sent none. Called once a handshake, from any thread; what it throws
    /// ends that handshake. What it returns is taken over as in the other constructor, and may be the same object each time.
    /// </param>
    /// <param name="handshakeTimeout">How long a handshake may take; 10 seconds by default.</param>
    /// <param name="logger">Where to log; nowhere by default.</param>
    /// <param name="timeProvider">The clock; the system's by default.</param>
    public TlsListener(
        Listener below,
        Func<string, SslServerAuthenticationOptions> optionsFor,
        TimeSpan? handshakeTimeout = null,
        ILogger? logger = null,
        TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(below);
        ArgumentNullException.ThrowIfNull(optionsFor);
        _below = below;
        _optionsFor = optionsFor;
        _handshakeTimeout = handshakeTimeout ?? TlsDialer.DefaultHandshakeTimeout;
        _logger = logger ?? NullLogger.Instance;
        _timeProvider = timeProvider ?? TimeProvider.System;
        _acceptLoop = AcceptLoopAsync();
    }

    /// <inheritdoc/>
    public override EndPoint? LocalEndPoint => _below.LocalEndPoint;

    /// <inheritdoc/>
    public override async ValueTask<Link?> AcceptAsync(CancellationToken cancellationToken)
    {
        while (await _accepted.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
        {
            if (_accepted.Reader.TryRead(out Link? link))
            {
                return link;
            }
        }

        return null;
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
        {
            return;
        }

        await _disposed.CancelAsync().ConfigureAwait(false);
        await _below.DisposeAsync().ConfigureAwait(false);
        await _acceptLoop.ConfigureAwait(false);

        // Every handshake gives its place back; having all of them means that none runs any more.
        for (int i = 0; i < MaxHandshakes; i++)
        {
            await _handshakes.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        }

        while (_accepted.Reader.TryRead(out Link? link))
        {
            await link.DisposeAsync().ConfigureAwait(false);
        }

        _handshakes.Dispose();
        _disposed.Dispose();
    }

    private static Func<string, SslServerAuthenticationOptions> OptionsForAll(SslServerAuthenticationOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return _ => options;
    }

    private SslServerAuthenticationOptions OptionsFor(string? serverName)
    {
        SslServerAuthenticationOptions options = _optionsFor(serverName ?? "");
        options.ApplicationProtocols = TlsRules.Protocols;
        options.AllowRenegotiation = false; // RFC 9113 9.2.1
        options.EnabledSslProtocols = TlsRules.Versions(options.EnabledSslProtocols);
        return options;
    }

    private async Task AcceptLoopAsync()
    {
        Exception? failure = null;
        try
        {
            while (await AcceptBelowAsync().ConfigureAwait(false) is { } link)
            {
                _ = HandshakeAsync(link);
            }
        }
        catch (OperationCanceledException) when (_disposed.IsCancellationRequested)
        {
            // Disposed.
        }
        catch (Exception e)
        {
            // Whoever waits in AcceptAsync must learn of it, whatever it was.
            failure = e;
            TransportLog.AcceptEnded(_logger, e, LocalEndPoint);
        }

        _accepted.Writer.TryComplete(failure);
    }

    // Takes a place among the handshakes first: without one, the connection stays in the kernel's queue.
    private async ValueTask<Link?> AcceptBelowAsync()
    {
        await _handshakes.WaitAsync(_disposed.Token).ConfigureAwait(false);
        try
        {
            Link? link = await _below.AcceptAsync(_disposed.Token).ConfigureAwait(false);
            if (link is null)
            {
                _handshakes.Release();
            }

            return link;
        }
        catch
        {
            _handshakes.Release();
            throw;
        }
    }

    private async Task HandshakeAsync(Link link)
    {
        using var handshake = new TlsHandshake(link, _handshakeTimeout, _timeProvider, _disposed.Token);
        try
        {
            await handshake.Stream.AuthenticateAsServerAsync(
                (_, hello, _, _) => new ValueTask<SslServerAuthenticationOptions>(OptionsFor(hello.ServerName)), state: null, handshake.Token).ConfigureAwait(false);
            if (handshake.Stream.NegotiatedApplicationProtocol != SslApplicationProtocol.Http2)
            {
                throw new AuthenticationException("the client does not offer HTTP/2 ('h2') by ALPN");
            }

            await _accepted.Writer.WriteAsync(handshake.ToLink(handshake.Stream.TargetHostName), _disposed.Token).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            // Whatever it was, it concerns this one client: the listener goes on.
            TransportLog.HandshakeFailed(_logger, link.Info.RemoteEndPoint, e.Message);
            await handshake.FailAsync(e).ConfigureAwait(false);
        }
        finally
        {
            _handshakes.Release();
        }
    }
}
