using Microsoft.Extensions.Logging;
using Trunkline.Rpc.Diagnostics;
using Trunkline.Rpc.Dispatching;
using Trunkline.Rpc.Servers.Calls;

namespace Trunkline.Rpc.Servers;

/// <summary>
/// What a handler sees of its call. Made anew for each call, since a handler may keep it: the call object behind it is let go when the handler has
/// finished and may serve another call then.
/// </summary>
internal sealed class ServerContext(ServerCall call, ServerConnection connection, string method, string host, Metadata headers, DateTime deadline)
    : ServerCallContext, IWorkItem
{
    private ServerCall? _call = call;
    private Metadata? _trailers;
    private CancellationTokenSource? _cancellation;
    private bool _isCancelled;

    /// <summary>The trailers that the handler has filled; null where it never asked for them.</summary>
    public Metadata? TrailersIfAny => _trailers;

    protected override string MethodCore => method;

    protected override string HostCore => host;

    protected override string PeerCore => connection.Peer;

    protected override DateTime DeadlineCore => deadline;

    protected override Metadata RequestHeadersCore => headers;

    protected override CancellationToken CancellationTokenCore
    {
        get
        {
            CancellationTokenSource? source = Volatile.Read(ref _cancellation);
            if (source is null)
            {
                var created = new CancellationTokenSource();
                source = Interlocked.CompareExchange(ref _cancellation, created, null) ?? created;
                Interlocked.MemoryBarrier();
            }

            if (Volatile.Read(ref _isCancelled))
            {
                // The call was over before anyone had asked for the token; nobody can have registered with it yet.
                source.Cancel();
            }

            return source.Token;
        }
    }

    protected override Metadata ResponseTrailersCore => _trailers ??= [];

    protected override Status StatusCore { get; set; }

    protected override WriteOptions? WriteOptionsCore { get; set; }

    protected override CallPriority PriorityCore
    {
        get => Volatile.Read(ref _call) is { } live ? live.GetPriority(this) : default;
        set => Volatile.Read(ref _call)?.SetPriority(this, value);
    }

    protected override AuthContext AuthContextCore => connection.AuthContext;

    /// <summary>Fires the token, from a thread on which user code may run.</summary>
    public void Run()
    {
        Volatile.Write(ref _isCancelled, true);
        Interlocked.MemoryBarrier();
#pragma warning disable CA1031 // User code stands behind the token's callbacks; what it throws must not end the thread.
        try
        {
            Volatile.Read(ref _cancellation)?.Cancel();
        }
        catch (Exception exception)
        {
            ServerLog.CancellationCallbackThrew(connection.Logger, exception, method);
        }
#pragma warning restore CA1031
    }

    /// <summary>The handler has finished: lets the call go and fires the token.</summary>
    public void End()
    {
        Volatile.Write(ref _call, null);
        Run();
    }

    protected override Task WriteResponseHeadersAsyncCore(Metadata responseHeaders) =>
        Volatile.Read(ref _call) is { } live
            ? live.WriteResponseHeaders(this, responseHeaders)
            : Task.FromException(new InvalidOperationException($"The handler of {method} has finished; response headers come before that."));
}
