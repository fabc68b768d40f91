using Trunkline.Rpc.Clients;

namespace Trunkline.Rpc.Channels;

/// <summary>Why there is no connection.</summary>
/// <param name="Phase">How far the attempt came.</param>
/// <param name="Text">What happened, in words.</param>
/// <param name="Cause">The exception behind it, if there was one.</param>
internal sealed record ConnectFailure(CallPhase Phase, string Text, Exception? Cause)
{
    /// <summary>What becomes of a call that does not wait for the channel to be ready.</summary>
    public CallOutcome ToOutcome() =>
        CallOutcome.Failed(StatusCode.Unavailable, Text, new CallFailure { Phase = Phase, IsRetrySafe = true }, Cause);
}
