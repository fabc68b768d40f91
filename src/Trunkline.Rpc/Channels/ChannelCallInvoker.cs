using Trunkline.Rpc.Clients;

namespace Trunkline.Rpc.Channels;

/// <summary>Starts the calls of a channel.</summary>
internal sealed class ChannelCallInvoker(Channel channel) : CallInvoker
{
    public override TResponse BlockingUnaryCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return UnaryClientCall<TRequest, TResponse>.Block(channel, method, host, options, request);
    }

    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return UnaryClientCall<TRequest, TResponse>.Start(channel, method, host, options, request);
    }

    public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return ServerStreamingClientCall<TRequest, TResponse>.Start(channel, method, host, options, request);
    }

    public override AsyncClientStreamingCall<TRequest, TResponse> AsyncClientStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options) =>
        ClientStreamingClientCall<TRequest, TResponse>.Start(channel, method, host, options);

    public override AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options) =>
        DuplexStreamingClientCall<TRequest, TResponse>.Start(channel, method, host, options);
}
