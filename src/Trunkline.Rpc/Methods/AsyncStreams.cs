namespace Trunkline;

/// <summary>Reads the messages of a stream, one after the other.</summary>
/// <typeparam name="T">The message.</typeparam>
public interface IAsyncStreamReader<out T>
{
    /// <summary>The message that the last successful <see cref="MoveNext"/> brought.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    T Current { get; }

    /// <summary>Waits for the next message. One call at a time.</summary>
    /// <param name="cancellationToken">Cancels the whole call, not only the wait.</param>
    /// <returns>False at the end of the stream.</returns>
    /// <exception cref="RpcException">The call ended with a status other than OK.</exception>
    Task<bool> MoveNext(CancellationToken cancellationToken);
}

/// <summary>Writes messages to a stream.</summary>
/// <typeparam name="T">The message.</typeparam>
public interface IAsyncStreamWriter<in T>
{
    /// <summary>How the following messages are written; null for the call's own way.</summary>
    WriteOptions? WriteOptions { get; set; }

    /// <summary>
    /// Writes a message. May be called from any thread and before the last write has finished; each caller's messages keep their order. Completes
    /// when there is room for the next.
    /// </summary>
    /// <param name="message">The message.</param>
    /// <exception cref="RpcException">The call is over.</exception>
    Task WriteAsync(T message);

    /// <summary>Writes a message, as <see cref="WriteAsync(T)"/> does.</summary>
    /// <param name="message">The message.</param>
    /// <param name="cancellationToken">Cancels the whole call.</param>
    Task WriteAsync(T message, CancellationToken cancellationToken)
    {
        if (cancellationToken.CanBeCanceled)
        {
            throw new NotSupportedException($"{GetType()} does not take a cancellation token with WriteAsync.");
        }

        return WriteAsync(message);
    }
}

/// <summary>Writes the requests of a call.</summary>
/// <typeparam name="T">The request message.</typeparam>
public interface IClientStreamWriter<in T> : IAsyncStreamWriter<T>
{
    /// <summary>Says that no request follows (the half-close). Completes when it is on its way behind all messages.</summary>
    Task CompleteAsync();
}

/// <summary>Writes the responses of a call.</summary>
/// <typeparam name="T">The response message.</typeparam>
public interface IServerStreamWriter<in T> : IAsyncStreamWriter<T>
{
}
