using System.Globalization;

namespace Trunkline.Http2;

/// <summary>What belongs to every <see cref="Http2ErrorCode"/>: its reading from the wire and its name in the RFC's spelling.</summary>
public static class Http2ErrorCodes
{
    /// <summary>Reads a 32-bit code; unknown ones are INTERNAL_ERROR, which RFC 9113 7 allows.</summary>
    /// <param name="value">The code as it came.</param>
    public static Http2ErrorCode FromWire(uint value) =>
        value <= (uint)Http2ErrorCode.Http11Required ? (Http2ErrorCode)value : Http2ErrorCode.InternalError;

    /// <summary>The name in the RFC's spelling, such as <c>REFUSED_STREAM</c>.</summary>
    /// <param name="code">The code.</param>
    public static string ToSpecName(this Http2ErrorCode code) => code switch
    {
        Http2ErrorCode.NoError => "NO_ERROR",
        Http2ErrorCode.ProtocolError => "PROTOCOL_ERROR",
        Http2ErrorCode.InternalError => "INTERNAL_ERROR",
        Http2ErrorCode.FlowControlError => "FLOW_CONTROL_ERROR",
        Http2ErrorCode.SettingsTimeout => "SETTINGS_TIMEOUT",
        Http2ErrorCode.StreamClosed => "STREAM_CLOSED",
        Http2ErrorCode.FrameSizeError => "FRAME_SIZE_ERROR",
        Http2ErrorCode.RefusedStream => "REFUSED_STREAM",
        Http2ErrorCode.Cancel => "CANCEL",
        Http2ErrorCode.CompressionError => "COMPRESSION_ERROR",
        Http2ErrorCode.ConnectError => "CONNECT_ERROR",
        Http2ErrorCode.EnhanceYourCalm => "ENHANCE_YOUR_CALM",
        Http2ErrorCode.InadequateSecurity => "INADEQUATE_SECURITY",
        Http2ErrorCode.Http11Required => "HTTP_1_1_REQUIRED",
        _ => ((uint)code).ToString(CultureInfo.InvariantCulture),
    };
}
