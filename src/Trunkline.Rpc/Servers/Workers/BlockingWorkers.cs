using Trunkline.Rpc.Dispatching;

namespace Trunkline.Rpc.Servers.Workers;

/// <summary>
/// A bounded set of threads for handlers that block, with a bounded queue in front. The threads start when they are first needed, since a server
/// without blocking handlers should have none, and stay until <see cref="Stop"/>.
/// </summary>
internal sealed class BlockingWorkers(int maxThreads, int maxQueued)
{
    private readonly object _lock = new();
    private readonly Queue<IWorkItem> _queue = new();
    private int _threads;
    private int _idle;
    private bool _stopped;

    /// <summary>The number of threads at most.</summary>
    public int MaxThreads => maxThreads;

    /// <summary>The number of items that may wait.</summary>
    public int MaxQueued => maxQueued;

    /// <summary>Takes an item, to be run as soon as a thread is free.</summary>
    /// <returns>False when the queue is full or the workers have been stopped.</returns>
    public bool TryQueue(IWorkItem item)
    {
        lock (_lock)
        {
            // Items for which a thread is free do not count as waiting.
            int free = _idle + maxThreads - _threads;
            if (_stopped || _queue.Count >= maxQueued + free)
            {
                return false;
            }

            _queue.Enqueue(item);
            if (_queue.Count > _idle && _threads < maxThreads)
            {
                StartThreadLocked();
            }
            else
            {
                Monitor.Pulse(_lock);
            }

            return true;
        }
    }

    /// <summary>Lets the threads end once the queue is empty.</summary>
    public void Stop()
    {
        lock (_lock)
        {
            _stopped = true;
            Monitor.PulseAll(_lock);
        }
    }

    private void StartThreadLocked()
    {
        _threads++;
        var thread = new Thread(Work)
        {
            IsBackground = true,
            Name = $"Trunkline blocking worker {_threads}",
        };
        thread.UnsafeStart();
    }

    private void Work()
    {
        ExecutionContext? clean = ExecutionContext.Capture();
        while (TakeNext() is { } item)
        {
            item.Run();
            if (clean is not null)
            {
                // A handler may have left async locals behind; the next one must not see them.
                ExecutionContext.Restore(clean);
            }
        }
    }

    private IWorkItem? TakeNext()
    {
        lock (_lock)
        {
            while (_queue.Count == 0)
            {
                if (_stopped)
                {
                    _threads--;
                    return null;
                }

                _idle++;
                Monitor.Wait(_lock);
                _idle--;
            }

            return _queue.Dequeue();
        }
    }
}
