using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Trunkline.Http2;

namespace Trunkline.Rpc.Messages;

/// <summary>What <see cref="MessageDeframer.Read"/> found.</summary>
internal enum DeframeOutcome
{
    /// <summary>All of the input is used up and the message at hand is not whole.</summary>
    NeedsMore,

    /// <summary>A whole message.</summary>
    Message,

    /// <summary>The stream is broken; nothing more can be read from it.</summary>
    Fault,
}

/// <summary>
/// Cuts the content of a stream into messages, wherever the frames that bring it begin and end. A message that lies whole in one piece is lent
/// without a copy; any other is gathered in pooled memory as it arrives, so that an announced length alone takes no memory.
/// A mutable struct that lives inside its call; fed by one thread at a time.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal struct MessageDeframer(int maxLength)
{
    private readonly int _maxLength = maxLength;
    private PooledBuffer? _gathered;
    private ulong _prefixBits;
    private int _prefixLength;
    private int _length;
    private int _missing;
    private bool _insideMessage;
    private bool _compressed;

    /// <summary>True between the first byte of a message's prefix and its last byte.</summary>
    public readonly bool IsInsideMessage => _insideMessage || _prefixLength > 0;

    /// <summary>What has arrived of the message that is not whole, prefix included, in bytes.</summary>
    public readonly int PartialLength => _insideMessage ? MessagePrefix.Size + _length - _missing : _prefixLength;

    /// <summary>Takes the next message out of the input, or all of the input where there is none.</summary>
    /// <param name="input">What has arrived; on return, what is left of it.</param>
    /// <param name="message">The message; lent ones are valid as long as the input is.</param>
    /// <param name="fault">The reason for <see cref="DeframeOutcome.Fault"/>.</param>
    public DeframeOutcome Read(ref ReadOnlyMemory<byte> input, out MessageFrame message, out MessageFault fault)
    {
        message = default;
        fault = MessageFault.None;
        if (!_insideMessage)
        {
            if (!TakePrefix(ref input))
            {
                return DeframeOutcome.NeedsMore;
            }

            fault = MessagePrefix.Read(_prefixBits, _maxLength, out _compressed, out _length);
            if (!fault.IsNone)
            {
                return DeframeOutcome.Fault;
            }

            _missing = _length;
            _insideMessage = true;
        }

        return TakePayload(ref input, out message) ? DeframeOutcome.Message : DeframeOutcome.NeedsMore;
    }

    /// <summary>Tells whether the stream may end here.</summary>
    public readonly MessageFault End() => _insideMessage
        ? MessageFault.Truncated(_missing)
        : _prefixLength > 0 ? MessageFault.Truncated(MessagePrefix.Size - _prefixLength) : MessageFault.None;

    /// <summary>Gives back the memory of a message that will not become whole.</summary>
    public void Abandon()
    {
        _gathered?.Dispose();
        _gathered = null;
    }

    private bool TakePrefix(ref ReadOnlyMemory<byte> input)
    {
        ReadOnlySpan<byte> bytes = input.Span;
        if (_prefixLength == 0 && bytes.Length >= MessagePrefix.Size)
        {
            _prefixBits = ((ulong)bytes[0] << 32) | BinaryPrimitives.ReadUInt32BigEndian(bytes[1..]);
            input = input[MessagePrefix.Size..];
            return true;
        }

        return TakeSplitPrefix(ref input);
    }

    private bool TakeSplitPrefix(ref ReadOnlyMemory<byte> input)
    {
        int count = Math.Min(MessagePrefix.Size - _prefixLength, input.Length);
        ulong bits = _prefixLength == 0 ? 0 : _prefixBits;
        foreach (byte value in input.Span[..count])
        {
            bits = (bits << 8) | value;
        }

        input = input[count..];
        _prefixBits = bits;
        _prefixLength += count;
        if (_prefixLength < MessagePrefix.Size)
        {
            return false;
        }

        _prefixLength = 0;
        return true;
    }

    private bool TakePayload(ref ReadOnlyMemory<byte> input, out MessageFrame message)
    {
        if (_gathered is null && input.Length >= _missing)
        {
            message = new MessageFrame(input[.._missing], _compressed);
            input = input[_missing..];
            _insideMessage = false;
            return true;
        }

        return Gather(ref input, out message);
    }

    private bool Gather(ref ReadOnlyMemory<byte> input, out MessageFrame message)
    {
        int count = Math.Min(_missing, input.Length);
        if (count > 0)
        {
            _gathered ??= new PooledBuffer();
            _gathered.Write(input.Span[..count]);
            input = input[count..];
            _missing -= count;
        }

        if (_missing > 0)
        {
            message = default;
            return false;
        }

        message = new MessageFrame(_gathered!, _compressed);
        _gathered = null;
        _insideMessage = false;
        return true;
    }
}
