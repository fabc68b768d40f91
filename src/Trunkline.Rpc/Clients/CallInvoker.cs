using Trunkline.Rpc.Clients;

namespace Trunkline;

/// <summary>
/// Starts calls. The five abstract forms are what interceptors see; the forms over whole sequences are built from them, so that an invoker that
/// overrides the five has them all.
/// </summary>
public abstract class CallInvoker
{
    /// <summary>Makes a unary call and blocks the thread until it is over.</summary>
    /// <typeparam name="TRequest">The request message.</typeparam>
    /// <typeparam name="TResponse">The response message.</typeparam>
    /// <param name="method">The method.</param>
    /// <param name="host">The authority to name; null for the channel's.</param>
    /// <param name="options">The options of the call.</param>
    /// <param name="request">The request.</param>
    /// <exception cref="RpcException">The status is not OK.</exception>
    public abstract TResponse BlockingUnaryCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request)
        where TRequest : class
        where TResponse : class;

    /// <summary>Starts a unary call.</summary>
    /// <typeparam name="TRequest">The request message.</typeparam>
    /// <typeparam name="TResponse">The response message.</typeparam>
    /// <param name="method">The method.</param>
    /// <param name="host">The authority to name; null for the channel's.</param>
    /// <param name="options">The options of the call.</param>
    /// <param name="request">The request.</param>
    public abstract AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request)
        where TRequest : class
        where TResponse : class;

    /// <summary>Starts a server-streaming call.</summary>
    /// <typeparam name="TRequest">The request message.</typeparam>
    /// <typeparam name="TResponse">The response message.</typeparam>
    /// <param name="method">The method.</param>
    /// <param name="host">The authority to name; null for the channel's.</param>
    /// <param name="options">The options of the call.</param>
    /// <param name="request">The request.</param>
    public abstract AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request)
        where TRequest : class
        where TResponse : class;

    /// <summary>Starts a client-streaming call.</summary>
    /// <typeparam name="TRequest">The request message.</typeparam>
    /// <typeparam name="TResponse">The response message.</typeparam>
    /// <param name="method">The method.</param>
    /// <param name="host">The authority to name; null for the channel's.</param>
    /// <param name="options">The options of the call.</param>
    public abstract AsyncClientStreamingCall<TRequest, TResponse> AsyncClientStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options)
        where TRequest : class
        where TResponse : class;

    /// <summary>Starts a bidirectional call.</summary>
    /// <typeparam name="TRequest">The request message.</typeparam>
    /// <typeparam name="TResponse">The response message.</typeparam>
    /// <param name="method">The method.</param>
    /// <param name="host">The authority to name; null for the channel's.</param>
    /// <param name="options">The options of the call.</param>
    public abstract AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options)
        where TRequest : class
        where TResponse : class;

    /// <summary>
    /// Makes a client-streaming call with all requests of a sequence and blocks the thread until it is over. The sequence is walked on this thread;
    /// when the server answers early, the walk ends at the next request.
    /// </summary>
    /// <typeparam name="TRequest">The request message.</typeparam>
    /// <typeparam name="TResponse">The response message.</typeparam>
    /// <param name="method">The method.</param>
    /// <param name="host">The authority to name; null for the channel's.</param>
    /// <param name="options">The options of the call.</param>
    /// <param name="requests">The requests. An exception from the sequence cancels the call and reaches the caller.</param>
    /// <exception cref="RpcException">The status is not OK.</exception>
    public virtual TResponse BlockingClientStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, IEnumerable<TRequest> requests)
        where TRequest : class
        where TResponse : class
    {
        ArgumentNullException.ThrowIfNull(requests);
        using AsyncClientStreamingCall<TRequest, TResponse> call = AsyncClientStreamingCall(method, host, options);
        RequestPump.Run(call.RequestStream, requests, () => call.ResponseAsync.IsCompleted);
        return call.ResponseAsync.GetAwaiter().GetResult();
    }

    /// <summary>Starts a client-streaming call with all requests of a sequence.</summary>
    /// <typeparam name="TRequest">The request message.</typeparam>
    /// <typeparam name="TResponse">The response message.</typeparam>
    /// <param name="method">The method.</param>
    /// <param name="host">The authority to name; null for the channel's.</param>
    /// <param name="options">The options of the call.</param>
    /// <param name="requests">The requests. An exception from the sequence cancels the call and is the inner exception of its failure.</param>
    public virtual AsyncUnaryCall<TResponse> AsyncClientStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, IAsyncEnumerable<TRequest> requests)
        where TRequest : class
        where TResponse : class
    {
        ArgumentNullException.ThrowIfNull(requests);
        return PumpedCalls.Start(AsyncClientStreamingCall(method, host, options), requests);
    }

    /// <summary>Starts a bidirectional call with all requests of a sequence.</summary>
    /// <typeparam name="TRequest">The request message.</typeparam>
    /// <typeparam name="TResponse">The response message.</typeparam>
    /// <param name="method">The method.</param>
    /// <param name="host">The authority to name; null for the channel's.</param>
    /// <param name="options">The options of the call.</param>
    /// <param name="requests">The requests. An exception from the sequence cancels the call and is the inner exception of its failure.</param>
    public virtual AsyncServerStreamingCall<TResponse> AsyncDuplexStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, IAsyncEnumerable<TRequest> requests)
        where TRequest : class
        where TResponse : class
    {
        ArgumentNullException.ThrowIfNull(requests);
        return PumpedCalls.Start(AsyncDuplexStreamingCall(method, host, options), requests);
    }

    /// <summary>
    /// Starts a bidirectional call with all requests of a sequence, for a <c>foreach</c> that blocks the thread. The sequence of requests is walked
    /// on a thread of its own.
    /// </summary>
    /// <typeparam name="TRequest">The request message.</typeparam>
    /// <typeparam name="TResponse">The response message.</typeparam>
    /// <param name="method">The method.</param>
    /// <param name="host">The authority to name; null for the channel's.</param>
    /// <param name="options">The options of the call.</param>
    /// <param name="requests">The requests. An exception from the sequence cancels the call and is the inner exception of its failure.</param>
    /// <returns>The responses; they can be walked once, and leaving the loop early cancels the call.</returns>
    public virtual IEnumerable<TResponse> BlockingDuplexStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, IEnumerable<TRequest> requests)
        where TRequest : class
        where TResponse : class
    {
        ArgumentNullException.ThrowIfNull(requests);
        return PumpedCalls.Start(AsyncDuplexStreamingCall(method, host, options), requests).Blocking();
    }
}
