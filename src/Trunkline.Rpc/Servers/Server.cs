using Microsoft.Extensions.Logging;
using Trunkline.Http2;
using Trunkline.Rpc.Diagnostics;
using Trunkline.Rpc.Servers;
using Trunkline.Rpc.Servers.Routing;

namespace Trunkline;

/// <summary>
/// Answers calls. Add services and ports, then <see cref="Start"/>. <see cref="ShutdownAsync(CancellationToken)"/> lets running calls finish;
/// disposing ends them.
/// </summary>
public sealed class Server : IDisposable, IAsyncDisposable
{
    private const string StoppedReason = "the server was stopped";

    private readonly Lock _lock = new();
    private readonly ServerOptions _options;
    private readonly Http2Options _http2;
    private readonly ILogger _logger;
    private readonly ConnectionRegistry _connections = new();
    private readonly List<Listener> _listeners = [];
    private readonly List<Task> _acceptLoops = [];
    private readonly TaskCompletionSource _terminated = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CallHost? _host;
    private Task? _shutdown;
    private Task? _listenersClosed;
    private bool _started;

    /// <summary>Makes a server.</summary>
    /// <param name="options">Settings and limits; the defaults where null.</param>
    /// <exception cref="ArgumentException">A setting makes no sense; the message says which.</exception>
    public Server(ServerOptions? options = null)
    {
        _options = (options ?? new ServerOptions()).Validated();
        _logger = _options.LoggerFactory.CreateLogger("Trunkline.Server");
        _http2 = _options.Http2 with
        {
            Logger = _options.LoggerFactory.CreateLogger("Trunkline.Http2"),
            TimeProvider = _options.TimeProvider,
            Limits = _options.Http2.Limits with { PingPolicy = _options.PingPolicy },
        };
        Services = new ServerServices(this);
        Ports = new ServerPorts(this);
    }

    /// <summary>What is served; to be filled before <see cref="Start"/>.</summary>
    public ServerServices Services { get; }

    /// <summary>Where it is served; to be filled before <see cref="Start"/>.</summary>
    public ServerPorts Ports { get; }

    /// <summary>Completes when the server has been shut down, killed or disposed.</summary>
    public Task ShutdownTask => _terminated.Task;

    /// <summary>Calls whose handlers have not returned.</summary>
    public int CallsInProgress => _host?.CallsInProgress ?? 0;

    /// <summary>Connections that are open.</summary>
    public int OpenConnections => _connections.Count;

    /// <summary>Opens the ports and begins to answer calls.</summary>
    /// <exception cref="InvalidOperationException">The server has been started before, has nowhere to listen, or has a method twice.</exception>
    /// <exception cref="IOException">A port cannot be listened on, such as one that is in use; the message names it.</exception>
    public void Start()
    {
        lock (_lock)
        {
            CheckNotStarted();
            ObjectDisposedException.ThrowIf(_shutdown is not null, this);
            if (!Ports.Any() && _options.Listeners.Count == 0)
            {
                throw new InvalidOperationException("The server has nowhere to listen: add a ServerPort to Ports.");
            }

            var host = new CallHost(_options, new MethodTable(Services), _logger);
            OpenPorts();
            _listeners.AddRange(_options.Listeners);
            _host = host;
            _started = true;
            foreach (Listener listener in _listeners)
            {
                _acceptLoops.Add(AcceptAsync(listener, host));
            }
        }
    }

    /// <summary>
    /// Shuts down gracefully: takes no new connections, tells clients by GOAWAY to call elsewhere, and completes when all calls have finished.
    /// </summary>
    /// <param name="cancellationToken">Ends the calls that still run, as <see cref="KillAsync"/> does.</param>
    public Task ShutdownAsync(CancellationToken cancellationToken = default) => BeginShutdown(cancellationToken);

    /// <summary>Ends all calls and connections at once: clients see UNAVAILABLE, handlers are cancelled. Does not wait for handlers to return.</summary>
    public async Task KillAsync()
    {
        // A shutdown that is under way may wait for handlers for long; this does not wait for it, and ends the connections that it waits for.
        _ = BeginShutdown(new CancellationToken(canceled: true));
        await CloseListeners().ConfigureAwait(false);
        foreach (Http2ServerConnection connection in _connections.Close())
        {
            connection.Abort(Http2ErrorCode.NoError, StoppedReason);
        }

        await _connections.WhenEmpty().ConfigureAwait(false);
        _host?.Workers.Stop();
        _terminated.TrySetResult();
    }

