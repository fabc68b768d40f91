using Trunkline.Rpc.Messages;

namespace Trunkline.Rpc.Clients;

/// <summary>
/// The responses of a streaming call. The read loop puts messages in, one reader takes them out; credit goes back to the peer as messages are taken,
/// so what waits here is bounded by the stream's window.
/// </summary>
internal sealed class ResponseReader<TResponse>(ClientCall call, Marshaller<TResponse> marshaller, int maxLength)
    : MessageReader<TResponse>(marshaller, maxLength)
    where TResponse : class
{
    // Written before the queue hears of the end.
    private CallOutcome? _over;

    protected override MessageCoding? Coding => call.Coding;

    /// <summary>Waits for the next message.</summary>
    /// <param name="owner">Kept alive while the wait lasts.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public ValueTask<bool> MoveNextAsync(object owner, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            call.Cancel("Reading was cancelled by its caller.");
        }

        ValueTask<bool> next = Next(owner);
        return !cancellationToken.CanBeCanceled || next.IsCompleted ? next : WaitAsync(next, cancellationToken);
    }

    /// <summary>The same as a task.</summary>
    public Task<bool> MoveNext(object owner, CancellationToken cancellationToken) => ToTask(MoveNextAsync(owner, cancellationToken));

    /// <summary>Waits for the next message, blocking the thread.</summary>
    public bool MoveNextBlocking() => NextBlocking();

    /// <summary>The call is over. What came before is still read, unless this side has ended the call itself.</summary>
    /// <returns>True when a reader is to be woken.</returns>
    public bool OnOver(CallOutcome outcome)
    {
        _over = outcome;
        return outcome is { Failure: not null, Status.StatusCode: StatusCode.Cancelled or StatusCode.DeadlineExceeded } ? Queue.Fail() : Queue.End();
    }

    protected override void GiveCredit(int bytes) => call.Consume(bytes);

    protected override RpcException Fail(in MessageFault fault) => call.Fail(fault).ToException();

    protected override RpcException? EndOf(TakeOutcome outcome) => _over!.IsSuccess ? null : _over.ToException();

    private async ValueTask<bool> WaitAsync(ValueTask<bool> next, CancellationToken cancellationToken)
    {
        await using (cancellationToken.UnsafeRegister(
            static state => ((ClientCall)state!).Cancel("Reading was cancelled by its caller."), call).ConfigureAwait(false))
        {
            return await next.ConfigureAwait(false);
        }
    }
}
