using Trunkline.Rpc.Servers.Calls;

namespace Trunkline.Rpc.Servers.Routing;

/// <summary>Gathers the methods of services, each with the class of call that answers it.</summary>
internal sealed class RoutingBinder : ServiceBinderBase
{
    public List<(IMethod Method, ServiceMethod Route)> Methods { get; } = [];

    public override void AddMethod<TRequest, TResponse>(Method<TRequest, TResponse> method, UnaryServerMethod<TRequest, TResponse>? handler) =>
        Add(method, handler, route => new UnaryCall<TRequest, TResponse>(route, handler!));

    public override void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, ClientStreamingServerMethod<TRequest, TResponse>? handler) =>
        Add(method, handler, route => new ClientStreamingCall<TRequest, TResponse>(route, handler!));

    public override void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, ServerStreamingServerMethod<TRequest, TResponse>? handler) =>
        Add(method, handler, route => new ServerStreamingCall<TRequest, TResponse>(route, handler!));

    public override void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, DuplexStreamingServerMethod<TRequest, TResponse>? handler) =>
        Add(method, handler, route => new DuplexStreamingCall<TRequest, TResponse>(route, handler!));

    public override void AddBlockingMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, BlockingUnaryServerMethod<TRequest, TResponse>? handler) =>
        Add(method, handler, route => new BlockingUnaryCall<TRequest, TResponse>(route, handler!));

    public override void AddBlockingMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, BlockingClientStreamingServerMethod<TRequest, TResponse>? handler) =>
        Add(method, handler, route => new BlockingClientStreamingCall<TRequest, TResponse>(route, handler!));

    public override void AddBlockingMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, BlockingServerStreamingServerMethod<TRequest, TResponse>? handler) =>
        Add(method, handler, route => new BlockingServerStreamingCall<TRequest, TResponse>(route, handler!));

    public override void AddBlockingMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, BlockingDuplexStreamingServerMethod<TRequest, TResponse>? handler) =>
        Add(method, handler, route => new BlockingDuplexStreamingCall<TRequest, TResponse>(route, handler!));

    private void Add<TRequest, TResponse>(
        Method<TRequest, TResponse> method, Delegate? handler, Func<ServiceMethod<TRequest, TResponse>, ServerCall> createCall)
        where TRequest : class
        where TResponse : class
    {
        if (handler is null)
        {
            throw new ArgumentException($"The method {method.FullName} has no handler, so a server cannot answer it.", nameof(handler));
        }

        Methods.Add((method, new ServiceMethod<TRequest, TResponse>(method, createCall)));
    }
}
