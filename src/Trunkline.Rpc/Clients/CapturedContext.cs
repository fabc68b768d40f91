namespace Trunkline.Rpc.Clients;

/// <summary>Takes a continuation back to where its awaiter was: a synchronization context or a task scheduler, as tasks do.</summary>
internal static class CapturedContext
{
    /// <summary>Gives the continuation itself where there is neither.</summary>
    public static Action Wrap(Action continuation)
    {
        SynchronizationContext? context = SynchronizationContext.Current;
        if (context is not null && context.GetType() != typeof(SynchronizationContext))
        {
            return () => context.Post(static state => ((Action)state!)(), continuation);
        }

        TaskScheduler scheduler = TaskScheduler.Current;
        if (scheduler != TaskScheduler.Default)
        {
            return () => _ = Task.Factory.StartNew(continuation, CancellationToken.None, TaskCreationOptions.DenyChildAttach, scheduler);
        }

        return continuation;
    }
}
