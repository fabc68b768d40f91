using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Trunkline.Http2.Transports;

namespace Trunkline.Http2;

/// <summary>Accepts TCP or Unix domain links.</summary>
public sealed class SocketListener : Listener
{
    private const int Backlog = 512;

    private static readonly TimeSpan StarvedDelay = TimeSpan.FromMilliseconds(100);

    private readonly Socket _socket;
    private readonly ILogger _logger;
    private readonly TimeProvider _timeProvider;
    private readonly string? _socketFile;
    private readonly CancellationTokenSource _disposed = new();
    private int _isDisposed;

    private SocketListener(Socket socket, string? socketFile, ILogger? logger, TimeProvider? timeProvider)
    {
        _socket = socket;
        _socketFile = socketFile;
        _logger = logger ?? NullLogger.Instance;
        _timeProvider = timeProvider ?? TimeProvider.System;
        LocalEndPoint = socket.LocalEndPoint;
    }

    /// <inheritdoc/>
    public override EndPoint? LocalEndPoint { get; }

    /// <summary>True when <c>[::]</c> was asked for and the machine has no IPv6, so that <c>0.0.0.0</c> is what listens.</summary>
    public bool IsIPv6Missing { get; private init; }

    /// <summary>Listens on a TCP address. <c>[::]</c> takes IPv4 and IPv6 alike, and IPv4 alone on a machine without IPv6.</summary>
    /// <param name="endPoint">Address and port; port 0 takes a free one, see <see cref="LocalEndPoint"/>.</param>
    /// <param name="logger">Where to log; nowhere by default.</param>
    /// <param name="timeProvider">The clock; the system's by default.</param>
    /// <exception cref="IOException">The address cannot be listened on; the message says why.</exception>
    public static SocketListener ListenTcp(IPEndPoint endPoint, ILogger? logger = null, TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(endPoint);
        return ListenTcp(endPoint, HasIPv6, logger, timeProvider);
    }

    internal static SocketListener ListenTcp(IPEndPoint endPoint, Func<bool> hasIPv6, ILogger? logger, TimeProvider? timeProvider)
    {
        if (!endPoint.Address.Equals(IPAddress.IPv6Any))
        {
            return new SocketListener(Bind(endPoint, () => CreateTcp(endPoint)), socketFile: null, logger, timeProvider);
        }

        if (hasIPv6())
        {
            return new SocketListener(Bind(endPoint, CreateDualStack), socketFile: null, logger, timeProvider);
        }

        var fallback = new IPEndPoint(IPAddress.Any, endPoint.Port);
        var listener = new SocketListener(Bind(fallback, () => CreateTcp(fallback)), socketFile: null, logger, timeProvider) { IsIPv6Missing = true };
        TransportLog.ListensWithoutIPv6(listener._logger, listener.LocalEndPoint);
        return listener;
    }

    /// <summary>Listens on a Unix domain socket. A socket file that nobody listens on any more is replaced; the file goes when the listener does.</summary>
    /// <param name="path">The path; on Linux a path that begins with NUL names an abstract socket, which has no file.</param>
    /// <param name="logger">Where to log; nowhere by default.</param>
    /// <param name="timeProvider">The clock; the system's by default.</param>
    /// <exception cref="IOException">The path cannot be listened on; the message says why.</exception>
    public static SocketListener ListenUnix(string path, ILogger? logger = null, TimeProvider? timeProvider = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var endPoint = new UnixDomainSocketEndPoint(path);
        bool isAbstract = path[0] == '\0';
        if (!isAbstract)
        {
            DeleteStale(path, endPoint);
        }

        return new SocketListener(Bind(endPoint, CreateUnix), isAbstract ? null : path, logger, timeProvider);
    }

    /// <inheritdoc/>
    public override async ValueTask<Link?> AcceptAsync(CancellationToken cancellationToken)
    {
        while (_isDisposed == 0)
        {
            try
            {
                return ToLink(await _socket.AcceptAsync(cancellationToken).ConfigureAwait(false));
            }
            catch (Exception e) when (_isDisposed != 0 && e is SocketException or ObjectDisposedException)
            {
                return null;
            }
            catch (SocketException e) when (e.SocketErrorCode is SocketError.TooManyOpenSockets or SocketError.NoBufferSpaceAvailable)
            {
                TransportLog.AcceptStarved(_logger, LocalEndPoint, e.Message);
                await WaitForResourcesAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (SocketException e) when (IsAboutOneConnection(e.SocketErrorCode))
            {
                // The connection was gone before it was accepted, or before its end points could be asked for: the next one may be fine.
            }
            catch (SocketException e)
            {
                throw new IOException($"cannot accept on {LocalEndPoint}: {e.Message}", e);
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
        _socket.Dispose();
        _disposed.Dispose();
        if (_socketFile is not null)
        {
            File.Delete(_socketFile);
        }
    }

    private static SocketLink ToLink(Socket accepted)
    {
        try
        {
            return new SocketLink(accepted);
        }
        catch
        {
            accepted.Dispose();
            throw;
        }
    }

    private static bool IsAboutOneConnection(SocketError error) =>
        error is SocketError.ConnectionAborted or SocketError.ConnectionReset or SocketError.NotConnected or SocketError.InvalidArgument
            or SocketError.NetworkDown or SocketError.NetworkUnreachable or SocketError.HostUnreachable or SocketError.HostDown or SocketError.TimedOut;

    private static Socket Bind(EndPoint endPoint, Func<Socket> create)
    {
        Socket socket = create();
        try
        {
            socket.Bind(endPoint);
            socket.Listen(Backlog);
            return socket;
        }
        catch (SocketException e)
        {
            socket.Dispose();
            string advice = e.SocketErrorCode switch
            {
                SocketError.AddressAlreadyInUse => "; another program, or another server in this one, listens there already",
                SocketError.AddressNotAvailable => "; no interface of this machine has the address",
                SocketError.AccessDenied => "; this user may not listen there",
                _ => "",
            };
            throw new IOException($"cannot listen on {endPoint}: {e.Message}{advice}", e);
        }
    }

    private static Socket CreateTcp(IPEndPoint endPoint) => new(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);

    private static Socket CreateDualStack() => new(AddressFamily.InterNetworkV6, SocketType.Stream, ProtocolType.Tcp) { DualMode = true };

    private static Socket CreateUnix() => new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);

    // A kernel may know IPv6 and still have it switched off for all interfaces; only binding tells.
    private static bool HasIPv6()
    {
        if (!Socket.OSSupportsIPv6)
        {
            return false;
        }

        try
        {
            using Socket probe = CreateDualStack();
            probe.Bind(new IPEndPoint(IPAddress.IPv6Any, 0));
            return true;
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.AddressNotAvailable or SocketError.AddressFamilyNotSupported)
        {
            return false;
        }
    }

    private static void DeleteStale(string path, UnixDomainSocketEndPoint endPoint)
    {
        if (!File.Exists(path))
        {
            return;
        }

        using Socket probe = CreateUnix();
        try
        {
            probe.Connect(endPoint);
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionRefused)
        {
            File.Delete(path);
        }
        catch (SocketException)
        {
            // Not a socket, or not ours to touch: binding says so.
        }
    }

    private async ValueTask WaitForResourcesAsync(CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _disposed.Token);
        try
        {
            await Task.Delay(StarvedDelay, _timeProvider, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Disposed: the loop sees it.
        }
    }
}
