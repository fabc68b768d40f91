using Trunkline.Http2;

namespace Trunkline.Rpc.Statuses;

/// <summary>What HTTP and HTTP/2 say, as a gRPC status code.</summary>
internal static class StatusMapping
{
    /// <summary>The code for a response without <c>grpc-status</c> (gRPC's HTTP to gRPC Status Code Mapping).</summary>
    public static StatusCode FromHttp(int httpStatus) => httpStatus switch
    {
        400 or 431 => StatusCode.Internal,
        401 => StatusCode.Unauthenticated,
        403 => StatusCode.PermissionDenied,
        404 => StatusCode.Unimplemented,
        429 or 502 or 503 or 504 => StatusCode.Unavailable,
        _ => StatusCode.Unknown,
    };

    /// <summary>The code for a stream that ended by RST_STREAM (gRPC over HTTP/2, "Errors").</summary>
    public static StatusCode FromReset(Http2ErrorCode code) => code switch
    {
        Http2ErrorCode.RefusedStream => StatusCode.Unavailable,
        Http2ErrorCode.Cancel => StatusCode.Cancelled,
        Http2ErrorCode.EnhanceYourCalm => StatusCode.ResourceExhausted,
        Http2ErrorCode.InadequateSecurity => StatusCode.PermissionDenied,
        Http2ErrorCode.Http11Required => StatusCode.Unknown,
        _ => StatusCode.Internal,
    };

    /// <summary>The client's code for a stream that ended by an HTTP/2 error, of the stream or of its connection.</summary>
    public static StatusCode FromError(in Http2Error error)
    {
        if (error.IsUnprocessed || error.Scope == ErrorScope.Connection)
        {
            // A lost connection, GOAWAY, or a broken rule that ended the connection: the call may be made again elsewhere.
            return error is { Origin: ErrorOrigin.Library, IsUnprocessed: false } ? StatusCode.Internal : StatusCode.Unavailable;
        }

        return FromReset(error.Code);
    }
}
