using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Trunkline.Http2;
using Trunkline.Rpc.Diagnostics;
using Trunkline.Rpc.Security;

namespace Trunkline.Rpc.Servers;

/// <summary>Opens the listeners of a <see cref="ServerPort"/>: one, or two for a name that stands for an IPv4 and an IPv6 address.</summary>
internal static class PortListeners
{
    private const string UnixScheme = "unix:";
    private const string AbstractScheme = "unix-abstract:";

    /// <summary>Opens the listeners and notes the port they are bound to.</summary>
    /// <exception cref="IOException">The place cannot be listened on; the message names it and says why.</exception>
    public static List<Listener> Open(ServerPort port, ServerOptions options, ILogger logger)
    {
        try
        {
            List<Listener> listeners = OpenCleartext(port, options, logger);
            return port.Credentials is SslServerCredentials tls ? [.. listeners.Select(below => Secure(below, tls, options, logger))] : listeners;
        }
        catch (IOException exception)
        {
            throw new IOException($"The server cannot listen on {port}: {exception.Message}", exception);
        }
    }

    private static TlsListener Secure(Listener below, SslServerCredentials credentials, ServerOptions options, ILogger logger) =>
        new(below, ServerTls.CreateOptions(credentials), options.Http2.HandshakeTimeout, logger, options.TimeProvider);

    private static List<Listener> OpenCleartext(ServerPort port, ServerOptions options, ILogger logger)
    {
        if (port.Host.StartsWith(AbstractScheme, StringComparison.Ordinal))
        {
            return [SocketListener.ListenUnix("\0" + port.Host[AbstractScheme.Length..], logger, options.TimeProvider)];
        }

        if (port.Host.StartsWith(UnixScheme, StringComparison.Ordinal))
        {
            return [SocketListener.ListenUnix(UnixPath(port.Host[UnixScheme.Length..]), logger, options.TimeProvider)];
        }

        return OpenTcp(port, options, logger);
    }

    /// <summary><c>unix:path</c> and <c>unix:///absolute/path</c> are both in use.</summary>
    private static string UnixPath(string rest) => rest.StartsWith("///", StringComparison.Ordinal) ? rest[2..] : rest;

    private static List<Listener> OpenTcp(ServerPort port, ServerOptions options, ILogger logger)
    {
        var listeners = new List<Listener>();
        int number = port.Port;
        foreach (IPAddress address in AddressesOf(port.Host))
        {
            try
            {
                SocketListener listener = SocketListener.ListenTcp(new IPEndPoint(address, number), logger, options.TimeProvider);
                listeners.Add(listener);
                number = ((IPEndPoint)listener.LocalEndPoint!).Port;
            }
            catch (IOException exception) when (listeners.Count > 0 && (port.Port == ServerPort.PickUnused || !IsInUse(exception)))
            {
                // The name's other address works: a machine without IPv6 still answers on localhost.
                ServerLog.PortNote(logger, port.ToString(), exception.Message);
            }
            catch (IOException)
            {
                foreach (Listener opened in listeners)
                {
                    _ = opened.DisposeAsync().AsTask();
                }

                throw;
            }
        }

        port.BoundPort = number;
        return listeners;
    }

    private static bool IsInUse(IOException exception) => exception.InnerException is SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse };

    /// <summary>The addresses of a host, IPv4 first: a program that knows no IPv6 finds the same port.</summary>
    private static IPAddress[] AddressesOf(string host)
    {
        if (IPAddress.TryParse(host.Trim('[', ']'), out IPAddress? address))
        {
            return [address];
        }

        try
        {
            IPAddress[] found = string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase)
                ? [IPAddress.Loopback, IPAddress.IPv6Loopback]
                : Dns.GetHostAddresses(host);
            return [.. found.OrderBy(candidate => candidate.AddressFamily == AddressFamily.InterNetworkV6)];
        }
        catch (SocketException exception)
        {
            throw new IOException($"the host name {host} has no address: {exception.Message}", exception);
        }
    }
}
