using System.Buffers;
using System.Diagnostics;
using Trunkline.Http2;

namespace Trunkline.Rpc.Messages;

/// <summary>Lends a marshaller the pooled memory behind a message's prefix. One a thread is kept for reuse.</summary>
internal sealed class FramingContext : SerializationContext
{
    private const int NotAnnounced = -1;

    [ThreadStatic]
    private static FramingContext? _spare;

    private PooledBuffer? _buffer;
    private long _start;
    private int _announced = NotAnnounced;
    private bool _isComplete;

    /// <summary>Lets a marshaller append one message to the buffer.</summary>
    /// <exception cref="Exception">Whatever the marshaller throws, or what says how it misused the context.</exception>
    public static void Serialize<T>(Marshaller<T> marshaller, T message, PooledBuffer buffer)
    {
        // A marshaller may itself serialize on this thread, so the spare one is taken away while it is in use.
        FramingContext context = _spare ?? new FramingContext();
        _spare = null;
        context._buffer = buffer;
        context._start = buffer.Length;
        try
        {
            marshaller.ContextualSerializer(message, context);
            if (!context._isComplete)
            {
                throw ThrowHelper.MarshallerDidNotComplete();
            }
        }
        finally
        {
            context.Reset();
            _spare = context;
        }
    }

    public override void Complete(byte[] payload)
    {
        ArgumentNullException.ThrowIfNull(payload);
        Buffer.Write(payload);
        Complete();
    }

    public override IBufferWriter<byte> GetBufferWriter() => Buffer;

    public override void SetPayloadLength(int payloadLength)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(payloadLength);
        _announced = payloadLength;
    }

    public override void Complete()
    {
        long written = Buffer.Length - _start;
        if (_announced != NotAnnounced && _announced != written)
        {
            throw new InvalidOperationException($"The serializer announced {_announced} bytes and wrote {written}.");
        }

        _isComplete = true;
    }

    private PooledBuffer Buffer
    {
        get
        {
            if (_isComplete)
            {
                throw new InvalidOperationException("The serializer has already completed its message.");
            }

            Debug.Assert(_buffer is not null, "The context is used outside of Serialize.");
            return _buffer;
        }
    }

    private void Reset()
    {
        _buffer = null;
        _announced = NotAnnounced;
        _isComplete = false;
    }
}
