namespace Trunkline.Rpc.Servers.Calls;

/// <summary>What a handler's task says.</summary>
internal static class HandlerTasks
{
    /// <summary>The exception of a task that has completed without success, as <c>await</c> would throw it.</summary>
    public static Exception ExceptionOf(Task task) => task.Exception?.InnerException ?? new TaskCanceledException(task);
}