    /// <summary>Ends all calls and connections at once, as <see cref="KillAsync"/> does. After a shutdown it has nothing left to do.</summary>
    public ValueTask DisposeAsync() => new(KillAsync());

    /// <summary>Ends all calls and connections at once, as <see cref="KillAsync"/> does.</summary>
    public void Dispose() => KillAsync().GetAwaiter().GetResult();

    /// <summary>Throws when the server has started.</summary>
    internal void CheckNotStarted()
    {
        if (_started)
        {
            throw new InvalidOperationException("The server has started: services and ports are added before, and it starts once.");
        }
    }

    private void OpenPorts()
    {
        try
        {
            foreach (ServerPort port in Ports)
            {
                foreach (Listener listener in PortListeners.Open(port, _options, _logger))
                {
                    _listeners.Add(listener);
                    ServerLog.Listening(_logger, listener.LocalEndPoint?.ToString() ?? port.ToString());
                }
            }
        }
        catch
        {
            // Start has failed and may be tried again; what was opened before must not stay bound.
            CloseListenersAsync([.. _listeners]).GetAwaiter().GetResult();
            _listeners.Clear();
            throw;
        }
    }

    private Task CloseListeners()
    {
        lock (_lock)
        {
            return _listenersClosed ??= CloseListenersAsync([.. _listeners]);
        }
    }

    private static async Task CloseListenersAsync(Listener[] listeners)
    {
        // The caller may hold the lock, and a listener can be the user's.
        await Task.Yield();
        foreach (Listener listener in listeners)
        {
            await listener.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async Task AcceptAsync(Listener listener, CallHost host)
    {
        // Start must not wait for the first client.
        await Task.Yield();
#pragma warning disable CA1031 // A listener can be the user's; whatever it throws ends this loop, and is logged.
        try
        {
            while (await listener.AcceptAsync(CancellationToken.None).ConfigureAwait(false) is { } link)
            {
                _ = ServeAsync(link, host);
            }
        }
        catch (Exception exception)
        {
            ServerLog.AcceptFailed(_logger, exception, listener.LocalEndPoint?.ToString() ?? "memory");
        }
#pragma warning restore CA1031
    }

    private async Task ServeAsync(Link link, CallHost host)
    {
        var handler = new ServerConnection(host, link.Info);
        Http2ServerConnection connection = Http2ServerConnection.Create(link, handler, _http2);
        if (!_connections.TryAdd(connection))
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            return;
        }

        try
        {
            ServerLog.ConnectionOpened(_logger, handler.Peer);
            await connection.StartAsync(CancellationToken.None).ConfigureAwait(false);
            Http2Error error = await connection.Closed.ConfigureAwait(false);
            ServerLog.ConnectionEnded(_logger, handler.Peer, error.Reason ?? "closed gracefully");
        }
        catch (IOException exception)
        {
            ServerLog.ConnectionFailed(_logger, handler.Peer, exception.Message);
        }
        finally
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            _connections.Remove(connection);
        }
    }

    private Task BeginShutdown(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return _shutdown ??= DrainAsync(cancellationToken);
        }
    }

    private async Task DrainAsync(CancellationToken cancellationToken)
    {
        // The caller holds the lock; nothing below may run under it.
        await Task.Yield();
        await CloseListeners().ConfigureAwait(false);
        Http2ServerConnection[] connections = _connections.Close();
        ServerLog.ShuttingDown(_logger, connections.Length, CallsInProgress);
        await Task.WhenAll(connections.Select(connection => EndAsync(connection, cancellationToken))).ConfigureAwait(false);
        await _connections.WhenEmpty().ConfigureAwait(false);
        if (_host is { } host)
        {
            await WaitForHandlersAsync(host, cancellationToken).ConfigureAwait(false);
            host.Workers.Stop();
        }

        _terminated.TrySetResult();
    }

    private static async Task EndAsync(Http2ServerConnection connection, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            connection.Abort(Http2ErrorCode.NoError, StoppedReason);
            return;
        }

        try
        {
            await connection.ShutdownAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The caller's patience is over and the connection with it: that is what was asked for.
        }
    }

    private static async Task WaitForHandlersAsync(CallHost host, CancellationToken cancellationToken)
    {
        try
        {
            await host.WhenIdle().WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // A handler that ignores its token cannot be made to return.
        }
    }
}
