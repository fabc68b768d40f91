namespace Trunkline.Http2.Connections;

/// <summary>PINGs of this side's own that wait for their answers (RFC 9113 6.7). Safe for several threads.</summary>
internal sealed class Pings(ConnectionCore core)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<long, Waiting> _waiting = [];
    private long _next;
    private Http2Error _ended;

    public Task<TimeSpan> SendAsync(CancellationToken cancellationToken)
    {
        var waiting = new Waiting(
            new TaskCompletionSource<TimeSpan>(TaskCreationOptions.RunContinuationsAsynchronously),
            core.Options.TimeProvider.GetTimestamp());
        long opaque;
        lock (_lock)
        {
            if (!_ended.IsNone)
            {
                return Task.FromException<TimeSpan>(new Http2Exception(_ended));
            }

            opaque = ++_next;
            _waiting.Add(opaque, waiting);
        }

        // In cleartext a server's SETTINGS wait for the client's first bytes; nothing else may come before them (RFC 9113 3.4).
        core.Settings.SendFirst();
        core.Output.WritePing(opaque);
        return waiting.Source.Task.WaitAsync(cancellationToken);
    }

    /// <summary>An answer came; one that nobody waits for is ignored.</summary>
    public void Receive(long opaque)
    {
        Waiting waiting;
        lock (_lock)
        {
            if (!_waiting.Remove(opaque, out waiting))
            {
                return;
            }
        }

        waiting.Source.TrySetResult(core.Options.TimeProvider.GetElapsedTime(waiting.SentAt));
    }

    /// <summary>The connection is over.</summary>
    public void FailAll(in Http2Error error)
    {
        Waiting[] all;
        lock (_lock)
        {
            _ended = error;
            all = [.. _waiting.Values];
            _waiting.Clear();
        }

        foreach (Waiting waiting in all)
        {
            waiting.Source.TrySetException(new Http2Exception(error));
        }
    }

    private readonly record struct Waiting(TaskCompletionSource<TimeSpan> Source, long SentAt);
}
