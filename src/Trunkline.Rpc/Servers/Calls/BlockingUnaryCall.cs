using Trunkline.Rpc.Servers.Routing;

namespace Trunkline.Rpc.Servers.Calls;

/// <summary>One request, one response, by a handler that blocks. The object serves one call after the other.</summary>
internal sealed class BlockingUnaryCall<TRequest, TResponse>(
    ServiceMethod<TRequest, TResponse> method, BlockingUnaryServerMethod<TRequest, TResponse> handler)
    : SingleRequestCall<TRequest, TResponse>(method, isBlocking: true)
    where TRequest : class
    where TResponse : class
{
    protected override void Handle(TRequest request)
    {
        TResponse response;
#pragma warning disable CA1031 // The handler is user code: whatever it throws becomes the call's status.
        try
        {
            response = handler(request, Context);
        }
        catch (Exception exception)
        {
            FinishWith(exception);
            return;
        }
#pragma warning restore CA1031

        FinishWithResponse(response);
    }

    protected override void OnFree()
    {
        base.OnFree();
        Clear();
        Method.ReturnCall(this);
    }
}
