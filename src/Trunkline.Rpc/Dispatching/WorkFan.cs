using System.Collections.Concurrent;

namespace Trunkline.Rpc.Dispatching;

/// <summary>
/// Spreads the work that a read loop finds over the thread pool: the loop gathers items while it parses and opens the fan once for the whole
/// batch. One pool item then takes one work item, sees to it that a further pool item is on its way while more wait, runs, and goes on. So fifty
/// short items cost two or three pool items instead of fifty, and an item that blocks delays no other.
/// </summary>
internal sealed class WorkFan : IThreadPoolWorkItem
{
    private readonly ConcurrentQueue<IWorkItem> _items = new();

    /// <summary>1 while a pool item is queued that has not begun to look at the items.</summary>
    private int _scheduled;

    /// <summary>Adds an item that waits for <see cref="Open"/>.</summary>
    public void Gather(IWorkItem item) => _items.Enqueue(item);

    /// <summary>Lets what was gathered run. Cheap where nothing was gathered.</summary>
    public void Open()
    {
        if (!_items.IsEmpty && Interlocked.Exchange(ref _scheduled, 1) == 0)
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
    }

    /// <summary>Adds an item and lets it run.</summary>
    public void Post(IWorkItem item)
    {
        Gather(item);
        Open();
    }

    void IThreadPoolWorkItem.Execute()
    {
        // Cleared before the first look at the queue: whoever adds afterwards schedules again, so no item is overlooked.
        Volatile.Write(ref _scheduled, 0);
        Interlocked.MemoryBarrier();
        ExecutionContext? clean = ExecutionContext.Capture();
        while (_items.TryDequeue(out IWorkItem? item))
        {
            Open();
            item.Run();
            if (clean is not null)
            {
                // An item that ran user code may have left async locals behind; the next one must not see them.
                ExecutionContext.Restore(clean);
            }
        }
    }
}
