using System.Net;
using System.Net.Sockets;

namespace Trunkline.Http2;

/// <summary>Makes TCP links to a host and port. A name is resolved for each link; its addresses are tried in the resolver's order.</summary>
public sealed class TcpDialer : Dialer
{
    private readonly string _host;
    private readonly int _port;

    /// <summary>Names the target.</summary>
    /// <param name="host">A name, an IPv4 address, or an IPv6 address with or without brackets.</param>
    /// <param name="port">1 to 65535.</param>
    public TcpDialer(string host, int port)
    {
        ArgumentException.ThrowIfNullOrEmpty(host);
        ArgumentOutOfRangeException.ThrowIfLessThan(port, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(port, IPEndPoint.MaxPort);
        _host = host is ['[', .. var inner, ']'] ? inner : host;
        _port = port;
    }

    /// <summary>Names the target.</summary>
    /// <param name="endPoint">Address and port.</param>
    public TcpDialer(IPEndPoint endPoint)
        : this(Required(endPoint).Address.ToString(), endPoint.Port)
    {
    }

    /// <inheritdoc/>
    public override string Target => _host.Contains(':', StringComparison.Ordinal) ? $"[{_host}]:{_port}" : $"{_host}:{_port}";

    /// <inheritdoc/>
    /// <exception cref="DialException">No address could be connected to, or the name has none.</exception>
    public override async ValueTask<Link> DialAsync(CancellationToken cancellationToken)
    {
        IPAddress[] addresses = await ResolveAsync(cancellationToken).ConfigureAwait(false);
        var attempts = new List<string>(addresses.Length);
        Exception? last = null;
        foreach (IPAddress address in addresses)
        {
            var endPoint = new IPEndPoint(address, _port);
            try
            {
                return await ConnectAsync(endPoint, cancellationToken).ConfigureAwait(false);
            }
            catch (SocketException e)
            {
                attempts.Add($"{endPoint} ({e.Message})");
                last = e;
            }
        }

        throw new DialException(DialPhase.Connect, $"cannot connect to {Target}: tried {string.Join(", ", attempts)}", last);
    }

    private static IPEndPoint Required(IPEndPoint endPoint)
    {
        ArgumentNullException.ThrowIfNull(endPoint);
        return endPoint;
    }

    private static async ValueTask<Link> ConnectAsync(IPEndPoint endPoint, CancellationToken cancellationToken)
    {
        var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(endPoint, cancellationToken).ConfigureAwait(false);
            return new SocketLink(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private async ValueTask<IPAddress[]> ResolveAsync(CancellationToken cancellationToken)
    {
        if (IPAddress.TryParse(_host, out IPAddress? address))
        {
            return [address];
        }

        try
        {
            IPAddress[] addresses = await Dns.GetHostAddressesAsync(_host, cancellationToken).ConfigureAwait(false);
            return addresses.Length > 0 ? addresses : throw Unresolved("the name has no address", cause: null);
        }
        catch (SocketException e)
        {
            throw Unresolved(e.Message, e);
        }
    }

    private DialException Unresolved(string why, Exception? cause) => new(DialPhase.Resolve, $"cannot resolve the host name '{_host}': {why}", cause);
}
