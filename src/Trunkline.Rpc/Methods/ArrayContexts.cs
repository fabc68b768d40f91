using System.Buffers;
using Trunkline.Http2;

namespace Trunkline.Rpc.Methods;

/// <summary>Gathers one message for <see cref="Marshaller{T}.Serializer"/>, where a caller wants an array.</summary>
internal sealed class ArraySerializationContext : SerializationContext, IDisposable
{
    private readonly PooledBuffer _buffer = new();
    private byte[]? _payload;

    public byte[] ToArray() => _payload ?? throw ThrowHelper.MarshallerDidNotComplete();

    public void Dispose() => _buffer.Dispose();

    public override void Complete(byte[] payload) => _payload = payload;

    public override IBufferWriter<byte> GetBufferWriter() => _buffer;

    public override void SetPayloadLength(int payloadLength)
    {
        // The array is made from what was written; a length beforehand would save nothing.
    }

    public override void Complete() => _payload = _buffer.WrittenSequence.ToArray();
}

/// <summary>Lends an array to a contextual deserializer.</summary>
internal sealed class ArrayDeserializationContext(byte[] payload) : DeserializationContext
{
    public override int PayloadLength => payload.Length;

    public override byte[] PayloadAsNewBuffer() => payload.AsSpan().ToArray();

    public override ReadOnlySequence<byte> PayloadAsReadOnlySequence() => new(payload);
}
