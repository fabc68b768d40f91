namespace Trunkline.Rpc.Headers;

/// <summary>The content type of gRPC: <c>application/grpc</c>, alone or with a subtype behind <c>+</c> or parameters behind <c>;</c>.</summary>
internal static class GrpcContentType
{
    /// <summary>What this library sends.</summary>
    public static ReadOnlySpan<byte> Value => "application/grpc"u8;

    /// <summary>Tells whether a value names gRPC; <c>application/grpc-web</c> does not.</summary>
    public static bool Matches(ReadOnlySpan<byte> value) =>
        value.StartsWith(Value) && (value.Length == Value.Length || value[Value.Length] is (byte)'+' or (byte)';');
}
