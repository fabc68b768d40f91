namespace Trunkline.Rpc.Tests.Clients;

/// <summary>Runs what blocks on a thread of its own, so that tests do not starve each other of the pool.</summary>
internal static class OwnThread
{
    public static Task<T> Run<T>(Func<T> work) =>
        Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
}
