using Trunkline.Rpc.Messages;
using Trunkline.Rpc.Servers.Routing;

namespace Trunkline.Rpc.Servers.Calls;

/// <summary>A call with a stream of requests: its handler starts with the headers and takes requests as they come.</summary>
internal abstract class RequestStreamCall<TRequest, TResponse>(ServiceMethod<TRequest, TResponse> method, bool isBlocking)
    : ServerCall<TRequest, TResponse>(method, isBlocking)
    where TRequest : class
    where TResponse : class
{
    /// <summary>The requests that have come, for the handler.</summary>
    protected RequestReader<TRequest> Requests { get; private set; } = null!;

    protected sealed override void Prepare() =>
        Requests = new RequestReader<TRequest>(this, Method.RequestMarshaller, Host.MaxReceiveMessageSize);

    protected sealed override void OnBegun() => Dispatch();

    protected sealed override MessageFault OnMessage(in MessageFrame frame)
    {
        MessageFault fault = Requests.Receive(frame, out bool wake);
        WakeOnReadLoop(wake);
        return fault;
    }

    protected sealed override void OnHalfClosed() => WakeOnReadLoop(Requests.OnHalfClosed());

    protected sealed override void OnReceived(int length, int partial) => Requests.ReceivePartial(partial);

    protected sealed override void OnOver(in Status status)
    {
        if (Requests.OnOver(status))
        {
            Connection.Post(Requests);
        }
    }

    protected sealed override void OnFinished()
    {
        base.OnFinished();
        OnOver(new Status(StatusCode.Cancelled, $"The handler of {MethodName} has finished; requests are read before that."));
    }

    protected sealed override void OnFree()
    {
        // Reader and writer may still be in the handler's hands, so the object is not used again.
    }

    private void WakeOnReadLoop(bool wake)
    {
        if (wake)
        {
            Connection.Gather(Requests);
        }
    }
}
