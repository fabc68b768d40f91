using Trunkline.Rpc.Servers.Routing;

namespace Trunkline.Rpc.Servers.Calls;

/// <summary>A stream of requests, one response. The handler blocks and has its worker for as long as the call lasts.</summary>
internal sealed class BlockingClientStreamingCall<TRequest, TResponse>(
    ServiceMethod<TRequest, TResponse> method, BlockingClientStreamingServerMethod<TRequest, TResponse> handler)
    : RequestStreamCall<TRequest, TResponse>(method, isBlocking: true)
    where TRequest : class
    where TResponse : class
{
    protected override void RunHandler()
    {
        TResponse response;
#pragma warning disable CA1031 // The handler is user code: whatever it throws becomes the call's status.
        try
        {
            response = handler(new BlockingRequests<TRequest>(Requests), Context);
        }
        catch (Exception exception)
        {
            FinishWith(exception);
            return;
        }
#pragma warning restore CA1031

        FinishWithResponse(response);
    }
}
