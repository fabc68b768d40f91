namespace Trunkline.Http2.Connections;

/// <summary>
/// Streams that are over on the wire while the layer above still works for them: a peer that opens and resets streams has none open, and yet keeps the
/// server busy (CVE-2023-44487). At the limit the read loop first waits, which slows the peer down to the speed of the handlers and costs an honest
/// one nothing; when none of them ends for <see cref="Patience"/>, or not half of them in five times that, new streams are refused
/// until they have.
/// </summary>
internal sealed class UnfinishedStreams(ConnectionCore core)
{
    /// <summary>
    /// How long no handler may end before they count as stuck. One that heeds its cancellation needs microseconds, but a machine may be so busy that it does
    /// not come to run.
    /// </summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    // Times that, while handlers do end; the connection's other streams wait too.
    private const int MaxPatience = 5;

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
        bool isRelieved = IsRelieved(Volatile.Read(ref _count));
        for (int round = 0; round < MaxPatience && !isRelieved && !core.IsEnding; round++)
        {
            int before = Volatile.Read(ref _count);
            isRelieved = await IsRelievedInTimeAsync(relief.Task).ConfigureAwait(false);
            if (!isRelieved && Volatile.Read(ref _count) >= before)
            {
                break;
            }
        }

        Volatile.Write(ref _relief, null);

        // The handlers are stuck or slow: whoever brings more work than they do is told so from here on. What still lies in the buffer when the
        // connection ends is refused too.
        _isPatienceOver = !isRelieved || core.IsEnding;
    }

    private async Task<bool> IsRelievedInTimeAsync(Task relief)
    {
        try
        {
            await relief.WaitAsync(Patience, core.Options.TimeProvider).ConfigureAwait(false);
            return true;
        }
        catch (TimeoutException)
        {
            // The caller looks at what has changed meanwhile.
            return false;
        }
    }

    private bool IsRelieved(int count) => count <= _limit / 2;
}
