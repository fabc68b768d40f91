using Trunkline.Http2;

namespace Trunkline.Rpc.Headers;

/// <summary>Which header block a field stands in.</summary>
internal enum MetadataBlock
{
    /// <summary>The headers of a request.</summary>
    Request,

    /// <summary>The headers of a response.</summary>
    Response,

    /// <summary>The trailers of a response.</summary>
    Trailers,
}

/// <summary>
/// The names that belong to the protocol and are kept out of the user's metadata in both directions (gRPC over HTTP/2, "Requests": reserved names).
/// </summary>
internal static class ReservedNames
{
    /// <summary>Tells whether a received field is hidden from the user.</summary>
    public static bool IsHidden(FieldName known, ReadOnlySpan<byte> name, MetadataBlock block) => known switch
    {
        FieldName.Other => IsOtherHidden(name),
        FieldName.UserAgent => block != MetadataBlock.Request,
        FieldName.GrpcStatusDetailsBin => block != MetadataBlock.Trailers,
        _ => IsProtocol(known),
    };

    /// <summary>Tells whether the user's entry is left out of what is sent.</summary>
    public static bool IsUnsendable(string name)
    {
        if (name.StartsWith("grpc-", StringComparison.Ordinal))
        {
            return !IsVisible(name);
        }

        return name is "content-type" or "te" or "user-agent" or "host" or "connection" or "keep-alive" or "proxy-connection"
            or "transfer-encoding" or "upgrade" or "content-length";
    }

    private static bool IsProtocol(FieldName known) => known is
        FieldName.Authority or FieldName.Method or FieldName.Path or FieldName.Scheme or FieldName.Status or FieldName.Protocol
        or FieldName.Connection or FieldName.KeepAlive or FieldName.ProxyConnection or FieldName.TransferEncoding or FieldName.Upgrade
        or FieldName.Te or FieldName.Host or FieldName.ContentLength or FieldName.ContentType
        or FieldName.GrpcTimeout or FieldName.GrpcEncoding or FieldName.GrpcAcceptEncoding or FieldName.GrpcMessageType
        or FieldName.GrpcStatus or FieldName.GrpcMessage;

    private static bool IsOtherHidden(ReadOnlySpan<byte> name) =>
        name.StartsWith(":"u8) || (name.StartsWith("grpc-"u8) && !name.SequenceEqual("grpc-trace-bin"u8) && !name.SequenceEqual("grpc-tags-bin"u8));

    /// <summary>Names of the library's that users may read and set: statistics, retry hints and, for servers, status details.</summary>
    private static bool IsVisible(string name) =>
        name is "grpc-trace-bin" or "grpc-tags-bin" or "grpc-retry-pushback-ms" or "grpc-previous-rpc-attempts" or "grpc-status-details-bin";
}
