using Trunkline.Rpc.Servers.Routing;

namespace Trunkline.Rpc.Servers.Calls;

/// <summary>One request, a stream of responses.</summary>
internal sealed class ServerStreamingCall<TRequest, TResponse>(
    ServiceMethod<TRequest, TResponse> method, ServerStreamingServerMethod<TRequest, TResponse> handler)
    : SingleRequestCall<TRequest, TResponse>(method, isBlocking: false)
    where TRequest : class
    where TResponse : class
{
    protected override void Handle(TRequest request) => _ = HandleAsync(request);

    private async Task HandleAsync(TRequest request)
    {
#pragma warning disable CA1031 // The handler is user code: whatever it throws becomes the call's status.
        try
        {
            await handler(request, new ResponseWriter<TRequest, TResponse>(this), Context).ConfigureAwait(false);
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
