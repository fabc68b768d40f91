using Trunkline.Rpc.Methods;

namespace Trunkline.Rpc.Clients;

/// <summary>
/// What user code holds of a call with a stream of responses. The connection holds the call itself but never this, so when user code has let go of it
/// nobody can read on: the call is cancelled, and a forgotten stream keeps neither memory nor a place on the connection. While a read is under way the
/// reader holds this, since its task may be all that user code has.
/// </summary>
internal class ResponseStreamHandle<TResponse>(ClientCall call, ResponseReader<TResponse> reader)
    : CallControl, IAsyncStreamReader<TResponse>, IValueTaskReader, IBlockingReader
    where TResponse : class
{
#pragma warning disable MA0055 // The finalizer is the point: it tells that no user code can reach the call any more.
    ~ResponseStreamHandle()
#pragma warning restore MA0055
    {
        // Off the finalizer's thread, which has better to do than to write to sockets.
        ThreadPool.UnsafeQueueUserWorkItem(static call => call.Cancel("The call was let go of before its end."), call, preferLocal: false);
    }

    public TResponse Current => reader.Current;

    public override Task<Metadata> ResponseHeadersAsync => call.ResponseHeadersTask();

    public Task<bool> MoveNext(CancellationToken cancellationToken) => reader.MoveNext(this, cancellationToken);

    public ValueTask<bool> MoveNextAsync(CancellationToken cancellationToken) => reader.MoveNextAsync(this, cancellationToken);

    public bool MoveNextBlocking()
    {
        bool hasNext = reader.MoveNextBlocking();
        GC.KeepAlive(this);
        return hasNext;
    }

    public override Status GetStatus() => call.FinalOutcome("status").Status;

    public override Metadata GetTrailers() => call.FinalOutcome("trailers").Trailers;

    public override void Dispose()
    {
        call.Cancel("The call was disposed by its caller.");
#pragma warning disable CA1816 // This is what Dispose of the call classes comes down to.
        GC.SuppressFinalize(this);
#pragma warning restore CA1816
    }
}
