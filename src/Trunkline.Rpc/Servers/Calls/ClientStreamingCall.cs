using Trunkline.Rpc.Servers.Routing;

namespace Trunkline.Rpc.Servers.Calls;

/// <summary>A stream of requests, one response.</summary>
internal sealed class ClientStreamingCall<TRequest, TResponse>(
    ServiceMethod<TRequest, TResponse> method, ClientStreamingServerMethod<TRequest, TResponse> handler)
    : RequestStreamCall<TRequest, TResponse>(method, isBlocking: false)
    where TRequest : class
    where TResponse : class
{
    protected override void RunHandler() => _ = RunAsync();

    private async Task RunAsync()
    {
        TResponse response;
#pragma warning disable CA1031 // The handler is user code: whatever it throws becomes the call's status.
        try
        {
            response = await handler(Requests, Context).ConfigureAwait(false);
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
