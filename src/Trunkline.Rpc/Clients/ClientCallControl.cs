namespace Trunkline.Rpc.Clients;

/// <summary>What user code holds of a streaming call beside its messages.</summary>
internal sealed class ClientCallControl(ClientCall call) : CallControl
{
    public override Task<Metadata> ResponseHeadersAsync => call.ResponseHeadersTask();

    public override Status GetStatus() => Outcome("status").Status;

    public override Metadata GetTrailers() => Outcome("trailers").Trailers;

    public override void Dispose() => call.Cancel("The call was disposed by its caller.");

    private CallOutcome Outcome(string what) => call.IsOver ? call.Outcome! : throw ThrowHelper.CallNotOver(what);
}
