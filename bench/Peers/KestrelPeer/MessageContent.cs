using System.Net;
using System.Net.Http.Headers;
using Google.Protobuf;

namespace KestrelPeer;

/// <summary>A request body of one message.</summary>
internal sealed class MessageContent : HttpContent
{
    private static readonly MediaTypeHeaderValue Grpc = new("application/grpc");

    private readonly IMessage _message;

    public MessageContent(IMessage message)
    {
        _message = message;
        Headers.ContentType = Grpc;
    }

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>(_message.CalculateSize() + 5);
        GrpcFrame.Write(buffer, _message);
        await stream.WriteAsync(buffer.WrittenMemory);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
