using System.Buffers;

namespace Trunkline;

/// <summary>The bytes of a received message, lent to a marshaller.</summary>
public abstract class DeserializationContext
{
    /// <summary>The length of the message in bytes.</summary>
    public abstract int PayloadLength { get; }

    /// <summary>Copies the message into an array of its own.</summary>
    public abstract byte[] PayloadAsNewBuffer();

    /// <summary>The message as it lies in the receive buffer; not to be used after the marshaller has returned.</summary>
    public abstract ReadOnlySequence<byte> PayloadAsReadOnlySequence();
}
