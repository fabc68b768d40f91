using Trunkline.Rpc.Messages;
using Trunkline.Rpc.Servers.Routing;

namespace Trunkline.Rpc.Servers.Calls;

/// <summary>A call with one request: its handler starts when the request is whole and the client has half-closed.</summary>
internal abstract class SingleRequestCall<TRequest, TResponse>(ServiceMethod<TRequest, TResponse> method, bool isBlocking)
    : ServerCall<TRequest, TResponse>(method, isBlocking)
    where TRequest : class
    where TResponse : class
{
    // Owned by the read loop until the call is dispatched, then by the handler's thread.
    private TRequest? _request;
    private MessageFrame _frame;
    private bool _hasRequest;

    /// <summary>Runs the handler with the request.</summary>
    protected abstract void Handle(TRequest request);

    protected sealed override void OnBegun()
    {
        // The request comes first.
    }

    protected sealed override MessageFault OnMessage(in MessageFrame frame)
    {
        if (_hasRequest)
        {
            frame.Release();
            return MessageFault.SecondMessage();
        }

        _hasRequest = true;
        if (CanReadInPlace(frame))
        {
            return ReadRequest(frame, out _request);
        }

        _frame = frame.Keep();
        return MessageFault.None;
    }

    protected sealed override void OnHalfClosed()
    {
        if (_hasRequest)
        {
            Dispatch();
        }
        else
        {
            EndEarly(MessageFault.NoMessage().ToStatus());
        }
    }

    /// <summary>There is one message and its limit is checked, so the credit goes back at once, also for a message larger than the window.</summary>
    protected sealed override void OnReceived(int length, int partial) => Stream.Consume(length);

    protected sealed override void OnOver(in Status status)
    {
        // Nobody waits for requests.
    }

    protected sealed override void RunHandler()
    {
        MessageFault fault = MessageFault.None;
        if (_request is null)
        {
            fault = ReadRequest(_frame, out _request);
            _frame.Release();
            _frame = default;
        }

        TRequest? request = _request;
        _request = null;
        if (fault.IsNone && request is not null)
        {
            Handle(request);
        }
        else
        {
            Finish(fault.IsNone ? MessageFault.CannotDeserialize(new InvalidOperationException("the deserializer returned null")).ToStatus() : fault.ToStatus());
        }
    }

    protected override void OnFree()
    {
        _frame.Release();
        _frame = default;
        _request = null;
        _hasRequest = false;
    }
}
