namespace Trunkline.Http2;

/// <summary>A token for each field name that HTTP/2 or gRPC gives a meaning, so that the hot path compares numbers instead of bytes.</summary>
public enum FieldName : byte
{
    /// <summary>Any other name: read <see cref="Field.Name"/>.</summary>
    Other = 0,

    /// <summary><c>:authority</c></summary>
    Authority,

    /// <summary><c>:method</c></summary>
    Method,

    /// <summary><c>:path</c></summary>
    Path,

    /// <summary><c>:scheme</c></summary>
    Scheme,

    /// <summary><c>:status</c></summary>
    Status,

    /// <summary><c>:protocol</c> (RFC 8441)</summary>
    Protocol,

    /// <summary><c>connection</c>, forbidden in HTTP/2</summary>
    Connection,

    /// <summary><c>keep-alive</c>, forbidden in HTTP/2</summary>
    KeepAlive,

    /// <summary><c>proxy-connection</c>, forbidden in HTTP/2</summary>
    ProxyConnection,

    /// <summary><c>transfer-encoding</c>, forbidden in HTTP/2</summary>
    TransferEncoding,

    /// <summary><c>upgrade</c>, forbidden in HTTP/2</summary>
    Upgrade,

    /// <summary><c>te</c></summary>
    Te,

    /// <summary><c>host</c></summary>
    Host,

    /// <summary><c>content-length</c></summary>
    ContentLength,

    /// <summary><c>content-type</c></summary>
    ContentType,

    /// <summary><c>cookie</c></summary>
    Cookie,

    /// <summary><c>set-cookie</c></summary>
    SetCookie,

    /// <summary><c>authorization</c></summary>
    Authorization,

    /// <summary><c>user-agent</c></summary>
    UserAgent,

    /// <summary><c>server</c></summary>
    Server,

    /// <summary><c>date</c></summary>
    Date,

    /// <summary><c>priority</c> (RFC 9218)</summary>
    Priority,

    /// <summary><c>grpc-timeout</c></summary>
    GrpcTimeout,

    /// <summary><c>grpc-encoding</c></summary>
    GrpcEncoding,

    /// <summary><c>grpc-accept-encoding</c></summary>
    GrpcAcceptEncoding,

    /// <summary><c>grpc-message-type</c></summary>
    GrpcMessageType,

    /// <summary><c>grpc-status</c></summary>
    GrpcStatus,

    /// <summary><c>grpc-message</c></summary>
    GrpcMessage,

    /// <summary><c>grpc-status-details-bin</c></summary>
    GrpcStatusDetailsBin,

    /// <summary><c>grpc-previous-rpc-attempts</c></summary>
    GrpcPreviousRpcAttempts,

    /// <summary><c>grpc-retry-pushback-ms</c></summary>
    GrpcRetryPushbackMs,
}
