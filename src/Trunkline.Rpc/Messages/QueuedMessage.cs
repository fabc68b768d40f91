using System.Runtime.InteropServices;

namespace Trunkline.Rpc.Messages;

/// <summary>A message that was taken out of a <see cref="MessageQueue{T}"/>.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly struct QueuedMessage<T>
    where T : class
{
    public QueuedMessage(T message) => Message = message;

    public QueuedMessage(in MessageFrame frame) => Frame = frame;

    /// <summary>The message where it was read on arrival; else null, and there is a frame.</summary>
    public T? Message { get; }

    /// <summary>The message as it came; valid until the next one is taken, and to be released.</summary>
    public MessageFrame Frame { get; }
}
