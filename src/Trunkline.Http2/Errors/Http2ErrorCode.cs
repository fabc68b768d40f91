namespace Trunkline.Http2;

/// <summary>The error codes of RST_STREAM and GOAWAY (RFC 9113 7). A code outside this list reads as <see cref="InternalError"/>.</summary>
#pragma warning disable CA1008, CA1028 // The zero member and the width are the protocol's: NO_ERROR, 32 bits.
public enum Http2ErrorCode : uint
#pragma warning restore CA1008, CA1028
{
    /// <summary>NO_ERROR: a graceful end.</summary>
    NoError = 0x0,

    /// <summary>PROTOCOL_ERROR: a rule was broken for which there is no better code.</summary>
    ProtocolError = 0x1,

    /// <summary>INTERNAL_ERROR: the end point failed by itself.</summary>
    InternalError = 0x2,

    /// <summary>FLOW_CONTROL_ERROR: more was sent than the window allowed, or a window passed 2^31-1.</summary>
    FlowControlError = 0x3,

    /// <summary>SETTINGS_TIMEOUT: a SETTINGS frame was not acknowledged in time.</summary>
    SettingsTimeout = 0x4,

    /// <summary>STREAM_CLOSED: a frame came for a stream that was half-closed or closed.</summary>
    StreamClosed = 0x5,

    /// <summary>FRAME_SIZE_ERROR: the length of a frame was not allowed for its type.</summary>
    FrameSizeError = 0x6,

    /// <summary>REFUSED_STREAM: nothing of the request was processed; it is safe to send it again.</summary>
    RefusedStream = 0x7,

    /// <summary>CANCEL: the stream is no longer wanted.</summary>
    Cancel = 0x8,

    /// <summary>COMPRESSION_ERROR: the header compression state is lost.</summary>
    CompressionError = 0x9,

    /// <summary>CONNECT_ERROR: the connection made for a CONNECT request failed.</summary>
    ConnectError = 0xa,

    /// <summary>ENHANCE_YOUR_CALM: the peer caused too much load.</summary>
    EnhanceYourCalm = 0xb,

    /// <summary>INADEQUATE_SECURITY: the transport is not secure enough.</summary>
    InadequateSecurity = 0xc,

    /// <summary>HTTP_1_1_REQUIRED: the request must be made over HTTP/1.1.</summary>
    Http11Required = 0xd,
}
