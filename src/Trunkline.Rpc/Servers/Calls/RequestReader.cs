using Trunkline.Rpc.Dispatching;

namespace Trunkline.Rpc.Servers.Calls;

/// <summary>
/// What an asynchronous handler reads its requests from. A wait is ended by a work item that the read loop gathers, so the handler goes on there and
/// not on the read loop.
/// </summary>
internal sealed class RequestReader<TRequest, TResponse>(RequestStreamCall<TRequest, TResponse> call) : IAsyncStreamReader<TRequest>, IWorkItem
    where TRequest : class
    where TResponse : class
{
    private TRequest? _current;
    private TaskCompletionSource<bool>? _waiter;

    /// <inheritdoc/>
    public TRequest Current => _current ?? throw new InvalidOperationException("There is no request before MoveNext has returned true, and none behind the end.");

    /// <summary>Waits for the next request. Cancelling ends the wait alone: the stream can be read on.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<bool> MoveNext(CancellationToken cancellationToken) =>
        cancellationToken.CanBeCanceled ? NextOrCancel(cancellationToken) : Next();

    void IWorkItem.Run()
    {
        if (Interlocked.Exchange(ref _waiter, null) is { } waiter)
        {
            Settle(waiter);
        }
    }

    private Task<bool> Next()
    {
        if (Volatile.Read(ref _waiter) is not null)
        {
            return Task.FromException<bool>(new InvalidOperationException("MoveNext was called before the last call has returned."));
        }

#pragma warning disable CA1031 // Whatever is wrong belongs into the task.
        try
        {
            return call.Queue.TryTake(out QueuedRequest<TRequest> request) switch
            {
                TakeOutcome.Empty => Wait(),
                TakeOutcome outcome => Task.FromResult(Accept(outcome, request)),
            };
        }
        catch (Exception exception)
        {
            return Task.FromException<bool>(exception);
        }
#pragma warning restore CA1031
    }

    private Task<bool> Wait()
    {
        // Continuations run where the wait is settled: in a work item, where user code may run.
        var waiter = new TaskCompletionSource<bool>();
        Settle(waiter);
        return waiter.Task;
    }

    /// <summary>Ends a wait, or begins it anew where there is still nothing.</summary>
    private void Settle(TaskCompletionSource<bool> waiter)
    {
        // Before the queue knows of the wait: whoever wakes must find the waiter.
        Volatile.Write(ref _waiter, waiter);
        TakeOutcome outcome = call.Queue.TakeOrWait(out QueuedRequest<TRequest> request, out int credit);
        if (outcome == TakeOutcome.Empty)
        {
            call.GiveCredit(credit);
            return;
        }

        Volatile.Write(ref _waiter, null);
#pragma warning disable CA1031 // Whatever is wrong belongs into the task.
        try
        {
            waiter.TrySetResult(Accept(outcome, request));
        }
        catch (Exception exception)
        {
            waiter.TrySetException(exception);
        }
#pragma warning restore CA1031
    }

    private bool Accept(TakeOutcome outcome, QueuedRequest<TRequest> request)
    {
        _current = null;
        switch (outcome)
        {
            case TakeOutcome.Taken:
                _current = call.Open(request);
                return true;
            case TakeOutcome.Ended:
                return false;
            default:
                throw new RpcException(call.Queue.Failure);
        }
    }

    private async Task<bool> NextOrCancel(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Task<bool> next = Next();
        if (next.IsCompleted)
        {
            return await next.ConfigureAwait(false);
        }

        using (cancellationToken.UnsafeRegister(
            static (state, token) => ((RequestReader<TRequest, TResponse>)state!).CancelWait(token), this))
        {
            return await next.ConfigureAwait(false);
        }
    }

    private void CancelWait(CancellationToken cancellationToken)
    {
        // Where the queue has woken the reader already, the work item on its way settles the wait.
        if (call.Queue.StopWaiting() && Interlocked.Exchange(ref _waiter, null) is { } waiter)
        {
            waiter.TrySetCanceled(cancellationToken);
        }
    }
}
