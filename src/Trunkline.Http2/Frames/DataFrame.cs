namespace Trunkline.Http2.Frames;

/// <summary>
/// DATA (RFC 9113 6.1): <c>[padding length 8] data [padding]</c>. The whole payload counts against the windows, padding included.
/// </summary>
/// <param name="Start">Where the data begins in the payload.</param>
/// <param name="Length">How long the data is, in bytes.</param>
internal readonly record struct DataFrame(int Start, int Length)
{
    /// <summary>Parses a payload, of which only the first byte must be there.</summary>
    public static Http2Error Parse(in FrameHeader header, ReadOnlySpan<byte> payload, out DataFrame frame)
    {
        Http2Error error = Padding.Strip(header, payload, out int start, out int length);
        frame = error.IsNone ? new DataFrame(start, length) : default;
        return error;
    }
}
