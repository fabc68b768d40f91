using System.Buffers;
using Google.Protobuf;

namespace Trunkline.Protobuf;

/// <summary>Messages of Google.Protobuf straight into and out of buffers: nothing is allocated beside the message that is read.</summary>
internal sealed class ProtobufCodec<T>(MessageParser<T> parser) : MessageCodec<T>
    where T : class, IMessage<T>
{
    public override int SizeOf(T message) => message.CalculateSize();

    public override void WriteTo(T message, Span<byte> destination) => message.WriteTo(destination);

    public override T ReadFrom(in ReadOnlySequence<byte> payload) =>
        payload.IsSingleSegment ? parser.ParseFrom(payload.FirstSpan) : parser.ParseFrom(payload);
}
