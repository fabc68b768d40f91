using System.Runtime.CompilerServices;
using Trunkline.Rpc.Dispatching;
using Trunkline.Rpc.Messages;
using Trunkline.Rpc.Methods;

namespace Trunkline.Rpc.Servers.Calls;

/// <summary>
/// What a handler reads its requests from. An asynchronous wait is ended by a work item that the read loop gathers, so the handler goes on there and
/// not on the read loop.
/// </summary>
internal sealed class RequestReader<TRequest>(ServerCall call, Marshaller<TRequest> marshaller, int maxLength)
    : MessageReader<TRequest>(marshaller, maxLength), IAsyncStreamReader<TRequest>, IValueTaskReader, IWorkItem
    where TRequest : class
{
    private StrongBox<Status>? _failure;

    protected override MessageCoding? Coding => call.RequestCoding;

    /// <summary>Waits for the next request. Cancelling ends the wait alone: the stream can be read on.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<bool> MoveNext(CancellationToken cancellationToken) => ToTask(MoveNextAsync(cancellationToken));

    /// <inheritdoc/>
    public ValueTask<bool> MoveNextAsync(CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<bool>(cancellationToken);
        }

        ValueTask<bool> next = Next(owner: null);
        return !cancellationToken.CanBeCanceled || next.IsCompleted ? next : WaitAsync(next, cancellationToken);
    }

    /// <summary>Blocks until there is a request or there will be none.</summary>
    /// <exception cref="RpcException">The call is over.</exception>
    public bool MoveNextBlocking() => NextBlocking();

    /// <summary>The client has half-closed.</summary>
    /// <returns>True when a reader is to be woken.</returns>
    public bool OnHalfClosed() => Queue.End();

    /// <summary>The call is over before its end: whoever reads fails with the first status given here.</summary>
    /// <returns>True when a reader is to be woken.</returns>
    public bool OnOver(in Status status)
    {
        // Before the queue hears of it: who is woken looks here.
        Interlocked.CompareExchange(ref _failure, new StrongBox<Status>(status), comparand: null);
        return Queue.Fail();
    }

    void IWorkItem.Run() => Settle();

    protected override void GiveCredit(int bytes) => call.GiveCredit(bytes);

    protected override RpcException Fail(in MessageFault fault)
    {
        Status status = fault.ToStatus();
        call.EndEarly(status);
        return new RpcException(status);
    }

    protected override RpcException? EndOf(TakeOutcome outcome) => outcome == TakeOutcome.Ended ? null : new RpcException(_failure!.Value);

    private async ValueTask<bool> WaitAsync(ValueTask<bool> next, CancellationToken cancellationToken)
    {
        using (cancellationToken.UnsafeRegister(static (state, token) => ((RequestReader<TRequest>)state!).CancelWait(token), this))
        {
            return await next.ConfigureAwait(false);
        }
    }
}
