using Trunkline.Http2;
using Trunkline.Rpc.Messages;

namespace Trunkline.Rpc.Clients;

/// <summary>One request, a stream of responses.</summary>
internal sealed class ServerStreamingClientCall<TRequest, TResponse> : ClientCall
    where TRequest : class
    where TResponse : class
{
    private readonly SingleRequest<TRequest> _request = new();
    private readonly ResponseReader<TResponse> _reader;

    private ServerStreamingClientCall(Method<TRequest, TResponse> method, int maxReceive) =>
        _reader = new ResponseReader<TResponse>(this, method.ResponseMarshaller, maxReceive);

    public static AsyncServerStreamingCall<TResponse> Start(
        Channel channel, Method<TRequest, TResponse> method, string? host, in CallOptions options, TRequest request)
    {
        var call = new ServerStreamingClientCall<TRequest, TResponse>(method, channel.MaxReceiveMessageSize);
        call.Begin(channel, method, host, options);
        call._request.Set(method.RequestMarshaller, request);
        call.Submit(options.CancellationToken);
        var handle = new ResponseStreamHandle<TResponse>(call, call._reader);
        return new AsyncServerStreamingCall<TResponse>(handle, handle);
    }

    /// <inheritdoc/>
    public override void PrepareToWait()
    {
        base.PrepareToWait();
        MessageFault fault = _request.Serialize(RequestCoding, Channel.MaxSendMessageSize);
        if (!fault.IsNone)
        {
            End(fault);
        }
    }

    /// <inheritdoc/>
    public override void Run() => _reader.Settle();

    /// <inheritdoc/>
    protected override void WriteRequest(Http2Stream stream, PreparedFields headers, FieldSection? moreHeaders)
    {
        MessageFault fault = _request.Write(stream, headers, moreHeaders, RequestCoding, Channel.MaxSendMessageSize, out WriteOutcome outcome);
        IsRequestSent |= outcome == WriteOutcome.Sent;
        if (!fault.IsNone)
        {
            End(fault);
        }
    }

    /// <inheritdoc/>
    public override void OnMessage(in MessageFrame frame)
    {
        MessageFault fault = _reader.Receive(frame, out bool wake);
        if (!fault.IsNone)
        {
            End(fault);
        }
        else if (wake)
        {
            Channel.Completions.Gather(this);
        }
    }

    /// <inheritdoc/>
    public override void OnReceived(int length, int partial) => _reader.ReceivePartial(partial);

    /// <inheritdoc/>
    protected override void OnOver()
    {
        _request.Clear();
        if (_reader.OnOver(Outcome!))
        {
            Channel.Completions.Gather(this);
        }
    }
}
