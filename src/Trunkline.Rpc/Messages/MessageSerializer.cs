using System.Buffers;
using Trunkline.Http2;

namespace Trunkline.Rpc.Messages;

/// <summary>Messages to framed bytes in pooled memory, and back. User code runs in the marshallers; what it throws becomes a fault.</summary>
internal static class MessageSerializer
{
    /// <summary>The longest message that may be serialized inside the output gate: with its prefix it fits <see cref="Outgoing.MaxInlineLength"/>.</summary>
    public const int MaxInlinePayload = Outgoing.MaxInlineLength - MessagePrefix.Size;

    /// <summary>Serializes, compresses and frames a message.</summary>
    /// <param name="marshaller">Knows the message.</param>
    /// <param name="message">The message.</param>
    /// <param name="coding">The compression; null for none. A message that would not become shorter goes out plain, which every receiver takes.</param>
    /// <param name="maxLength">The longest plain message, in bytes.</param>
    /// <param name="framed">Prefix and payload, to be handed over or disposed; null after a fault.</param>
    public static MessageFault Serialize<T>(Marshaller<T> marshaller, T message, MessageCoding? coding, int maxLength, out PooledBuffer? framed)
    {
        var plain = new PooledBuffer();
        Memory<byte> prefix = plain.Reserve(MessagePrefix.Size);
        MessageFault fault = Fill(marshaller, message, plain, maxLength);
        if (!fault.IsNone)
        {
            plain.Dispose();
            framed = null;
            return fault;
        }

        MessagePrefix.Write(prefix.Span, compressed: false, (int)plain.Length - MessagePrefix.Size);
        framed = coding is null ? plain : Compress(plain, coding);
        return MessageFault.None;
    }

    /// <summary>Decompresses and deserializes a message. The frame stays the caller's.</summary>
    /// <param name="marshaller">Knows the message.</param>
    /// <param name="frame">The message as it came.</param>
    /// <param name="coding">The coding that <c>grpc-encoding</c> named; null for none.</param>
    /// <param name="maxLength">The longest plain message, in bytes.</param>
    /// <param name="message">The message; the default value after a fault.</param>
    public static MessageFault Deserialize<T>(Marshaller<T> marshaller, in MessageFrame frame, MessageCoding? coding, int maxLength, out T? message)
    {
        if (!frame.IsCompressed)
        {
            return Parse(marshaller, frame.Payload, out message);
        }

        message = default;
        if (coding is null)
        {
            return MessageFault.CompressedWithoutCoding();
        }

        using var plain = new PooledBuffer();
        MessageFault fault = coding.Decompress(frame.Payload, maxLength, plain);
        return fault.IsNone ? Parse(marshaller, plain.WrittenSequence, out message) : fault;
    }

    private static MessageFault Fill<T>(Marshaller<T> marshaller, T message, PooledBuffer buffer, int maxLength)
    {
#pragma warning disable CA1031 // A marshaller is user code: whatever it throws becomes the call's status.
        try
        {
            if (marshaller.Codec is not { } codec)
            {
                FramingContext.Serialize(marshaller, message, buffer);
                long length = buffer.Length - MessagePrefix.Size;
                return length > maxLength ? MessageFault.SentTooLarge(length, maxLength) : MessageFault.None;
            }

            int size = codec.SizeOf(message);
            if (size > maxLength)
            {
                return MessageFault.SentTooLarge(size, maxLength);
            }

            if (size > 0)
            {
                codec.WriteTo(message, buffer.GetSpan(size)[..size]);
                buffer.Advance(size);
            }

            return MessageFault.None;
        }
        catch (Exception exception)
        {
            return MessageFault.CannotSerialize(exception);
        }
#pragma warning restore CA1031
    }

    private static MessageFault Parse<T>(Marshaller<T> marshaller, in ReadOnlySequence<byte> payload, out T? message)
    {
#pragma warning disable CA1031 // A marshaller is user code: whatever it throws becomes the call's status.
        try
        {
            message = marshaller.Codec is { } codec ? codec.ReadFrom(payload) : PayloadContext.Deserialize(marshaller, payload);
            return MessageFault.None;
        }
        catch (Exception exception)
        {
            message = default;
            return MessageFault.CannotDeserialize(exception);
        }
#pragma warning restore CA1031
    }

    private static PooledBuffer Compress(PooledBuffer plain, MessageCoding coding)
    {
        var packed = new PooledBuffer();
        Memory<byte> prefix = packed.Reserve(MessagePrefix.Size);
        coding.Compress(plain.WrittenSequence.Slice(MessagePrefix.Size), packed);
        if (packed.Length >= plain.Length)
        {
            packed.Dispose();
            return plain;
        }

        MessagePrefix.Write(prefix.Span, compressed: true, (int)packed.Length - MessagePrefix.Size);
        plain.Dispose();
        return packed;
    }
}
