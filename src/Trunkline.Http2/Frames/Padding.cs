namespace Trunkline.Http2.Frames;

/// <summary>The padding of DATA, HEADERS and PUSH_PROMISE (RFC 9113 6.1): a length byte in front, that many bytes behind.</summary>
internal static class Padding
{
    /// <summary>Finds the part of a payload that is left between the padding length and the padding.</summary>
    /// <param name="header">The frame's header.</param>
    /// <param name="payload">The payload, of which at least the first byte must be there.</param>
    /// <param name="start">Where the content begins.</param>
    /// <param name="length">How long the content is.</param>
    public static Http2Error Strip(in FrameHeader header, ReadOnlySpan<byte> payload, out int start, out int length)
    {
        start = 0;
        length = header.Length;
        if (!header.Has(FrameFlags.Padded))
        {
            return Http2Error.None;
        }

        if (header.Length == 0)
        {
            return Http2Error.Connection(Http2ErrorCode.FrameSizeError, $"{header.Type.ToSpecName()} with PADDED has no padding length (RFC 9113 4.2)");
        }

        start = 1;
        length = header.Length - 1 - payload[0];
        return length >= 0
            ? Http2Error.None
            : Http2Error.Connection(
                Http2ErrorCode.ProtocolError,
                $"{header.Type.ToSpecName()} of {header.Length} bytes announces {payload[0]} bytes of padding (RFC 9113 6.1)");
    }
}
