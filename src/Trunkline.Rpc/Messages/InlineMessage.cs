using Trunkline.Http2;

namespace Trunkline.Rpc.Messages;

/// <summary>
/// A small message of a trusted codec that writes itself, prefix and all, straight into the connection's output. Owned by one call and used for
/// one message after the other; it holds the message only between <see cref="TrySet"/> and <see cref="Clear"/>.
/// </summary>
internal sealed class InlineMessage<T> : IInlinePayload
{
    private MessageCodec<T>? _codec;
    private T? _message;
    private int _size;

    /// <inheritdoc/>
    public int Length => MessagePrefix.Size + _size;

    /// <summary>Takes a message if it can go this way: its marshaller has a codec and it is short enough.</summary>
    /// <param name="marshaller">Knows the message.</param>
    /// <param name="message">The message.</param>
    /// <param name="maxLength">The longest message that may be sent, in bytes.</param>
    /// <returns>False to go the long way through <see cref="MessageSerializer.Serialize"/>, which also reports what is wrong with the message.</returns>
    public bool TrySet(Marshaller<T> marshaller, T message, int maxLength)
    {
        if (marshaller.Codec is not { } codec)
        {
            return false;
        }

#pragma warning disable CA1031 // A codec is user code: the long way meets the same exception again and makes a fault of it.
        try
        {
            _size = codec.SizeOf(message);
        }
        catch (Exception)
        {
            return false;
        }
#pragma warning restore CA1031

        if ((uint)_size > Math.Min(MessageSerializer.MaxInlinePayload, maxLength))
        {
            return false;
        }

        _codec = codec;
        _message = message;
        return true;
    }

    /// <inheritdoc/>
    public void WriteTo(Span<byte> destination)
    {
        MessagePrefix.Write(destination, compressed: false, _size);
        _codec!.WriteTo(_message!, destination[MessagePrefix.Size..]);
    }

    /// <summary>Lets go of the message.</summary>
    public void Clear() => _message = default;
}
