using System.Buffers;

namespace Trunkline.Rpc.Messages;

/// <summary>Lends a received payload to a marshaller's contextual form. One a thread is kept for reuse.</summary>
internal sealed class PayloadContext : DeserializationContext
{
    [ThreadStatic]
    private static PayloadContext? _spare;

    private ReadOnlySequence<byte> _payload;

    public override int PayloadLength => (int)_payload.Length;

    public static T Deserialize<T>(Marshaller<T> marshaller, in ReadOnlySequence<byte> payload)
    {
        PayloadContext context = _spare ?? new PayloadContext();
        _spare = null;
        context._payload = payload;
        try
        {
            return marshaller.ContextualDeserializer(context);
        }
        finally
        {
            context._payload = default;
            _spare = context;
        }
    }

    public override byte[] PayloadAsNewBuffer() => _payload.ToArray();

    public override ReadOnlySequence<byte> PayloadAsReadOnlySequence() => _payload;
}
