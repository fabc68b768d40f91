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

    /// <summary>What an error of the stream, or of its connection, comes to.</summary>
    /// <param name="code">The code.</param>
    /// <param name="error">The error.</param>
    /// <param name="method">The method called, for the text.</param>
    /// <param name="place">The peer or the target, for the text.</param>
    /// <param name="failure">What is known of the call.</param>
    public static CallOutcome Lost(StatusCode code, in Http2Error error, string method, string place, CallFailure failure) => Failed(
        code,
        $"The call to {method} at {place} failed: {error}.",
        failure with { Http2Code = error.Origin == ErrorOrigin.Link ? null : error.Code, IsRetrySafe = error.IsUnprocessed },
        error.Cause);

    /// <summary>The exception for one caller.</summary>
    public RpcException ToException() => new(Status, Trailers) { Failure = Failure };
}
