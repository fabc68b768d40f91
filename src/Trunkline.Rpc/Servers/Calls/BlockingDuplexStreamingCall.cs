using Trunkline.Rpc.Servers.Routing;

namespace Trunkline.Rpc.Servers.Calls;

/// <summary>A stream of requests and a stream of responses, independent of each other. The handler blocks and has its worker for as long as the call lasts.</summary>
internal sealed class BlockingDuplexStreamingCall<TRequest, TResponse>(
    ServiceMethod<TRequest, TResponse> method, BlockingDuplexStreamingServerMethod<TRequest, TResponse> handler)
    : RequestStreamCall<TRequest, TResponse>(method, isBlocking: true)
    where TRequest : class
    where TResponse : class
{
    protected override void RunHandler()
    {
#pragma warning disable CA1031 // The handler is user code: whatever it throws becomes the call's status.
        try
        {
            BlockingResponses.Write(this, handler(new BlockingRequests<TRequest>(Requests), Context));
        }
        catch (Exception exception)
        {
            FinishWith(exception);
            return;
        }
#pragma warning restore CA1031

        Finish(Context.Status);
    }
}
