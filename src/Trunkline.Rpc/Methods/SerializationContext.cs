using System.Buffers;

namespace Trunkline;

/// <summary>
/// Where a marshaller puts a message: either all at once through <see cref="Complete(byte[])"/>, or through <see cref="GetBufferWriter"/> followed
/// by <see cref="Complete()"/>.
/// </summary>
public abstract class SerializationContext
{
    /// <summary>Gives the whole message as one array.</summary>
    /// <param name="payload">The bytes; not changed afterwards.</param>
    /// <exception cref="InvalidOperationException">The message was already given.</exception>
    public abstract void Complete(byte[] payload);

    /// <summary>Lends a writer over pooled memory.</summary>
    /// <exception cref="InvalidOperationException">The message was already given.</exception>
    public abstract IBufferWriter<byte> GetBufferWriter();

    /// <summary>Says beforehand how long the message will be; optional.</summary>
    /// <param name="payloadLength">Bytes. What is written must be exactly as long.</param>
    public abstract void SetPayloadLength(int payloadLength);

    /// <summary>Ends the message that was written through <see cref="GetBufferWriter"/>.</summary>
    /// <exception cref="InvalidOperationException">Nothing was begun, or the length differs from <see cref="SetPayloadLength"/>.</exception>
    public abstract void Complete();
}
