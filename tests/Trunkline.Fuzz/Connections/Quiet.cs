namespace Trunkline.Fuzz.Connections;

/// <summary>
/// Knows when nothing more will happen by itself. All work of an execution runs on the pool's only thread, so once the queue is empty while this runs,
/// whatever is unfinished waits for the script or for the clock: that is how a hang shows without waiting for one.
/// </summary>
internal static class Quiet
{
    /// <summary>Lets everything run that can run.</summary>
    public static async Task SettleAsync()
    {
        do
        {
            await Task.Yield();
        }
        while (ThreadPool.PendingWorkItemCount > 0);
    }
}
