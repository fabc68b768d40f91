using System.Net.Sockets;

namespace Trunkline.Http2;

/// <summary>Makes links to a Unix domain socket.</summary>
public sealed class UnixDialer : Dialer
{
    private readonly UnixDomainSocketEndPoint _endPoint;

    /// <summary>Names the target.</summary>
    /// <param name="path">The path of the socket; on Linux a path that begins with NUL names an abstract socket.</param>
    public UnixDialer(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        _endPoint = new UnixDomainSocketEndPoint(path);
    }

    /// <inheritdoc/>
    public override string Target => $"unix:{_endPoint}";

    /// <inheritdoc/>
    /// <exception cref="DialException">Nothing listens there.</exception>
    public override async ValueTask<Link> DialAsync(CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(_endPoint, cancellationToken).ConfigureAwait(false);
            return new SocketLink(socket);
        }
        catch (SocketException e)
        {
            socket.Dispose();
            throw new DialException(DialPhase.Connect, $"cannot connect to {Target}: {e.Message}", e);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
