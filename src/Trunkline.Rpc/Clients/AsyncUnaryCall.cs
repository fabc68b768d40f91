using Trunkline.Rpc.Clients;

namespace Trunkline;

/// <summary>A call with one response, under way. Await it for the response.</summary>
/// <typeparam name="TResponse">The response message.</typeparam>
public class AsyncUnaryCall<TResponse> : IDisposable
{
    private readonly Composed? _composed;

    /// <summary>Puts a call together from parts, as interceptors and tests do.</summary>
    /// <param name="responseAsync">The response.</param>
    /// <param name="responseHeadersAsync">The response headers.</param>
    /// <param name="getStatusFunc">Gives the status once the call is over.</param>
    /// <param name="getTrailersFunc">Gives the trailers once the call is over.</param>
    /// <param name="disposeAction">Cancels the call if it is under way.</param>
    public AsyncUnaryCall(
        Task<TResponse> responseAsync,
        Task<Metadata> responseHeadersAsync,
        Func<Status> getStatusFunc,
        Func<Metadata> getTrailersFunc,
        Action disposeAction)
    {
        ArgumentNullException.ThrowIfNull(responseAsync);
        _composed = new Composed(responseAsync, new DelegatedCallControl(responseHeadersAsync, getStatusFunc, getTrailersFunc, disposeAction));
    }

    private protected AsyncUnaryCall()
    {
    }

    /// <summary>The response. Faults with <see cref="RpcException"/> when the status is not OK. Made when first asked for: awaiting the call itself is cheaper.</summary>
    public virtual Task<TResponse> ResponseAsync => _composed!.Response;

    /// <summary>The response headers; completes when they arrive. Faults when the call ends without any.</summary>
    public virtual Task<Metadata> ResponseHeadersAsync => _composed!.Control.ResponseHeadersAsync;

    /// <summary>True once there is a response or a failure.</summary>
    internal virtual bool IsCompleted => _composed!.Response.IsCompleted;

    /// <summary>Makes the call awaitable.</summary>
    public UnaryCallAwaiter<TResponse> GetAwaiter() => new(this, continueOnCapturedContext: true);

    /// <summary>Makes the call awaitable with a choice of where to continue.</summary>
    /// <param name="continueOnCapturedContext">False to continue wherever the response came in.</param>
    public ConfiguredUnaryCallAwaitable<TResponse> ConfigureAwait(bool continueOnCapturedContext) => new(this, continueOnCapturedContext);

    /// <summary>The status.</summary>
    /// <exception cref="InvalidOperationException">The call is still under way.</exception>
    public virtual Status GetStatus() => _composed!.Control.GetStatus();

    /// <summary>The trailers.</summary>
    /// <exception cref="InvalidOperationException">The call is still under way.</exception>
    public virtual Metadata GetTrailers() => _composed!.Control.GetTrailers();

    /// <summary>Cancels the call if it is under way. A call that was awaited need not be disposed.</summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>The response; waits for it, blocking the thread.</summary>
    internal virtual TResponse GetResult() => _composed!.Response.GetAwaiter().GetResult();

    /// <summary>Runs a continuation once there is a response or a failure.</summary>
    internal virtual void OnCompleted(Action continuation, bool continueOnCapturedContext) =>
        _composed!.Response.ConfigureAwait(continueOnCapturedContext).GetAwaiter().UnsafeOnCompleted(continuation);

    /// <inheritdoc cref="Dispose()"/>
    /// <param name="disposing">Always true.</param>
    protected virtual void Dispose(bool disposing) => _composed?.Control.Dispose();

    private sealed record Composed(Task<TResponse> Response, CallControl Control);
}
