using Trunkline.Http2;

namespace Trunkline.Rpc.Clients;

/// <summary>How a call ended. Immutable; the plain success is shared by all calls.</summary>
internal sealed class CallOutcome
{
    private CallOutcome(Status status, Metadata trailers, CallFailure? failure)
    {
        Status = status;
        Trailers = trailers;
        Failure = failure;
    }

    /// <summary>OK, without a text and without trailers.</summary>
    public static CallOutcome Success { get; } = new(Status.DefaultSuccess, Metadata.Empty, failure: null);

    public Status Status { get; }

    public Metadata Trailers { get; }

    public CallFailure? Failure { get; }

    public bool IsSuccess => Status.StatusCode == StatusCode.OK;

    /// <summary>What the server said.</summary>
    public static CallOutcome FromServer(StatusCode code, string detail, Metadata trailers) =>
        code == StatusCode.OK && detail.Length == 0 && trailers.Count == 0 ? Success : new CallOutcome(new Status(code, detail), trailers, failure: null);

    /// <summary>What this side found.</summary>
    public static CallOutcome Failed(StatusCode code, string detail, CallFailure failure, Exception? cause = null) =>
        new(new Status(code, detail, cause), Metadata.Empty, failure);

    /// <summary>The exception for one caller.</summary>
    public RpcException ToException() => new(Status, Trailers) { Failure = Failure };
}
