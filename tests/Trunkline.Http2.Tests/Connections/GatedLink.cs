using System.Buffers;

namespace Trunkline.Http2.Tests.Connections;

/// <summary>A link whose sends can be held up.</summary>
internal sealed class GatedLink(Link inner) : Link
{
    private TaskCompletionSource? _gate;
    private TaskCompletionSource? _sending;

    public override LinkInfo Info => inner.Info;

    /// <summary>From here on a send waits.</summary>
    /// <returns>Completes when one does.</returns>
    public Task Shut()
    {
        _sending = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Volatile.Write(ref _gate, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        return _sending.Task;
    }

    public void Open() => Interlocked.Exchange(ref _gate, null)!.SetResult();

    public override ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken) => inner.ReceiveAsync(buffer, cancellationToken);

    public override async ValueTask SendAsync(ReadOnlySequence<byte> bytes, CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _gate) is { } gate)
        {
            _sending!.TrySetResult();
            await gate.Task;
        }

        await inner.SendAsync(bytes, cancellationToken);
    }

    public override void Abort(Exception? reason) => inner.Abort(reason);

    public override ValueTask DisposeAsync() => inner.DisposeAsync();
}
