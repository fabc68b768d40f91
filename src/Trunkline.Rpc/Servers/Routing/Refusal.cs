namespace Trunkline.Rpc.Servers.Routing;

/// <summary>Why a request does not become a call: what to answer, as a value. The default value means that nothing is wrong.</summary>
/// <param name="HttpStatus">The <c>:status</c>; 200 where the request is gRPC.</param>
/// <param name="Code">The <c>grpc-status</c>.</param>
/// <param name="Text">The <c>grpc-message</c>.</param>
internal readonly record struct Refusal(int HttpStatus, StatusCode Code, string Text)
{
    private const int Ok = 200;
    private const int BadRequest = 400;
    private const int MethodNotAllowed = 405;
    private const int UnsupportedMediaType = 415;

    public bool IsNone => HttpStatus == 0;

    public static Refusal SeveralHosts() => new(BadRequest, StatusCode.Internal, "The request has more than one host field.");

    public static Refusal ContentType(string value) => new(
        UnsupportedMediaType,
        StatusCode.InvalidArgument,
        value.Length == 0 ? "The request has no content-type; gRPC has application/grpc." : $"The content-type \"{value}\" is not that of gRPC, application/grpc.");

    public static Refusal Timeout(string value) =>
        new(BadRequest, StatusCode.Internal, $"The grpc-timeout \"{value}\" is not well formed: at most eight digits and one of H, M, S, m, u, n.");

    public static Refusal BinaryMetadata(string name) =>
        new(BadRequest, StatusCode.Internal, $"The value of the metadata {name} is not base64, as values of names in -bin must be.");

    public static Refusal HttpMethod(string value) =>
        new(MethodNotAllowed, StatusCode.Internal, $"The request's method is \"{value}\"; gRPC has POST only.");

    public static Refusal DeadlinePassed() => new(Ok, StatusCode.DeadlineExceeded, "The deadline had passed when the request arrived.");

    public static Refusal UnknownMethod(string explanation) => new(Ok, StatusCode.Unimplemented, explanation);

    public static Refusal UnknownCoding(string explanation) => new(Ok, StatusCode.Unimplemented, explanation);

    public static Refusal TooManyCalls(int limit) =>
        new(Ok, StatusCode.ResourceExhausted, $"The server already has {limit} calls in progress, which is its limit (MaxConcurrentCalls).");
}
