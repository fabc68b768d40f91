using System.Buffers;
using System.IO.Pipelines;

namespace Trunkline.Http2;

/// <summary>
/// One end of a link within the process. Bounded like a socket: a send waits while the other end has too much unread. Made in pairs by
/// <see cref="CreatePair"/>.
/// </summary>
public sealed class MemoryLink : Link
{
    private readonly Pipe _incoming;
    private readonly Pipe _outgoing;
    private readonly Fate _fate;

    private MemoryLink(Pipe incoming, Pipe outgoing, Fate fate)
    {
        _incoming = incoming;
        _outgoing = outgoing;
        _fate = fate;
    }

    /// <inheritdoc/>
    public override LinkInfo Info { get; } = new();

    /// <summary>Makes two ends: what one sends the other receives.</summary>
    /// <param name="capacity">The bytes that may wait in each direction before a send waits; 65,536 by default. 0 sets no bound.</param>
    public static (MemoryLink First, MemoryLink Second) CreatePair(int capacity = 65_536)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(capacity);
        var options = new PipeOptions(pauseWriterThreshold: capacity, resumeWriterThreshold: capacity / 2, useSynchronizationContext: false);
        var there = new Pipe(options);
        var back = new Pipe(options);
        var fate = new Fate();
        return (new MemoryLink(back, there, fate), new MemoryLink(there, back, fate));
    }

    /// <inheritdoc/>
    public override async ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        _fate.ThrowIfAborted();
        ReadResult result = await ReadAsync(cancellationToken).ConfigureAwait(false);
        _fate.ThrowIfAborted();
        int count = (int)Math.Min(buffer.Length, result.Buffer.Length);
        ReadOnlySequence<byte> taken = result.Buffer.Slice(0, count);
        taken.CopyTo(buffer.Span);
        _incoming.Reader.AdvanceTo(taken.End);
        return count;
    }

    /// <inheritdoc/>
    public override async ValueTask SendAsync(ReadOnlySequence<byte> bytes, CancellationToken cancellationToken)
    {
        _fate.ThrowIfAborted();
        try
        {
            foreach (ReadOnlyMemory<byte> piece in bytes)
            {
                _outgoing.Writer.Write(piece.Span);
            }
        }
        catch (InvalidOperationException e)
        {
            throw new IOException("the memory link was closed by this side", e);
        }

        FlushResult result = await _outgoing.Writer.FlushAsync(cancellationToken).ConfigureAwait(false);
        _fate.ThrowIfAborted();
        if (result.IsCompleted)
        {
            throw new IOException("the other end of the memory link is closed");
        }
    }

    /// <inheritdoc/>
    public override void Abort(Exception? reason)
    {
        if (_fate.TryAbort(reason))
        {
            _incoming.Reader.CancelPendingRead();
            _incoming.Writer.CancelPendingFlush();
            _outgoing.Reader.CancelPendingRead();
            _outgoing.Writer.CancelPendingFlush();
        }
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await _outgoing.Writer.CompleteAsync().ConfigureAwait(false);
        _incoming.Reader.CancelPendingRead();
        await _incoming.Reader.CompleteAsync().ConfigureAwait(false);
    }

    private async ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _incoming.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (InvalidOperationException e)
        {
            throw new IOException("the memory link was closed by this side", e);
        }
    }

    /// <summary>What both ends share: whether one of them has torn the link down, and why.</summary>
    private sealed class Fate
    {
        private static readonly Exception NoReason = new IOException("no reason was given");

        private Exception? _reason;

        public bool TryAbort(Exception? reason) => Interlocked.CompareExchange(ref _reason, reason ?? NoReason, comparand: null) is null;

        public void ThrowIfAborted()
        {
            if (Volatile.Read(ref _reason) is { } reason)
            {
                throw new IOException($"the memory link was aborted: {reason.Message}", reason);
            }
        }
    }
}
