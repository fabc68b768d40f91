using System.Collections;

namespace Trunkline.Rpc.Servers.Calls;

/// <summary>The requests of a call as a blocking handler enumerates them: once, since they come once.</summary>
internal sealed class BlockingRequests<TRequest>(RequestReader<TRequest> reader) : IEnumerable<TRequest>, IEnumerator<TRequest>
    where TRequest : class
{
    /// <inheritdoc/>
    public TRequest Current => reader.Current;

    /// <inheritdoc/>
    object IEnumerator.Current => Current;

    /// <summary>A second enumeration goes on where the first has stopped.</summary>
    public IEnumerator<TRequest> GetEnumerator() => this;

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => this;

    /// <summary>Blocks until there is a request or there will be none.</summary>
    /// <exception cref="RpcException">The call is over.</exception>
    public bool MoveNext() => reader.MoveNextBlocking();

    /// <inheritdoc/>
    public void Reset() => throw new NotSupportedException("Requests come once.");

    /// <inheritdoc/>
    public void Dispose()
    {
        // The call ends when its handler returns.
    }
}
