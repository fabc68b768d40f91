namespace Trunkline.Http2.Hpack;

/// <summary>Finds the token of a name that arrives as a literal; a name out of a table has its token already.</summary>
internal static class FieldNames
{
    /// <summary>The token of a name, or <see cref="FieldName.Other"/>.</summary>
    public static FieldName Find(ReadOnlySpan<byte> name) => name.Length switch
    {
        2 => name.SequenceEqual("te"u8) ? FieldName.Te : FieldName.Other,
        4 => name.SequenceEqual("host"u8) ? FieldName.Host : name.SequenceEqual("date"u8) ? FieldName.Date : FieldName.Other,
        5 => name.SequenceEqual(":path"u8) ? FieldName.Path : FieldName.Other,
        6 => name.SequenceEqual("cookie"u8) ? FieldName.Cookie : name.SequenceEqual("server"u8) ? FieldName.Server : FieldName.Other,
        7 => FindOf7(name),
        8 => name.SequenceEqual("priority"u8) ? FieldName.Priority : FieldName.Other,
        9 => name.SequenceEqual(":protocol"u8) ? FieldName.Protocol : FieldName.Other,
        10 => FindOf10(name),
        11 => name.SequenceEqual("grpc-status"u8) ? FieldName.GrpcStatus : FieldName.Other,
        12 => FindOf12(name),
        13 => FindOf13(name),
        14 => name.SequenceEqual("content-length"u8) ? FieldName.ContentLength : FieldName.Other,
        16 => name.SequenceEqual("proxy-connection"u8) ? FieldName.ProxyConnection : FieldName.Other,
        17 => FindOf17(name),
        20 => name.SequenceEqual("grpc-accept-encoding"u8) ? FieldName.GrpcAcceptEncoding : FieldName.Other,
        22 => name.SequenceEqual("grpc-retry-pushback-ms"u8) ? FieldName.GrpcRetryPushbackMs : FieldName.Other,
        23 => name.SequenceEqual("grpc-status-details-bin"u8) ? FieldName.GrpcStatusDetailsBin : FieldName.Other,
        26 => name.SequenceEqual("grpc-previous-rpc-attempts"u8) ? FieldName.GrpcPreviousRpcAttempts : FieldName.Other,
        _ => FieldName.Other,
    };

    private static FieldName FindOf7(ReadOnlySpan<byte> name) =>
        name.SequenceEqual(":method"u8) ? FieldName.Method
        : name.SequenceEqual(":scheme"u8) ? FieldName.Scheme
        : name.SequenceEqual(":status"u8) ? FieldName.Status
        : name.SequenceEqual("upgrade"u8) ? FieldName.Upgrade
        : FieldName.Other;

    private static FieldName FindOf10(ReadOnlySpan<byte> name) =>
        name.SequenceEqual(":authority"u8) ? FieldName.Authority
        : name.SequenceEqual("user-agent"u8) ? FieldName.UserAgent
        : name.SequenceEqual("connection"u8) ? FieldName.Connection
        : name.SequenceEqual("keep-alive"u8) ? FieldName.KeepAlive
        : name.SequenceEqual("set-cookie"u8) ? FieldName.SetCookie
        : FieldName.Other;

    private static FieldName FindOf12(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("content-type"u8) ? FieldName.ContentType
        : name.SequenceEqual("grpc-timeout"u8) ? FieldName.GrpcTimeout
        : name.SequenceEqual("grpc-message"u8) ? FieldName.GrpcMessage
        : FieldName.Other;

    private static FieldName FindOf13(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("grpc-encoding"u8) ? FieldName.GrpcEncoding
        : name.SequenceEqual("authorization"u8) ? FieldName.Authorization
        : FieldName.Other;

    private static FieldName FindOf17(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("transfer-encoding"u8) ? FieldName.TransferEncoding
        : name.SequenceEqual("grpc-message-type"u8) ? FieldName.GrpcMessageType
        : FieldName.Other;
}
