namespace Trunkline.Http2.Connections;

/// <summary>
/// Recognizes a request of HTTP/1.x where the preface of HTTP/2 is due, and answers it in its own language, so that whoever points a browser or
/// <c>curl</c> at the port reads what is wrong (RFC 9113 3.4 and 9.1 leave room for it).
/// </summary>
internal static class Http1Refusal
{
    // The longest registered method has 17 letters (UPDATEREDIRECTREF).
    private const int LongestMethod = 17;

    /// <summary>The whole answer.</summary>
    public static ReadOnlySpan<byte> Response =>
        "HTTP/1.1 505 HTTP Version Not Supported\r\n"u8 +
        "Content-Type: text/plain; charset=utf-8\r\n"u8 +
        "Content-Length: 168\r\n"u8 +
        "Connection: close\r\n"u8 +
        "\r\n"u8 +
        "This port speaks HTTP/2 without TLS and without an upgrade from HTTP/1.1.\n"u8 +
        "Use a gRPC client, or tell the HTTP client to begin with HTTP/2: curl --http2-prior-knowledge\n"u8;

    /// <summary>Looks at the first bytes of a connection, which are not the preface.</summary>
    /// <returns>True for a request of HTTP/1.x, false for anything else, null while that cannot be told yet.</returns>
    public static bool? Recognize(ReadOnlySpan<byte> received)
    {
        int letters = received.IndexOfAnyExceptInRange((byte)'A', (byte)'Z');
        return letters switch
        {
            < 0 => received.Length <= LongestMethod ? null : false,
            > LongestMethod => false,
            _ => letters >= 3 && received[letters] == (byte)' ' && !received.StartsWith("PRI "u8), // That is HTTP/2, with a slip further on.
        };
    }
}
