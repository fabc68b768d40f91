using Trunkline.Rpc.Dispatching;
using Trunkline.Rpc.Messages;
using Trunkline.Rpc.Servers.Routing;

namespace Trunkline.Rpc.Servers.Calls;

/// <summary>A call with a stream of requests: its handler starts with the headers and takes requests as they come.</summary>
internal abstract class RequestStreamCall<TRequest, TResponse>(ServiceMethod<TRequest, TResponse> method, bool isBlocking)
    : ServerCall<TRequest, TResponse>(method, isBlocking)
    where TRequest : class
    where TResponse : class
{
    private RequestReader<TRequest, TResponse>? _reader;

    /// <summary>The requests that have come and were not taken.</summary>
    public RequestQueue<TRequest> Queue { get; } = new();

    /// <summary>What an asynchronous handler reads its requests from.</summary>
    protected IAsyncStreamReader<TRequest> OpenReader() => _reader = new RequestReader<TRequest, TResponse>(this);

    /// <summary>Gives credit back to the client.</summary>
    public void GiveCredit(int bytes)
    {
        if (bytes > 0)
        {
            Stream.Consume(bytes);
        }
    }

    /// <summary>Turns a request that was taken out of the queue into a message and gives its credit back.</summary>
    /// <exception cref="RpcException">The message is broken; the call has ended by it.</exception>
    public TRequest Open(QueuedRequest<TRequest> request)
    {
        GiveCredit(request.Credit);
        if (request.IsParsed)
        {
            return request.Message!;
        }

        MessageFault fault = ReadRequest(request.Frame, out TRequest? message);
        request.Frame.Release();
        if (!fault.IsNone)
        {
            Status status = fault.ToStatus();
            EndEarly(status);
            throw new RpcException(status);
        }

        return message!;
    }

    protected sealed override void OnBegun() => Dispatch();

    protected sealed override MessageFault OnMessage(in MessageFrame frame)
    {
        var request = default(QueuedRequest<TRequest>);
        if (CanReadInPlace(frame))
        {
            MessageFault fault = ReadRequest(frame, out request.Message);
            if (!fault.IsNone)
            {
                return fault;
            }

            request.IsParsed = true;
        }
        else
        {
            request.Frame = frame.Keep();
        }

        if (Queue.Add(request, frame.WireLength, out bool wake))
        {
            WakeOnReadLoop(wake);
        }
        else
        {
            // The call is over, and so is its stream at any moment: no credit is owed.
            request.Frame.Release();
        }

        return MessageFault.None;
    }

    protected sealed override void OnHalfClosed() => WakeOnReadLoop(Queue.End());

    protected sealed override void OnReceived(int length, int partial)
    {
        if (partial > 0)
        {
            GiveCredit(Queue.SetPartial(partial));
        }
    }

    protected sealed override void OnOver(in Status status)
    {
        if (Queue.Fail(status) && _reader is IWorkItem reader)
        {
            Connection.Post(reader);
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
        if (wake && _reader is IWorkItem reader)
        {
            Connection.Gather(reader);
        }
    }
}
