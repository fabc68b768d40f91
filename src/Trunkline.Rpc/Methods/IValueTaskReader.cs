namespace Trunkline.Rpc.Methods;

/// <summary>A stream reader whose waits need not be tasks, for <c>await foreach</c>.</summary>
internal interface IValueTaskReader
{
    /// <summary>Waits for the next message, as <see cref="IAsyncStreamReader{T}.MoveNext"/> does. What it returns is awaited once.</summary>
    ValueTask<bool> MoveNextAsync(CancellationToken cancellationToken);
}
