using Microsoft.Extensions.Logging;
using Trunkline.Rpc.Deadlines;
using Trunkline.Rpc.Messages;
using Trunkline.Rpc.Servers.Routing;
using Trunkline.Rpc.Servers.Workers;

namespace Trunkline.Rpc.Servers;

/// <summary>What the calls of one server share: its methods, limits, clock, workers and the count of calls in progress.</summary>
internal sealed class CallHost
{
    private readonly TaskCompletionSource _idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _calls;
    private bool _draining;

    public CallHost(ServerOptions options, MethodTable methods, ILogger logger)
    {
        Options = options;
        Methods = methods;
        Logger = logger;
        ResponseCoding = options.ResponseCompression is { } name ? MessageCodings.Find(name) : null;
        Responses = new ResponseFields(ResponseCoding);
        Deadlines = DeadlineTimer.For(options.TimeProvider);
        Workers = new BlockingWorkers(options.BlockingWorkers, options.MaxQueuedBlockingCalls);
        MaxSendMessageSize = options.MaxSendMessageSize ?? int.MaxValue;
    }

    public ServerOptions Options { get; }

    public MethodTable Methods { get; }

    public ILogger Logger { get; }

    public MessageCoding? ResponseCoding { get; }

    public ResponseFields Responses { get; }

    public DeadlineTimer Deadlines { get; }

    public BlockingWorkers Workers { get; }

    public int MaxReceiveMessageSize => Options.MaxReceiveMessageSize;

    public int MaxSendMessageSize { get; }

    /// <summary>Calls whose handler has not returned.</summary>
    public int CallsInProgress => Volatile.Read(ref _calls);

    /// <summary>Counts a call in, unless the limit is reached.</summary>
    public bool TryEnter()
    {
        if (Interlocked.Increment(ref _calls) <= Options.MaxConcurrentCalls)
        {
            return true;
        }

        Leave();
        return false;
    }

    /// <summary>Counts a call out: its handler has returned, or will never run.</summary>
    public void Leave()
    {
        if (Interlocked.Decrement(ref _calls) == 0 && Volatile.Read(ref _draining))
        {
            _idle.TrySetResult();
        }
    }

    /// <summary>Completes when no call is in progress; to be asked once no connection can bring new ones.</summary>
    public Task WhenIdle()
    {
        Volatile.Write(ref _draining, true);
        Interlocked.MemoryBarrier();
        if (CallsInProgress == 0)
        {
            _idle.TrySetResult();
        }

        return _idle.Task;
    }
}
