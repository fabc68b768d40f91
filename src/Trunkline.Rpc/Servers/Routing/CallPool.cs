using System.Collections.Concurrent;
using Trunkline.Rpc.Servers.Calls;

namespace Trunkline.Rpc.Servers.Routing;

/// <summary>Call objects of one method that wait to be used again.</summary>
internal sealed class CallPool
{
    /// <summary>As many as a connection has streams by default; more would only remember the busiest moment.</summary>
    private const int Capacity = 256;

    private readonly ConcurrentQueue<ServerCall> _calls = new();
    private int _count;

    public ServerCall? TryRent()
    {
        if (!_calls.TryDequeue(out ServerCall? call))
        {
            return null;
        }

        Interlocked.Decrement(ref _count);
        return call;
    }

    public void Return(ServerCall call)
    {
        if (Interlocked.Increment(ref _count) <= Capacity)
        {
            _calls.Enqueue(call);
        }
        else
        {
            Interlocked.Decrement(ref _count);
        }
    }
}
