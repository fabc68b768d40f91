namespace Trunkline.Http2.Connections;

/// <summary>
/// Streams that are over on the wire while the layer above still works for them: a peer that opens and resets streams has none open, and yet keeps the
/// server busy (CVE-2023-44487). At the limit the read loop first waits, which slows the peer down to the speed of the handlers and costs an honest
/// one nothing; when half of them have not ended within <see cref="Patience"/>, new streams are refused until they have.
/// </summary>
internal sealed class UnfinishedStreams(ConnectionCore core)
{
    /// <summary>How long the read loop waits for handlers before it refuses streams instead. A handler that heeds its cancellation needs microseconds.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly int _limit = core.Options.Limits.MaxUnfinishedStreamsFor(core.Options.MaxConcurrentStreams);

    // Changed by whoever ends a stream or its work.
    private int _count;
    private TaskCompletionSource? _relief;

    // Owned by the read loop.
    private bool _isPatienceOver;

    public int Limit => _limit;

    /// <summary>Whether no stream may be accepted.</summary>
    public bool IsFull => Volatile.Read(ref _count) >= _limit;

    /// <summary>Whether the read loop has to wait before it takes another request.</summary>
    public bool MustWait
    {
        get
        {
            int count = Volatile.Read(ref _count);
            if (count >= _limit)
            {
                return !_isPatienceOver;
            }

            _isPatienceOver &= !IsRelieved(count);
            return false;
        }
    }

    /// <summary>A stream is over before its work.</summary>
    public void Add() => Interlocked.Increment(ref _count);

    /// <summary>The work for such a stream has ended.</summary>
    public void Remove()
    {
        if (IsRelieved(Interlocked.Decrement(ref _count)))
        {
            Relieve();
        }
    }

    /// <summary>Ends a wait that is under way.</summary>
    public void Relieve() => Volatile.Read(ref _relief)?.TrySetResult();

    /// <summary>Waits until half of the places are free, or patience is over. Called by the read loop.</summary>
    public async Task WaitAsync()
    {
        var relief = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Interlocked.Exchange(ref _relief, relief);
        if (!IsRelieved(Volatile.Read(ref _count)) && !core.IsEnding)
        {
            try
            {
                await relief.Task.WaitAsync(Patience, core.Options.TimeProvider).ConfigureAwait(false);
            }
            catch (TimeoutException)
            {
                // The handlers are stuck or slow: whoever brings more work than they do is told so from here on.
                _isPatienceOver = true;
            }
        }

        Volatile.Write(ref _relief, null);

        // What still lies in the buffer when the connection ends is refused instead of waiting for a relief that has been given.
        _isPatienceOver |= core.IsEnding;
    }

    private bool IsRelieved(int count) => count <= _limit / 2;
}
