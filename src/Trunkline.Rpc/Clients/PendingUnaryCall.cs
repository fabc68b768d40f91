using System.Diagnostics;

namespace Trunkline.Rpc.Clients;

/// <summary>
/// What user code holds of a unary call: a place for the result, which outlives the pooled call behind it. Continuations run where the result is
/// brought, which is the thread pool.
/// </summary>
internal sealed class PendingUnaryCall<TResponse>(ClientCall call) : AsyncUnaryCall<TResponse>
{
    private readonly Lock _lock = new();

    // Guarded by _lock until there is an outcome, which is set last.
    private ClientCall? _call = call;
    private Action? _continuation;
    private Task<TResponse>? _task;
    private TResponse? _response;
    private Metadata? _headers;
    private volatile CallOutcome? _outcome;

    public override Task<TResponse> ResponseAsync
    {
        get
        {
            lock (_lock)
            {
                return _task ??= CreateTaskLocked();
            }
        }
    }

    public override Task<Metadata> ResponseHeadersAsync
    {
        get
        {
            lock (_lock)
            {
                return _call is { } call ? call.ResponseHeadersTask()
                    : _headers is not null ? Task.FromResult(_headers)
                    : _outcome is not null ? PendingHeaders.AfterEnd(_outcome)
                    : HeadersWhenComplete();
            }
        }
    }

    internal override bool IsCompleted => _outcome is not null;

    public override Status GetStatus() => (_outcome ?? throw ThrowHelper.CallNotOver("status")).Status;

    public override Metadata GetTrailers() => (_outcome ?? throw ThrowHelper.CallNotOver("trailers")).Trailers;

    /// <summary>The call behind is about to serve others.</summary>
    public void Forget()
    {
        lock (_lock)
        {
            _call = null;
        }
    }

    /// <summary>Brings the result and runs who waits for it.</summary>
    public void Complete(TResponse? response, CallOutcome outcome, Metadata? headers)
    {
        Action? continuation;
        lock (_lock)
        {
            Debug.Assert(_outcome is null, "A call completes once.");
            _response = response;
            _headers = headers;
            continuation = _continuation;
            _continuation = null;
            _outcome = outcome;
        }

        continuation?.Invoke();
    }

    internal override TResponse GetResult()
    {
        if (_outcome is null)
        {
            // The finished task wakes a thread that waits for it directly.
            return ResponseAsync.GetAwaiter().GetResult();
        }

        return _outcome.IsSuccess ? _response! : throw _outcome.ToException();
    }

    internal override void OnCompleted(Action continuation, bool continueOnCapturedContext)
    {
        Action scheduled = continueOnCapturedContext ? CapturedContext.Wrap(continuation) : continuation;
        lock (_lock)
        {
            if (_outcome is null)
            {
                _continuation += scheduled;
                return;
            }
        }

        ThreadPool.UnsafeQueueUserWorkItem(static action => action(), scheduled, preferLocal: true);
    }

    protected override void Dispose(bool disposing)
    {
        lock (_lock)
        {
            _call?.Cancel("The call was disposed by its caller.");
        }

        base.Dispose(disposing);
    }

    private Task<TResponse> CreateTaskLocked()
    {
        if (_outcome is { } outcome)
        {
            return outcome.IsSuccess ? Task.FromResult(_response!) : Task.FromException<TResponse>(outcome.ToException());
        }

        var source = new TaskCompletionSource<TResponse>();
        _continuation += () =>
        {
            if (_outcome!.IsSuccess)
            {
                source.SetResult(_response!);
            }
            else
            {
                source.SetException(_outcome.ToException());
            }
        };
        return source.Task;
    }

    /// <summary>For the moment between the end of the call and the arrival of its result here.</summary>
    private async Task<Metadata> HeadersWhenComplete()
    {
        await ((Task)ResponseAsync).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        return _headers ?? await PendingHeaders.AfterEnd(_outcome!).ConfigureAwait(false);
    }
}
