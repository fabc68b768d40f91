using Google.Protobuf;

namespace Trunkline;

/// <summary>Makes marshallers for messages of Google.Protobuf.</summary>
public static class ProtobufMarshaller
{
    /// <summary>Makes the marshaller of a message type. Make it once and keep it.</summary>
    /// <typeparam name="T">The message.</typeparam>
    /// <param name="parser">The type's parser, such as <c>HelloRequest.Parser</c>.</param>
    public static Marshaller<T> For<T>(MessageParser<T> parser)
        where T : class, IMessage<T>
    {
        ArgumentNullException.ThrowIfNull(parser);
        return new Marshaller<T>(new Protobuf.ProtobufCodec<T>(parser));
    }
}
