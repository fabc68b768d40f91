namespace Trunkline.Http2.Frames;

/// <summary>What a client sends before its first frame (RFC 9113 3.4). A server's preface is its first SETTINGS frame alone.</summary>
internal static class ConnectionPreface
{
    /// <summary>The length of <see cref="Client"/>, in bytes.</summary>
    public const int Length = 24;

    /// <summary>The 24 bytes.</summary>
    public static ReadOnlySpan<byte> Client => "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8;
}
