using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Trunkline.Http2.Transports;

/// <summary>A TLS stream over a link while its handshake runs, with the clock that bounds it.</summary>
internal sealed class TlsHandshake : IDisposable
{
    private readonly Link _below;
    private readonly TimeProvider _timeProvider;
    private readonly CancellationTokenSource _clock;
    private readonly CancellationTokenSource _either;

    public TlsHandshake(Link below, TimeSpan timeout, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        _below = below;
        _timeProvider = timeProvider;
        _clock = new CancellationTokenSource(timeout, timeProvider);
        _either = CancellationTokenSource.CreateLinkedTokenSource(_clock.Token, cancellationToken);
        Stream = new SslStream(new LinkStream(below), leaveInnerStreamOpen: false);
    }

    public SslStream Stream { get; }

    /// <summary>Ends the handshake when its time is up, or when the caller gives up.</summary>
    public CancellationToken Token => _either.Token;

    /// <summary>The link over the finished handshake.</summary>
    public StreamLink ToLink(string? serverName)
    {
        var info = new LinkInfo
        {
            LocalEndPoint = _below.Info.LocalEndPoint,
            RemoteEndPoint = _below.Info.RemoteEndPoint,
            IsSecure = true,
            ApplicationProtocol = Stream.NegotiatedApplicationProtocol,
            TlsProtocol = Stream.SslProtocol,
            TlsCipherSuite = Stream.NegotiatedCipherSuite,
            PeerCertificate = Stream.RemoteCertificate as X509Certificate2,
            ServerName = serverName,
        };
        return new StreamLink(Stream, info, _below, _timeProvider);
    }

    /// <summary>Tears down what a failed handshake leaves behind.</summary>
    public ValueTask FailAsync(Exception reason)
    {
        _below.Abort(reason);
        return Stream.DisposeAsync();
    }

    /// <summary>Stops the clock; the stream lives on.</summary>
    public void Dispose()
    {
        _either.Dispose();
        _clock.Dispose();
    }
}
