using System.Buffers;

namespace Trunkline;

/// <summary>
/// The fast form of a marshaller: it knows the size of a message beforehand and is trusted not to throw while writing, so that a small message can
/// go straight into the connection's output. A codec serves many threads at once.
/// </summary>
/// <typeparam name="T">The message.</typeparam>
public abstract class MessageCodec<T>
{
    /// <summary>The exact number of bytes that <see cref="WriteTo"/> will write.</summary>
    /// <param name="message">The message; it must not change until it has been written.</param>
    /// <exception cref="Exception">Any exception is taken as a failed serialization (INTERNAL).</exception>
    public abstract int SizeOf(T message);

    /// <summary>Fills the whole span. Must not throw for a message that <see cref="SizeOf"/> accepted, must not block and must not call back.</summary>
    /// <param name="message">The message.</param>
    /// <param name="destination">As long as <see cref="SizeOf"/> said.</param>
    public abstract void WriteTo(T message, Span<byte> destination);

    /// <summary>Reads a message.</summary>
    /// <param name="payload">All bytes of the message, lent until return.</param>
    /// <exception cref="Exception">Any exception is taken as a failed deserialization (INTERNAL).</exception>
    public abstract T ReadFrom(in ReadOnlySequence<byte> payload);
}
