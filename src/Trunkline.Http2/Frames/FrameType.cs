namespace Trunkline.Http2.Frames;

/// <summary>The frame types that this engine gives a meaning (RFC 9113 6, RFC 9218 7.1). Others are read over.</summary>
internal enum FrameType : byte
{
    /// <summary>DATA (RFC 9113 6.1)</summary>
    Data = 0x0,

    /// <summary>HEADERS (RFC 9113 6.2)</summary>
    Headers = 0x1,

    /// <summary>PRIORITY (RFC 9113 6.3), deprecated</summary>
    Priority = 0x2,

    /// <summary>RST_STREAM (RFC 9113 6.4)</summary>
    RstStream = 0x3,

    /// <summary>SETTINGS (RFC 9113 6.5)</summary>
    Settings = 0x4,

    /// <summary>PUSH_PROMISE (RFC 9113 6.6)</summary>
    PushPromise = 0x5,

    /// <summary>PING (RFC 9113 6.7)</summary>
    Ping = 0x6,

    /// <summary>GOAWAY (RFC 9113 6.8)</summary>
    GoAway = 0x7,

    /// <summary>WINDOW_UPDATE (RFC 9113 6.9)</summary>
    WindowUpdate = 0x8,

    /// <summary>CONTINUATION (RFC 9113 6.10)</summary>
    Continuation = 0x9,

    /// <summary>PRIORITY_UPDATE (RFC 9218 7.1)</summary>
    PriorityUpdate = 0x10,
}

/// <summary>The names of the frame types.</summary>
internal static class FrameTypes
{
    /// <summary>The name in the RFC's spelling, such as <c>RST_STREAM</c>.</summary>
    public static string ToSpecName(this FrameType type) => type switch
    {
        FrameType.Data => "DATA",
        FrameType.Headers => "HEADERS",
        FrameType.Priority => "PRIORITY",
        FrameType.RstStream => "RST_STREAM",
        FrameType.Settings => "SETTINGS",
        FrameType.PushPromise => "PUSH_PROMISE",
        FrameType.Ping => "PING",
        FrameType.GoAway => "GOAWAY",
        FrameType.WindowUpdate => "WINDOW_UPDATE",
        FrameType.Continuation => "CONTINUATION",
        FrameType.PriorityUpdate => "PRIORITY_UPDATE",
        _ => $"frame type 0x{(byte)type:x2}",
    };
}
