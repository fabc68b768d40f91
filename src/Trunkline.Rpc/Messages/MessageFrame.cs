using System.Buffers;
using Trunkline.Http2;

namespace Trunkline.Rpc.Messages;

/// <summary>
/// A whole message as it came: either lent, in the place where it lies in the receive buffer, or gathered in pooled memory that now belongs to
/// whoever has the frame.
/// </summary>
internal readonly struct MessageFrame
{
    private readonly ReadOnlyMemory<byte> _lent;

    public MessageFrame(ReadOnlyMemory<byte> lent, bool compressed)
    {
        _lent = lent;
        Length = lent.Length;
        IsCompressed = compressed;
    }

    public MessageFrame(PooledBuffer owned, bool compressed)
    {
        Owned = owned;
        Length = (int)owned.Length;
        IsCompressed = compressed;
    }

    /// <summary>The pooled memory to be disposed after use; null for a lent frame.</summary>
    public PooledBuffer? Owned { get; }

    public bool IsCompressed { get; }

    /// <summary>The length of the payload in bytes.</summary>
    public int Length { get; }

    /// <summary>What the frame took on the wire and returns as credit, in bytes.</summary>
    public int WireLength => MessagePrefix.Size + Length;

    public ReadOnlySequence<byte> Payload => Owned is { } owned ? owned.WrittenSequence : new ReadOnlySequence<byte>(_lent);

    /// <summary>Copies the payload.</summary>
    public void CopyTo(Span<byte> destination)
    {
        if (Owned is { } owned)
        {
            owned.WrittenSequence.CopyTo(destination);
        }
        else
        {
            _lent.Span.CopyTo(destination);
        }
    }

    /// <summary>A frame that outlives the callback which lent this one: itself where it is gathered, else a copy.</summary>
    public MessageFrame Keep()
    {
        if (Owned is not null || Length == 0)
        {
            return this;
        }

        var copy = new PooledBuffer();
        copy.Write(_lent.Span);
        return new MessageFrame(copy, IsCompressed);
    }

    /// <summary>Gives gathered memory back.</summary>
    public void Release() => Owned?.Dispose();
}
