using Trunkline.Http2;
using Trunkline.Rpc.Channels;
using Trunkline.Rpc.Messages;

namespace Trunkline.Rpc.Clients;

/// <summary>The request of a call that has one: straight from the caller's object where the stream is there at once, serialized where the call waits.</summary>
internal sealed class SingleRequest<TRequest>
{
    private readonly InlineMessage<TRequest> _inline = new();
    private Marshaller<TRequest> _marshaller = null!;
    private TRequest? _request;
    private PooledBuffer? _serialized;

    public void Set(Marshaller<TRequest> marshaller, TRequest request)
    {
        _marshaller = marshaller;
        _request = request;
    }

    /// <summary>Serializes the request: its caller may change it once the call has been started, and what is sent is what it was at the start.</summary>
    public MessageFault Serialize(MessageCoding? coding, int maxLength)
    {
        MessageFault fault = MessageSerializer.Serialize(_marshaller, _request!, coding, maxLength, out _serialized);
        _request = default;
        return fault;
    }

    /// <summary>Writes headers, request and END_STREAM: in one pass through the output gate, without a buffer where the message is small.</summary>
    public MessageFault Write(
        Http2Stream stream, PreparedFields headers, FieldSection? moreHeaders, MessageCoding? coding, int maxLength, out WriteOutcome outcome)
    {
        outcome = WriteOutcome.Closed;
        if (_serialized is null && coding is null && _inline.TrySet(_marshaller, _request!, maxLength))
        {
            outcome = stream.Write(new Outgoing { Headers = headers, MoreHeaders = moreHeaders, InlinePayload = _inline, EndStream = true });
            _inline.Clear();
            _request = default;
            return MessageFault.None;
        }

        MessageFault fault = _serialized is null ? Serialize(coding, maxLength) : MessageFault.None;
        if (fault.IsNone)
        {
            PooledBuffer? data = _serialized;
            _serialized = null;
            outcome = stream.Write(new Outgoing { Headers = headers, MoreHeaders = moreHeaders, Data = data, EndStream = true });
        }

        return fault;
    }

    /// <summary>Lets go of a request that will not be sent.</summary>
    public void Clear()
    {
        _request = default;
        _serialized?.Dispose();
        _serialized = null;
    }
}
