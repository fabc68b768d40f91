using Trunkline.Rpc.Servers.Routing;

namespace Trunkline.Rpc.Servers.Calls;

/// <summary>A stream of requests and a stream of responses, independent of each other.</summary>
internal sealed class DuplexStreamingCall<TRequest, TResponse>(
    ServiceMethod<TRequest, TResponse> method, DuplexStreamingServerMethod<TRequest, TResponse> handler)
    : RequestStreamCall<TRequest, TResponse>(method, isBlocking: false)
    where TRequest : class
    where TResponse : class
{
    protected override void RunHandler() => _ = RunAsync();

    private async Task RunAsync()
    {
#pragma warning disable CA1031 // The handler is user code: whatever it throws becomes the call's status.
        try
        {
            await handler(Requests, new ResponseWriter<TRequest, TResponse>(this), Context).ConfigureAwait(false);
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
