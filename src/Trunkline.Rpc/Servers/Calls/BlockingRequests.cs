using System.Collections;

namespace Trunkline.Rpc.Servers.Calls;

/// <summary>The requests of a call as a blocking handler enumerates them: once, since they come once.</summary>
internal sealed class BlockingRequests<TRequest, TResponse>(RequestStreamCall<TRequest, TResponse> call) : IEnumerable<TRequest>, IEnumerator<TRequest>
    where TRequest : class
    where TResponse : class
{
    private readonly Action<int> _giveCredit = call.GiveCredit;
    private TRequest? _current;

    /// <inheritdoc/>
    public TRequest Current => _current ?? throw new InvalidOperationException("There is no request before MoveNext has returned true, and none behind the end.");

    /// <inheritdoc/>
    object IEnumerator.Current => Current;

    /// <summary>A second enumeration goes on where the first has stopped.</summary>
    public IEnumerator<TRequest> GetEnumerator() => this;

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => this;

    /// <summary>Blocks until there is a request or there will be none.</summary>
    /// <exception cref="RpcException">The call is over.</exception>
    public bool MoveNext()
    {
        _current = null;
        switch (call.Queue.TakeBlocking(_giveCredit, out QueuedRequest<TRequest> request))
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

    /// <inheritdoc/>
    public void Reset() => throw new NotSupportedException("Requests come once.");

    /// <inheritdoc/>
    public void Dispose()
    {
        // The call ends when its handler returns.
    }
}
