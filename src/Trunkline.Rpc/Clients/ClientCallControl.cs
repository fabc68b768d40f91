namespace Trunkline.Rpc.Clients;

/// <summary>What user code holds of a client-streaming call beside its messages: the task of its response may be all that is left of the call.</summary>
internal sealed class ClientCallControl(ClientCall call) : CallControl
{
    public override Task<Metadata> ResponseHeadersAsync => call.ResponseHeadersTask();

    public override Status GetStatus() => call.FinalOutcome("status").Status;

    public override Metadata GetTrailers() => call.FinalOutcome("trailers").Trailers;

    public override void Dispose() => call.Cancel("The call was disposed by its caller.");
}
