using System.Runtime.InteropServices;
using Trunkline.Rpc.Messages;

namespace Trunkline.Rpc.Clients;

/// <summary>The response of a call that has one. A small message of a trusted codec is read where it lies; any other is kept for the caller's side.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct SingleResponse<TResponse>
{
    private TResponse? _message;
    private MessageFrame _frame;
    private bool _hasFrame;

    /// <summary>True once there is a message.</summary>
    public bool HasMessage { get; private set; }

    /// <summary>Takes the message. On the read loop.</summary>
    public MessageFault Receive(Marshaller<TResponse> marshaller, in MessageFrame frame)
    {
        HasMessage = true;
        if (frame is { Owned: null, IsCompressed: false } && marshaller.Codec is not null)
        {
            return MessageSerializer.Deserialize(marshaller, frame, coding: null, frame.Length, out _message);
        }

        // A user's marshaller, or much work: not on the read loop.
        _frame = frame.Keep();
        _hasFrame = true;
        return MessageFault.None;
    }

    /// <summary>Gives the message to the caller; the place is empty afterwards.</summary>
    /// <param name="marshaller">Knows the message.</param>
    /// <param name="coding">The coding that the response named.</param>
    /// <param name="maxLength">The longest plain message, in bytes.</param>
    /// <param name="wanted">False where the call failed, so that the message is only let go.</param>
    /// <param name="message">The message.</param>
    public MessageFault Take(Marshaller<TResponse> marshaller, MessageCoding? coding, int maxLength, bool wanted, out TResponse? message)
    {
        MessageFault fault = MessageFault.None;
        message = _message;
        if (_hasFrame)
        {
            if (wanted)
            {
                fault = MessageSerializer.Deserialize(marshaller, _frame, coding, maxLength, out message);
            }

            _frame.Release();
        }

        this = default;
        return fault;
    }
}
