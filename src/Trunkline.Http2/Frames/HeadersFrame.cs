namespace Trunkline.Http2.Frames;

/// <summary>HEADERS (RFC 9113 6.2): <c>[padding length 8] [E 1, dependency 31, weight 8] fragment [padding]</c>.</summary>
internal readonly ref struct HeadersFrame
{
    private HeadersFrame(ReadOnlySpan<byte> fragment, PriorityFields? priority)
    {
        Fragment = fragment;
        Priority = priority;
    }

    /// <summary>The piece of the header block.</summary>
    public ReadOnlySpan<byte> Fragment { get; }

    /// <summary>The deprecated priority signal, if there was one. Not checked yet: the fragment must reach the decoder even if the stream is wrong.</summary>
    public PriorityFields? Priority { get; }

    /// <summary>Parses a whole payload.</summary>
    public static Http2Error Parse(in FrameHeader header, ReadOnlySpan<byte> payload, out HeadersFrame frame)
    {
        frame = default;
        Http2Error error = Padding.Strip(header, payload, out int start, out int length);
        if (!error.IsNone)
        {
            return error;
        }

        ReadOnlySpan<byte> content = payload.Slice(start, length);
        if (!header.Has(FrameFlags.Priority))
        {
            frame = new HeadersFrame(content, priority: null);
            return Http2Error.None;
        }

        if (length < PriorityFields.Size)
        {
            return start == 0
                ? Http2Error.Connection(Http2ErrorCode.FrameSizeError, "HEADERS with PRIORITY is too short for its priority fields (RFC 9113 6.2)")
                : Http2Error.Connection(Http2ErrorCode.ProtocolError, "the padding of HEADERS reaches into its priority fields (RFC 9113 6.2)");
        }

        frame = new HeadersFrame(content[PriorityFields.Size..], PriorityFields.Read(content));
        return Http2Error.None;
    }
}
