namespace Trunkline.Rpc.Clients;

/// <summary>What user code holds of a call with a stream each way.</summary>
internal sealed class DuplexStreamHandle<TRequest, TResponse>(ClientCall call, RequestWriter<TRequest> writer, ResponseReader<TResponse> reader)
    : ResponseStreamHandle<TResponse>(call, reader), IClientStreamWriter<TRequest>
    where TResponse : class
{
    public WriteOptions? WriteOptions
    {
        get => writer.WriteOptions;
        set => writer.WriteOptions = value;
    }

    public Task WriteAsync(TRequest message) => writer.WriteAsync(message);

    public Task WriteAsync(TRequest message, CancellationToken cancellationToken) => writer.WriteAsync(message, cancellationToken);

    public Task CompleteAsync() => writer.CompleteAsync();
}
