using System.Collections.Concurrent;

namespace Trunkline.Interop.Servers;

/// <summary>Remembers which calls the server saw cancelled, for clients that ask.</summary>
internal sealed class CallWatches
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, TaskCompletionSource> _cancelled = new(StringComparer.Ordinal);

    public void Watch(ServerCallContext context)
    {
        foreach (Metadata.Entry entry in context.RequestHeaders.GetAll(MetadataKeys.Watch))
        {
            TaskCompletionSource cancelled = Of(entry.Value);
            context.CancellationToken.Register(() => cancelled.TrySetResult());
        }
    }

    public async Task<string> AwaitAsync(string key)
    {
        Task cancelled = Of(key).Task.WaitAsync(Patience);
        await cancelled.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return cancelled.IsCompletedSuccessfully ? "cancelled" : "unknown";
    }

    private TaskCompletionSource Of(string key) =>
        _cancelled.GetOrAdd(key, static _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
}
