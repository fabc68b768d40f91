using Trunkline.Interceptors;

namespace Trunkline.Rpc.Interception;

/// <summary>Gathers the methods of a service again, each with an interceptor in front. Blocking methods are not taken: the base class says so.</summary>
internal sealed class InterceptingBinder(Interceptor interceptor) : ServiceBinderBase
{
    private readonly ServerServiceDefinition.Builder _builder = ServerServiceDefinition.CreateBuilder();

    public ServerServiceDefinition Build() => _builder.Build();

    public override void AddMethod<TRequest, TResponse>(Method<TRequest, TResponse> method, UnaryServerMethod<TRequest, TResponse>? handler) =>
        _builder.AddMethod<TRequest, TResponse>(method, (request, context) => interceptor.UnaryServerHandler(request, context, handler!));

    public override void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, ClientStreamingServerMethod<TRequest, TResponse>? handler) =>
        _builder.AddMethod<TRequest, TResponse>(
            method, (requestStream, context) => interceptor.ClientStreamingServerHandler(requestStream, context, handler!));

    public override void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, ServerStreamingServerMethod<TRequest, TResponse>? handler) =>
        _builder.AddMethod<TRequest, TResponse>(
            method, (request, responseStream, context) => interceptor.ServerStreamingServerHandler(request, responseStream, context, handler!));

    public override void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, DuplexStreamingServerMethod<TRequest, TResponse>? handler) =>
        _builder.AddMethod<TRequest, TResponse>(
            method,
            (requestStream, responseStream, context) => interceptor.DuplexStreamingServerHandler(requestStream, responseStream, context, handler!));
}
