namespace Trunkline.Http2.Frames;

/// <summary>CONTINUATION (RFC 9113 6.10): the payload is the next piece of the header block, without padding.</summary>
internal static class ContinuationFrame
{
    /// <summary>The piece of the header block in a whole payload.</summary>
    public static ReadOnlySpan<byte> Parse(ReadOnlySpan<byte> payload) => payload;
}
