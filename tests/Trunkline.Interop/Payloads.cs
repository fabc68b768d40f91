using Google.Protobuf;

namespace Trunkline.Interop;

/// <summary>Bodies of zeros, which are all that the interop service sends.</summary>
internal static class Payloads
{
    public static Payload Zeros(int size) => new() { Body = UnsafeByteOperations.UnsafeWrap(new byte[size]) };

    public static bool IsZeros(ByteString body) => !body.Span.ContainsAnyExcept((byte)0);
}
