using Trunkline.Http2;
using Trunkline.Rpc.Messages;

namespace Trunkline.Rpc.Clients;

/// <summary>A stream of requests, one response.</summary>
internal sealed class ClientStreamingClientCall<TRequest, TResponse> : ClientCall
    where TRequest : class
    where TResponse : class
{
    private readonly Method<TRequest, TResponse> _method;
    private readonly TaskCompletionSource<TResponse> _result = new();
    private RequestWriter<TRequest> _writer = null!;
    private SingleResponse<TResponse> _response;

    private ClientStreamingClientCall(Method<TRequest, TResponse> method) => _method = method;

    public static AsyncClientStreamingCall<TRequest, TResponse> Start(
        Channel channel, Method<TRequest, TResponse> method, string? host, in CallOptions options)
    {
        var call = new ClientStreamingClientCall<TRequest, TResponse>(method);
        call.Begin(channel, method, host, options);
        call._writer = new RequestWriter<TRequest>(call, method.RequestMarshaller, call.RequestCoding, channel.MaxSendMessageSize)
        {
            WriteOptions = options.WriteOptions,
        };
        call.Submit(options.CancellationToken);
        return new AsyncClientStreamingCall<TRequest, TResponse>(call._writer, call._result.Task, new ClientCallControl(call));
    }

    /// <summary>Brings the result. The continuations of who awaits it run in here.</summary>
    public override void Run()
    {
        CallOutcome outcome = Outcome!;
        MessageFault fault = _response.Take(
            _method.ResponseMarshaller, Coding, Channel.MaxReceiveMessageSize, outcome.IsSuccess, out TResponse? response);
        outcome = fault.IsNone ? outcome : Failed(fault);
        if (outcome.IsSuccess)
        {
            _result.SetResult(response!);
        }
        else
        {
            _result.SetException(outcome.ToException());
        }
    }

    /// <inheritdoc/>
    public override void OnWritable() => _writer.OnWritable();

    /// <inheritdoc/>
    protected override void WriteRequest(Http2Stream stream, PreparedFields headers, FieldSection? moreHeaders) =>
        _writer.Attach(stream, headers, moreHeaders);

    /// <inheritdoc/>
    public override void OnMessage(in MessageFrame frame)
    {
        if (_response.HasMessage)
        {
            frame.Release();
            End(TooManyMessages());
            return;
        }

        MessageFault fault = _response.Receive(_method.ResponseMarshaller, frame);
        if (!fault.IsNone)
        {
            End(fault);
        }
    }

    /// <inheritdoc/>
    protected override CallOutcome? CheckSuccess() => _response.HasMessage ? null : NoMessage();

    /// <inheritdoc/>
    protected override void OnOver()
    {
        _writer.OnOver(Outcome!);
        Channel.Completions.Gather(this);
    }
}
