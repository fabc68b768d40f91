using Trunkline.Interceptors;

namespace Trunkline.Interop.Servers;

/// <summary>Counts the unary calls that ended OK: a load generator without gRPC takes any HTTP 200 for a success.</summary>
internal sealed class OkCounter : Interceptor
{
    private long _count;

    public long Count => Interlocked.Read(ref _count);

    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        TResponse response = await continuation(request, context);
        Interlocked.Increment(ref _count);
        return response;
    }
}
