using System.Buffers;
using System.Runtime.CompilerServices;
using Trunkline.Http2.Scheduling;

namespace Trunkline.Http2.Connections;

/// <summary>
/// Carries what has gathered in the output gate to the link, one gathered list after the other. The gate sees to it that at most one flush is under
/// way; this class is what that flush runs.
/// </summary>
internal sealed class Flusher(ConnectionCore core, Link link) : IThreadPoolWorkItem
{
    private readonly List<StreamProgress> _progress = [];
    private readonly TaskCompletionSource _idleAfterClose = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _isClosing;
    private bool _isQueueShort;

    /// <summary>Completes when everything appended before <see cref="BeginClose"/> has been handed to the link, or the link has failed.</summary>
    public Task Drained => _idleAfterClose.Task;

    /// <summary>Flushes on this thread, as far as the link takes the bytes without waiting.</summary>
    public void Run() => _ = RunAsync(isInsideWrite: true);

    /// <summary>Flushes on the thread pool, so that what other threads append until then goes along.</summary>
    public void Schedule() => ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);

    /// <inheritdoc/>
    public void Execute() => _ = RunAsync(isInsideWrite: false);

    /// <summary>Says that nothing more will be appended: the next time that there is nothing to send, <see cref="Drained"/> completes.</summary>
    public void BeginClose() => Volatile.Write(ref _isClosing, 1);

    /// <summary>Says that nothing can be sent any more.</summary>
    public void GiveUp() => _idleAfterClose.TrySetResult();

    private void NoteIdle()
    {
        if (Volatile.Read(ref _isClosing) == 1)
        {
            _idleAfterClose.TrySetResult();
        }
    }

    // A Task costs nothing while the link takes the bytes at once, which is the rule.
    private async Task RunAsync(bool isInsideWrite)
    {
        try
        {
            while (core.Output.TryTakeOutput(_progress, out Segment? chain))
            {
                if (isInsideWrite && _progress.Count > 0)
                {
                    // Whoever writes may hold a lock of its own until it knows what became of its write: it is told that there is room only after that.
                    await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
                    isInsideWrite = false;
                }

                ShortenQueueOnce();
                TellProgress();
                if (chain is not null)
                {
                    await SendAsync(chain).ConfigureAwait(false);
                }
            }

            NoteIdle();
        }
        catch (Exception exception)
        {
            // Whatever a link throws, the link is unusable: the connection ends with that as its cause.
            GiveUp();
            core.OnLinkFailed("sending failed: " + exception.Message, exception);
        }
    }

    private void ShortenQueueOnce()
    {
        if (core.Output.IsLate && !_isQueueShort)
        {
            _isQueueShort = true;
            link.ShortenQueue();
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask SendAsync(Segment chain)
    {
        try
        {
            ValueTask sent = link.SendAsync(ToSequence(chain), CancellationToken.None);
            if (sent.IsCompleted)
            {
                await sent.ConfigureAwait(false);
                return;
            }

            core.Stalls.NoteSending();
            await sent.ConfigureAwait(false);
            core.Stalls.NoteSent();
        }
        finally
        {
            Segment.ReleaseChain(chain);
        }
    }

    private static ReadOnlySequence<byte> ToSequence(Segment chain)
    {
        Segment.Link(chain);
        Segment last = chain;
        while (last.NextSegment is { } next)
        {
            last = next;
        }

        return new ReadOnlySequence<byte>(chain, 0, last, last.Length);
    }

    private void TellProgress()
    {
        foreach (StreamProgress progress in _progress)
        {
            if (progress.IsWritable)
            {
                progress.Stream.TellWritable(progress.Id);
            }

            if (progress.IsFinished)
            {
                core.Finish(progress.Stream);
            }
        }

        _progress.Clear();
    }
}
