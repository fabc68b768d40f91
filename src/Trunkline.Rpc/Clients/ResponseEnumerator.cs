using Trunkline.Rpc.Methods;

namespace Trunkline.Rpc.Clients;

/// <summary>Walks the responses of a call and ends the call when the walk ends.</summary>
internal sealed class ResponseEnumerator<TResponse>(IAsyncStreamReader<TResponse> reader, IDisposable call, CancellationToken cancellationToken)
    : IAsyncEnumerator<TResponse>
{
    private readonly IValueTaskReader? _pooled = reader as IValueTaskReader;

    public TResponse Current => reader.Current;

    public ValueTask<bool> MoveNextAsync() =>
        _pooled is null ? new ValueTask<bool>(reader.MoveNext(cancellationToken)) : _pooled.MoveNextAsync(cancellationToken);

    public ValueTask DisposeAsync()
    {
        call.Dispose();
        return ValueTask.CompletedTask;
    }
}
