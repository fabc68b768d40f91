using Trunkline.Rpc.Clients;

namespace Trunkline;

/// <summary>
/// A call with a stream each way, under way. The two do not depend on each other. Read the responses with <c>await foreach</c>, blocking, or by their
/// stream: in one of these ways, once.
/// </summary>
/// <typeparam name="TRequest">The request message.</typeparam>
/// <typeparam name="TResponse">The response message.</typeparam>
public sealed class AsyncDuplexStreamingCall<TRequest, TResponse> : IAsyncEnumerable<TResponse>, IDisposable
{
    private readonly CallControl _control;

    /// <summary>Puts a call together from parts, as interceptors and tests do.</summary>
    /// <param name="requestStream">Where the requests go.</param>
    /// <param name="responseStream">The responses.</param>
    /// <param name="responseHeadersAsync">The response headers.</param>
    /// <param name="getStatusFunc">Gives the status once the call is over.</param>
    /// <param name="getTrailersFunc">Gives the trailers once the call is over.</param>
    /// <param name="disposeAction">Cancels the call if it is under way.</param>
    public AsyncDuplexStreamingCall(
        IClientStreamWriter<TRequest> requestStream,
        IAsyncStreamReader<TResponse> responseStream,
        Task<Metadata> responseHeadersAsync,
        Func<Status> getStatusFunc,
        Func<Metadata> getTrailersFunc,
        Action disposeAction)
        : this(requestStream, responseStream, new DelegatedCallControl(responseHeadersAsync, getStatusFunc, getTrailersFunc, disposeAction))
    {
    }

    internal AsyncDuplexStreamingCall(IClientStreamWriter<TRequest> requestStream, IAsyncStreamReader<TResponse> responseStream, CallControl control)
    {
        ArgumentNullException.ThrowIfNull(requestStream);
        ArgumentNullException.ThrowIfNull(responseStream);
        RequestStream = requestStream;
        ResponseStream = responseStream;
        _control = control;
    }

    /// <summary>Where the requests go.</summary>
    public IClientStreamWriter<TRequest> RequestStream { get; }

    /// <summary>The responses.</summary>
    public IAsyncStreamReader<TResponse> ResponseStream { get; }

    /// <summary>The response headers; completes when they arrive. Faults when the call ends without any.</summary>
    public Task<Metadata> ResponseHeadersAsync => _control.ResponseHeadersAsync;

    /// <summary>The responses for a <c>foreach</c> that blocks the thread. Leaving the loop early cancels the call.</summary>
    public BlockingStream<TResponse> Blocking() => new(ResponseStream, this);

    /// <summary>Walks the responses. Leaving the loop early cancels the call.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    public IAsyncEnumerator<TResponse> GetAsyncEnumerator(CancellationToken cancellationToken = default) =>
        new ResponseEnumerator<TResponse>(ResponseStream, this, cancellationToken);

    /// <summary>The status.</summary>
    /// <exception cref="InvalidOperationException">The call is still under way.</exception>
    public Status GetStatus() => _control.GetStatus();

    /// <summary>The trailers.</summary>
    /// <exception cref="InvalidOperationException">The call is still under way.</exception>
    public Metadata GetTrailers() => _control.GetTrailers();

    /// <summary>Cancels the call if it is under way. A stream that was read to its end need not be disposed.</summary>
    public void Dispose() => _control.Dispose();
}
