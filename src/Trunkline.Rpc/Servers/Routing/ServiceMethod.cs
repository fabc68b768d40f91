using System.Text;
using Trunkline.Rpc.Servers.Calls;

namespace Trunkline.Rpc.Servers.Routing;

/// <summary>A method that a server answers.</summary>
internal abstract class ServiceMethod(IMethod method)
{
    /// <summary>The path, <c>/service/method</c>.</summary>
    public string FullName { get; } = method.FullName;

    /// <summary>The path as it comes over the wire.</summary>
    public byte[] Path { get; } = Encoding.UTF8.GetBytes(method.FullName);

    /// <summary>A call object, new or used again, for one call.</summary>
    public abstract ServerCall RentCall();
}

/// <summary>A method with its message types.</summary>
/// <param name="method">The method.</param>
/// <param name="createCall">Makes a call object of the method's kind.</param>
internal sealed class ServiceMethod<TRequest, TResponse>(
    Method<TRequest, TResponse> method, Func<ServiceMethod<TRequest, TResponse>, ServerCall> createCall) : ServiceMethod(method)
    where TRequest : class
    where TResponse : class
{
    private readonly CallPool _pool = new();

    public Marshaller<TRequest> RequestMarshaller { get; } = method.RequestMarshaller;

    public Marshaller<TResponse> ResponseMarshaller { get; } = method.ResponseMarshaller;

    public override ServerCall RentCall() => _pool.TryRent() ?? createCall(this);

    /// <summary>Takes a call object back of which no user code can have a part.</summary>
    public void ReturnCall(ServerCall call) => _pool.Return(call);
}
