namespace Trunkline.Rpc.Clients;

/// <summary>Walks the responses of a call and ends the call when the walk ends.</summary>
internal sealed class ResponseEnumerator<TResponse>(IAsyncStreamReader<TResponse> reader, IDisposable call, CancellationToken cancellationToken)
    : IAsyncEnumerator<TResponse>
{
    public TResponse Current => reader.Current;

    public ValueTask<bool> MoveNextAsync() => new(reader.MoveNext(cancellationToken));

    public ValueTask DisposeAsync()
    {
        call.Dispose();
        return ValueTask.CompletedTask;
    }
}
