namespace Trunkline.Rpc.Clients;

/// <summary>The response headers of a call, and the task of whoever asks before they have come: made then, since few ask.</summary>
internal sealed class PendingHeaders(object sync)
{
    // Guarded by sync, the lock of the call.
    private Metadata? _headers;
    private TaskCompletionSource<Metadata>? _source;

    /// <summary>The headers; null before they came.</summary>
    public Metadata? Value => Volatile.Read(ref _headers);

    /// <summary>What the headers are when a call ended without any: empty after a success.</summary>
    public static Task<Metadata> AfterEnd(CallOutcome outcome) =>
        outcome.IsSuccess ? Task.FromResult(Metadata.Empty) : Task.FromException<Metadata>(outcome.ToException());

    /// <summary>Forgets the headers of an earlier call.</summary>
    public void Clear()
    {
        _headers = null;
        _source = null;
    }

    /// <summary>They have come.</summary>
    public void Set(Metadata headers)
    {
        TaskCompletionSource<Metadata>? source;
        lock (sync)
        {
            _headers = headers;
            source = _source;
        }

        source?.TrySetResult(headers);
    }

    /// <summary>The headers as a task; the caller holds the lock and knows that the call is not over.</summary>
    public Task<Metadata> TaskLocked()
    {
        if (_headers is { } headers)
        {
            return Task.FromResult(headers);
        }

        // Nobody waits for headers on the hot path, so their continuations may go to the pool one by one.
        _source ??= new TaskCompletionSource<Metadata>(TaskCreationOptions.RunContinuationsAsynchronously);
        return _source.Task;
    }

    /// <summary>The call is over: whoever still waits for headers gets what it ended with.</summary>
    public void OnOver(CallOutcome outcome)
    {
        if (_source is not { } source || Value is not null)
        {
            return;
        }

        if (outcome.IsSuccess)
        {
            source.TrySetResult(Metadata.Empty);
            return;
        }

        source.TrySetException(outcome.ToException());

        // The call's own result carries the same exception; whoever looks at that only has not overlooked anything.
        _ = source.Task.Exception;
    }
}
