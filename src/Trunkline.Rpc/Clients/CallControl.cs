namespace Trunkline.Rpc.Clients;

/// <summary>What the call classes show of a call beside its messages.</summary>
internal abstract class CallControl
{
    public abstract Task<Metadata> ResponseHeadersAsync { get; }

    public abstract Status GetStatus();

    public abstract Metadata GetTrailers();

    public abstract void Dispose();
}

/// <summary>A call that an interceptor or a test put together from functions.</summary>
internal sealed class DelegatedCallControl(
    Task<Metadata> responseHeadersAsync, Func<Status> getStatus, Func<Metadata> getTrailers, Action dispose) : CallControl
{
    public override Task<Metadata> ResponseHeadersAsync => responseHeadersAsync;

    public override Status GetStatus() => getStatus();

    public override Metadata GetTrailers() => getTrailers();

    public override void Dispose() => dispose();
}
