using System.Diagnostics.Tracing;

namespace Trunkline.Fuzz.Connections;

/// <summary>
/// Counts the arrays that are out of the shared pools, by the events that the pools report. Everything runs on one thread, so between two moments at
/// which nothing is under way the count must not change.
/// </summary>
internal sealed class PoolBalance : EventListener
{
    private const string PoolEvents = "System.Buffers.ArrayPoolEventSource";
    private const int Rented = 1;
    private const int Returned = 3;

    // Written on the pool's one thread; the base class's constructor may call OnEventSourceCreated before a constructor here would run.
    private static int _outstanding;

    /// <summary>Arrays rented and not returned since the process began to count.</summary>
    public static int Outstanding => _outstanding;

    /// <inheritdoc/>
    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name == PoolEvents)
        {
            EnableEvents(eventSource, EventLevel.Verbose);
        }
    }

    /// <inheritdoc/>
    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        // The runtime has threads of its own, such as the finalizer's, which may use the pools at any time.
        if (eventData.EventSource.Name == PoolEvents && Thread.CurrentThread.IsThreadPoolThread)
        {
            _outstanding += eventData.EventId switch
            {
                Rented => 1,
                Returned => -1,
                _ => 0,
            };
        }
    }
}
