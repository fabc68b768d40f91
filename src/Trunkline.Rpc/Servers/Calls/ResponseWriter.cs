namespace Trunkline.Rpc.Servers.Calls;

/// <summary>What a handler writes its responses to.</summary>
internal sealed class ResponseWriter<TRequest, TResponse>(ServerCall<TRequest, TResponse> call) : IServerStreamWriter<TResponse>
    where TRequest : class
    where TResponse : class
{
    /// <inheritdoc/>
    public WriteOptions? WriteOptions { get; set; }

    /// <inheritdoc/>
    public Task WriteAsync(TResponse message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return call.WriteResponse(message, WriteOptions);
    }

    /// <summary>Writes a message. Cancelling ends the wait for room; the message is on its way all the same.</summary>
    /// <param name="message">The message.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task WriteAsync(TResponse message, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled(cancellationToken);
        }

        Task written = WriteAsync(message);
        return written.IsCompleted ? written : written.WaitAsync(cancellationToken);
    }
}
