namespace Trunkline;

/// <summary>The server's side of a unary method.</summary>
/// <typeparam name="TRequest">The request message.</typeparam>
/// <typeparam name="TResponse">The response message.</typeparam>
/// <param name="request">The request.</param>
/// <param name="context">The call.</param>
public delegate Task<TResponse> UnaryServerMethod<TRequest, TResponse>(TRequest request, ServerCallContext context);

/// <summary>The server's side of a client-streaming method.</summary>
/// <typeparam name="TRequest">The request message.</typeparam>
/// <typeparam name="TResponse">The response message.</typeparam>
/// <param name="requestStream">The requests.</param>
/// <param name="context">The call.</param>
public delegate Task<TResponse> ClientStreamingServerMethod<TRequest, TResponse>(IAsyncStreamReader<TRequest> requestStream, ServerCallContext context);

/// <summary>The server's side of a server-streaming method.</summary>
/// <typeparam name="TRequest">The request message.</typeparam>
/// <typeparam name="TResponse">The response message.</typeparam>
/// <param name="request">The request.</param>
/// <param name="responseStream">Where the responses go.</param>
/// <param name="context">The call.</param>
public delegate Task ServerStreamingServerMethod<TRequest, TResponse>(
    TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context);

/// <summary>The server's side of a bidirectional method.</summary>
/// <typeparam name="TRequest">The request message.</typeparam>
/// <typeparam name="TResponse">The response message.</typeparam>
/// <param name="requestStream">The requests.</param>
/// <param name="responseStream">Where the responses go.</param>
/// <param name="context">The call.</param>
public delegate Task DuplexStreamingServerMethod<TRequest, TResponse>(
    IAsyncStreamReader<TRequest> requestStream, IServerStreamWriter<TResponse> responseStream, ServerCallContext context);

/// <summary>The server's side of a unary method that runs on a blocking worker.</summary>
/// <typeparam name="TRequest">The request message.</typeparam>
/// <typeparam name="TResponse">The response message.</typeparam>
/// <param name="request">The request.</param>
/// <param name="context">The call.</param>
public delegate TResponse BlockingUnaryServerMethod<TRequest, TResponse>(TRequest request, ServerCallContext context);

/// <summary>The server's side of a client-streaming method that runs on a blocking worker.</summary>
/// <typeparam name="TRequest">The request message.</typeparam>
/// <typeparam name="TResponse">The response message.</typeparam>
/// <param name="requests">The requests; enumerating waits for the next one.</param>
/// <param name="context">The call.</param>
public delegate TResponse BlockingClientStreamingServerMethod<TRequest, TResponse>(IEnumerable<TRequest> requests, ServerCallContext context);

/// <summary>The server's side of a server-streaming method that runs on a blocking worker.</summary>
/// <typeparam name="TRequest">The request message.</typeparam>
/// <typeparam name="TResponse">The response message.</typeparam>
/// <param name="request">The request.</param>
/// <param name="context">The call.</param>
public delegate IEnumerable<TResponse> BlockingServerStreamingServerMethod<TRequest, TResponse>(TRequest request, ServerCallContext context);

/// <summary>The server's side of a bidirectional method that runs on a blocking worker.</summary>
/// <typeparam name="TRequest">The request message.</typeparam>
/// <typeparam name="TResponse">The response message.</typeparam>
/// <param name="requests">The requests; enumerating waits for the next one.</param>
/// <param name="context">The call.</param>
public delegate IEnumerable<TResponse> BlockingDuplexStreamingServerMethod<TRequest, TResponse>(
    IEnumerable<TRequest> requests, ServerCallContext context);
