namespace Trunkline.Rpc.Servers.Calls;

/// <summary>
/// How far a call has come towards its handler:
/// <code>
/// Receiving --(request there)--> Queued --(a thread takes it)--> Running
///     |                            |
///     +------(call is over)--------+--> Abandoned: the handler never runs
/// </code>
/// </summary>
internal static class CallStage
{
    public const int Receiving = 0;
    public const int Queued = 1;
    public const int Running = 2;
    public const int Abandoned = 3;
}
