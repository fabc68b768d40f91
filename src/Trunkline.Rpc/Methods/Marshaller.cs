using Trunkline.Rpc.Methods;

namespace Trunkline;

/// <summary>How a message becomes bytes and bytes a message. Immutable; serves many calls at once.</summary>
/// <typeparam name="T">The message.</typeparam>
public class Marshaller<T>
{
    private readonly Func<T, byte[]>? _serializer;
    private readonly Func<byte[], T>? _deserializer;

    /// <summary>Makes a marshaller from functions over whole arrays.</summary>
    /// <param name="serializer">Message to bytes.</param>
    /// <param name="deserializer">Bytes to message.</param>
    public Marshaller(Func<T, byte[]> serializer, Func<byte[], T> deserializer)
    {
        ArgumentNullException.ThrowIfNull(serializer);
        ArgumentNullException.ThrowIfNull(deserializer);
        _serializer = serializer;
        _deserializer = deserializer;
        ContextualSerializer = (message, context) => context.Complete(serializer(message));
        ContextualDeserializer = context => deserializer(context.PayloadAsNewBuffer());
    }

    /// <summary>Makes a marshaller from functions over contexts, which need not allocate.</summary>
    /// <param name="serializer">Writes a message to the context and completes it.</param>
    /// <param name="deserializer">Reads a message from the context.</param>
    public Marshaller(Action<T, SerializationContext> serializer, Func<DeserializationContext, T> deserializer)
    {
        ArgumentNullException.ThrowIfNull(serializer);
        ArgumentNullException.ThrowIfNull(deserializer);
        ContextualSerializer = serializer;
        ContextualDeserializer = deserializer;
    }

    /// <summary>Makes a marshaller from a codec, the fast form.</summary>
    /// <param name="codec">The codec.</param>
    public Marshaller(MessageCodec<T> codec)
    {
        ArgumentNullException.ThrowIfNull(codec);
        Codec = codec;
        ContextualSerializer = (message, context) => SerializeWith(codec, message, context);
        ContextualDeserializer = context => codec.ReadFrom(context.PayloadAsReadOnlySequence());
    }

    /// <summary>Writes a message to a context.</summary>
    public Action<T, SerializationContext> ContextualSerializer { get; }

    /// <summary>Reads a message from a context.</summary>
    public Func<DeserializationContext, T> ContextualDeserializer { get; }

    /// <summary>Message to array.</summary>
    public Func<T, byte[]> Serializer => _serializer ?? SerializeToArray;

    /// <summary>Array to message.</summary>
    public Func<byte[], T> Deserializer => _deserializer ?? DeserializeFromArray;

    /// <summary>The fast form, where there is one.</summary>
    internal MessageCodec<T>? Codec { get; }

    private static void SerializeWith(MessageCodec<T> codec, T message, SerializationContext context)
    {
        int size = codec.SizeOf(message);
        context.SetPayloadLength(size);
        System.Buffers.IBufferWriter<byte> writer = context.GetBufferWriter();
        codec.WriteTo(message, writer.GetSpan(size)[..size]);
        writer.Advance(size);
        context.Complete();
    }

    private byte[] SerializeToArray(T message)
    {
        using var context = new ArraySerializationContext();
        ContextualSerializer(message, context);
        return context.ToArray();
    }

    private T DeserializeFromArray(byte[] payload) => ContextualDeserializer(new ArrayDeserializationContext(payload));
}
