namespace Trunkline.Http2.Frames;

/// <summary>
/// What a frame's header alone gives away: the guards of RFC 9113 4.2, 4.3 and 6, one row per type, checked before a byte of the payload is read.
/// </summary>
internal static class FrameRules
{
    // Indexed by type. Where a wrong length ends only the stream, the row says so; the length of DATA is wrong only above SETTINGS_MAX_FRAME_SIZE.
    private static readonly Rule[] Rules =
    [
        new(FrameType.Data, Place.Stream, MinLength: 0, MaxLength: int.MaxValue, ErrorScope.Stream),
        new(FrameType.Headers, Place.Stream, MinLength: 0, MaxLength: int.MaxValue, ErrorScope.Connection),
        new(FrameType.Priority, Place.Stream, PriorityFrame.Length, PriorityFrame.Length, ErrorScope.Stream),
        new(FrameType.RstStream, Place.Stream, RstStreamFrame.Length, RstStreamFrame.Length, ErrorScope.Connection),
        new(FrameType.Settings, Place.Connection, MinLength: 0, MaxLength: int.MaxValue, ErrorScope.Connection),
        new(FrameType.PushPromise, Place.Stream, PushPromiseFrame.MinLength, MaxLength: int.MaxValue, ErrorScope.Connection),
        new(FrameType.Ping, Place.Connection, PingFrame.Length, PingFrame.Length, ErrorScope.Connection),
        new(FrameType.GoAway, Place.Connection, GoAwayFrame.MinLength, MaxLength: int.MaxValue, ErrorScope.Connection),
        new(FrameType.WindowUpdate, Place.Either, WindowUpdateFrame.Length, WindowUpdateFrame.Length, ErrorScope.Connection),
        new(FrameType.Continuation, Place.Stream, MinLength: 0, MaxLength: int.MaxValue, ErrorScope.Connection),
    ];

    // Stands alone: between CONTINUATION and it lie types that have no meaning here.
    private static readonly Rule PriorityUpdateRule = new(
        FrameType.PriorityUpdate, Place.Connection, PriorityUpdateFrame.MinLength, MaxLength: int.MaxValue, ErrorScope.Connection);

    private enum Place : byte
    {
        Stream,
        Connection,
        Either,
    }

    /// <summary>Checks a frame header.</summary>
    /// <param name="header">The header.</param>
    /// <param name="maxLength">This side's SETTINGS_MAX_FRAME_SIZE, in bytes.</param>
    /// <param name="openBlock">The stream whose header block waits for CONTINUATION; stream 0 when none does.</param>
    /// <returns>None, also for a type that is to be read over; else what the frame ends.</returns>
    public static Http2Error Check(in FrameHeader header, int maxLength, StreamId openBlock)
    {
        // The fast path of nearly all frames: no block is open, the type is known, and the row has nothing against it.
        if ((int)header.Type >= Rules.Length)
        {
            return openBlock.IsConnection ? CheckExtension(header, maxLength) : InsideBlock(header, openBlock);
        }

        if (!openBlock.IsConnection || header.Type == FrameType.Continuation)
        {
            Http2Error misplaced = CheckBlock(header, openBlock);
            if (!misplaced.IsNone)
            {
                return misplaced;
            }
        }

        return Check(header, Rules[(int)header.Type], maxLength);
    }

    private static Http2Error Check(in FrameHeader header, in Rule rule, int maxLength)
    {
        if (!rule.Allows(header.StreamId))
        {
            return WrongPlace(header, rule);
        }

        return header.Length <= maxLength && header.Length >= rule.MinLength && header.Length <= rule.MaxLength
            ? CheckSettingsLength(header)
            : WrongLength(header, rule, maxLength);
    }

    private static Http2Error CheckExtension(in FrameHeader header, int maxLength) =>
        header.Type == FrameType.PriorityUpdate ? Check(header, PriorityUpdateRule, maxLength) : CheckLengthOfUnknown(header, maxLength);

    // RFC 9113 6.10: nothing but CONTINUATION on the same stream may follow until END_HEADERS, and CONTINUATION follows nothing else.
    private static Http2Error CheckBlock(in FrameHeader header, StreamId openBlock)
    {
        if (openBlock.IsConnection)
        {
            return Http2Error.Connection(Http2ErrorCode.ProtocolError, "CONTINUATION came without an open header block (RFC 9113 6.10)");
        }

        return header.Type == FrameType.Continuation && header.StreamId == openBlock ? Http2Error.None : InsideBlock(header, openBlock);
    }

    private static Http2Error InsideBlock(in FrameHeader header, StreamId openBlock) =>
        Http2Error.Connection(
            Http2ErrorCode.ProtocolError,
            $"{header.Type.ToSpecName()} on stream {header.StreamId} came inside the header block of stream {openBlock} (RFC 9113 4.3)");

    private static Http2Error CheckLengthOfUnknown(in FrameHeader header, int maxLength)
    {
        if (header.Length <= maxLength)
        {
            return Http2Error.None;
        }

        string reason = TooLong(header, maxLength);
        return header.StreamId.IsConnection
            ? Http2Error.Connection(Http2ErrorCode.FrameSizeError, reason)
            : Http2Error.Stream(Http2ErrorCode.FrameSizeError, reason);
    }

    // RFC 9113 6.5: entries of six bytes, and none in an acknowledgment.
    private static Http2Error CheckSettingsLength(in FrameHeader header)
    {
        if (header.Type != FrameType.Settings || (header.IsAck ? header.Length == 0 : header.Length % Setting.Size == 0))
        {
            return Http2Error.None;
        }

        return Http2Error.Connection(
            Http2ErrorCode.FrameSizeError,
            header.IsAck ? $"SETTINGS with ACK carries {header.Length} bytes (RFC 9113 6.5)" : $"SETTINGS of {header.Length} bytes, not a multiple of 6 (RFC 9113 6.5)");
    }

    private static Http2Error WrongPlace(in FrameHeader header, in Rule rule) =>
        Http2Error.Connection(
            Http2ErrorCode.ProtocolError,
            rule.Place == Place.Stream
                ? $"{header.Type.ToSpecName()} came on stream 0 (RFC 9113 6)"
                : $"{header.Type.ToSpecName()} came on stream {header.StreamId} instead of stream 0 (RFC 9113 6)");

    private static Http2Error WrongLength(in FrameHeader header, in Rule rule, int maxLength)
    {
        string reason = header.Length > maxLength
            ? TooLong(header, maxLength)
            : $"{header.Type.ToSpecName()} of {header.Length} bytes instead of {(rule.MinLength == rule.MaxLength ? "" : "at least ")}{rule.MinLength} (RFC 9113 6)";
        return rule.LengthErrorScope == ErrorScope.Connection || header.StreamId.IsConnection
            ? Http2Error.Connection(Http2ErrorCode.FrameSizeError, reason)
            : Http2Error.Stream(Http2ErrorCode.FrameSizeError, reason);
    }

    private static string TooLong(in FrameHeader header, int maxLength) =>
        $"{header.Type.ToSpecName()} of {header.Length} bytes is above SETTINGS_MAX_FRAME_SIZE of {maxLength} (RFC 9113 4.2)";

    private readonly record struct Rule(FrameType Type, Place Place, int MinLength, int MaxLength, ErrorScope LengthErrorScope)
    {
        public bool Allows(StreamId id) => Place == Place.Either || id.IsConnection == (Place == Place.Connection);
    }
}
