namespace Trunkline.Rpc.Dispatching;

/// <summary>Something to be run outside the read loop and the output gate.</summary>
internal interface IWorkItem
{
    /// <summary>Runs it. User code may run here, for as long as it likes; must not throw.</summary>
    void Run();
}
