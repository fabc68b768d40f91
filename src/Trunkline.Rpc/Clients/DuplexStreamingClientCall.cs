using Trunkline.Http2;
using Trunkline.Rpc.Messages;

namespace Trunkline.Rpc.Clients;

/// <summary>A stream each way; the two do not depend on each other.</summary>
internal sealed class DuplexStreamingClientCall<TRequest, TResponse> : ClientCall
    where TRequest : class
    where TResponse : class
{
    private readonly ResponseReader<TResponse> _reader;
    private RequestWriter<TRequest> _writer = null!;

    private DuplexStreamingClientCall(Method<TRequest, TResponse> method, int maxReceive) =>
        _reader = new ResponseReader<TResponse>(this, method.ResponseMarshaller, maxReceive);

    public static AsyncDuplexStreamingCall<TRequest, TResponse> Start(
        Channel channel, Method<TRequest, TResponse> method, string? host, in CallOptions options)
    {
        var call = new DuplexStreamingClientCall<TRequest, TResponse>(method, channel.MaxReceiveMessageSize);
        call.Begin(channel, method, host, options);
        call._writer = new RequestWriter<TRequest>(call, method.RequestMarshaller, call.RequestCoding, channel.MaxSendMessageSize)
        {
            WriteOptions = options.WriteOptions,
        };
        call.Submit(options.CancellationToken);
        var handle = new DuplexStreamHandle<TRequest, TResponse>(call, call._writer, call._reader);
        return new AsyncDuplexStreamingCall<TRequest, TResponse>(handle, handle, handle);
    }

    /// <inheritdoc/>
    public override void Run() => _reader.Settle();

    /// <inheritdoc/>
    public override void OnWritable() => _writer.OnWritable();

    /// <inheritdoc/>
    protected override void WriteRequest(Http2Stream stream, PreparedFields headers, FieldSection? moreHeaders) =>
        _writer.Attach(stream, headers, moreHeaders);

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
        _writer.OnOver(Outcome!);
        if (_reader.OnOver(Outcome!))
        {
            Channel.Completions.Gather(this);
        }
    }
}
