using Trunkline.Rpc.Servers.Routing;

namespace Trunkline.Rpc.Servers.Calls;

/// <summary>One request, a stream of responses that the handler enumerates. The call has its worker until the last response is under way.</summary>
internal sealed class BlockingServerStreamingCall<TRequest, TResponse>(
    ServiceMethod<TRequest, TResponse> method, BlockingServerStreamingServerMethod<TRequest, TResponse> handler)
    : SingleRequestCall<TRequest, TResponse>(method, isBlocking: true)
    where TRequest : class
    where TResponse : class
{
    protected override void Handle(TRequest request)
    {
#pragma warning disable CA1031 // The handler is user code: whatever it throws becomes the call's status.
        try
        {
            BlockingResponses.Write(this, handler(request, Context));
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
