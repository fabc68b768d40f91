using System.Buffers;

namespace Trunkline.Http2.Diagnostics;

/// <summary>
/// A link that shows every byte to a <see cref="FrameTrace"/> on its way. The engine above knows nothing of it, so that a trace that is switched off
/// costs nothing, and one that is switched on shows what really went over the wire.
/// </summary>
internal sealed class TracedLink(Link link, FrameTrace trace) : Link
{
    public override LinkInfo Info => link.Info;

    public override async ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        int count = await link.ReceiveAsync(buffer, cancellationToken).ConfigureAwait(false);
        trace.NoteReceived(buffer.Span[..count]);
        return count;
    }

    public override ValueTask SendAsync(ReadOnlySequence<byte> bytes, CancellationToken cancellationToken)
    {
        trace.NoteSent(bytes);
        return link.SendAsync(bytes, cancellationToken);
    }

    public override void ShortenQueue() => link.ShortenQueue();

    public override void Abort(Exception? reason)
    {
        trace.NoteEnd("the link is torn down");
        link.Abort(reason);
    }

    public override ValueTask DisposeAsync()
    {
        trace.NoteEnd("the link is closed");
        return link.DisposeAsync();
    }
}
