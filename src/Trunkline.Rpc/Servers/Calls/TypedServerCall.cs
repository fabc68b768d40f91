using Trunkline.Http2;
using Trunkline.Rpc.Diagnostics;
using Trunkline.Rpc.Messages;
using Trunkline.Rpc.Servers.Routing;

namespace Trunkline.Rpc.Servers.Calls;

/// <summary>A call with its message types: what all kinds share in reading requests and writing responses.</summary>
/// <param name="method">The method.</param>
/// <param name="isBlocking">True for handlers that run on the blocking workers.</param>
internal abstract class ServerCall<TRequest, TResponse>(ServiceMethod<TRequest, TResponse> method, bool isBlocking) : ServerCall
    where TRequest : class
    where TResponse : class
{
    private readonly InlineMessage<TResponse> _inline = new();

    protected ServiceMethod<TRequest, TResponse> Method { get; } = method;

    protected override string MethodName => Method.FullName;

    protected override Status NoRoom => new(
        StatusCode.ResourceExhausted,
        $"All {Host.Workers.MaxThreads} blocking workers are busy and {Host.Workers.MaxQueued} calls wait for one, which is the limit (MaxQueuedBlockingCalls).");

    /// <summary>Writes a message of a response stream; from any thread.</summary>
    /// <returns>Completes when there is room for the next.</returns>
    public Task WriteResponse(TResponse message, WriteOptions? options)
    {
        MessageCoding? coding = CodingFor(options ?? Context.WriteOptions);
        if (coding is null && Method.ResponseMarshaller.Codec is not null && TrySendInline(message, out Task sent))
        {
            return sent;
        }

        MessageFault fault = MessageSerializer.Serialize(Method.ResponseMarshaller, message, coding, Host.MaxSendMessageSize, out PooledBuffer? framed);
        if (!fault.IsNone)
        {
            return Task.FromException(new RpcException(fault.ToStatus()));
        }

        lock (Response.Lock)
        {
            return Response.SendLocked(message: null, framed);
        }
    }

    protected override bool Schedule()
    {
        if (isBlocking)
        {
            return Host.Workers.TryQueue(this);
        }

        Connection.Gather(this);
        return true;
    }

    /// <summary>True when the read loop may read the message where it lies: plain, short, and by a codec that is trusted to be quick.</summary>
    protected bool CanReadInPlace(in MessageFrame frame) => frame.Owned is null && !frame.IsCompressed && Method.RequestMarshaller.Codec is not null;

    protected MessageFault ReadRequest(in MessageFrame frame, out TRequest? request) =>
        MessageSerializer.Deserialize(Method.RequestMarshaller, frame, RequestCoding, Host.MaxReceiveMessageSize, out request);

    /// <summary>Ends a call that has a single response.</summary>
    protected void FinishWithResponse(TResponse? response)
    {
        Status status = Context.Status;
        if (status.StatusCode != StatusCode.OK)
        {
            Finish(status);
            return;
        }

        if (response is null)
        {
            FinishWith(new InvalidOperationException($"The handler of {MethodName} returned null in place of a response."));
            return;
        }

        MessageCoding? coding = CodingFor(Context.WriteOptions);
        if (coding is null && _inline.TrySet(Method.ResponseMarshaller, response, Host.MaxSendMessageSize))
        {
            Finish(status, _inline);
            return;
        }

        MessageFault fault = MessageSerializer.Serialize(Method.ResponseMarshaller, response, coding, Host.MaxSendMessageSize, out PooledBuffer? framed);
        if (fault.IsNone)
        {
            Finish(status, data: framed);
            return;
        }

        ServerLog.ResponseFailed(Connection.Logger, fault.Cause, MethodName, fault.Text);
        Finish(fault.ToStatus());
    }

    protected override void OnFinished() => _inline.Clear();

    private bool TrySendInline(TResponse message, out Task sent)
    {
        lock (Response.Lock)
        {
            if (!_inline.TrySet(Method.ResponseMarshaller, message, Host.MaxSendMessageSize))
            {
                sent = Task.CompletedTask;
                return false;
            }

            sent = Response.SendLocked(_inline, data: null);
            _inline.Clear();
            return true;
        }
    }
}
