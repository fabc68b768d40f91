namespace Trunkline.Http2;

/// <summary>What an error ends.</summary>
public enum ErrorScope : byte
{
    /// <summary>Nothing: there is no error.</summary>
    None,

    /// <summary>One stream, by RST_STREAM (RFC 9113 5.4.2).</summary>
    Stream,

    /// <summary>The connection, by GOAWAY and close (RFC 9113 5.4.1).</summary>
    Connection,
}

/// <summary>Who began the error.</summary>
public enum ErrorOrigin : byte
{
    /// <summary>This engine found that the peer broke a rule.</summary>
    Library,

    /// <summary>The peer said so, by RST_STREAM or GOAWAY.</summary>
    Peer,

    /// <summary>The layer above asked for it.</summary>
    User,

    /// <summary>The link below broke.</summary>
    Link,
}

/// <summary>
/// An error as a value: scope, code, origin and a reason in words. Decoders and state machines return it; exceptions appear at the public edge only.
/// The default value means that there is none.
/// </summary>
public readonly struct Http2Error
{
    private Http2Error(ErrorScope scope, Http2ErrorCode code, ErrorOrigin origin, string reason, Exception? cause, bool unprocessed)
    {
        Scope = scope;
        Code = code;
        Origin = origin;
        Reason = reason;
        Cause = cause;
        IsUnprocessed = unprocessed;
    }

    /// <summary>No error.</summary>
    public static Http2Error None => default;

    /// <summary>What the error ends.</summary>
    public ErrorScope Scope { get; }

    /// <summary>The code that goes, or came, over the wire.</summary>
    public Http2ErrorCode Code { get; }

    /// <summary>Who began it.</summary>
    public ErrorOrigin Origin { get; }

    /// <summary>What happened, in words; also sent as GOAWAY debug data. Null only where there is no error.</summary>
    public string? Reason { get; }

    /// <summary>The exception of the link below, where that is the origin.</summary>
    public Exception? Cause { get; }

    /// <summary>True when the peer certainly did not process the stream, so that the request may be sent again (RFC 9113 8.7).</summary>
    public bool IsUnprocessed { get; }

    /// <summary>True when there is no error.</summary>
    public bool IsNone => Scope == ErrorScope.None;

    /// <summary>The peer broke a rule that ends the connection.</summary>
    /// <param name="code">The code to send in GOAWAY.</param>
    /// <param name="reason">The rule in words.</param>
    public static Http2Error Connection(Http2ErrorCode code, string reason) =>
        new(ErrorScope.Connection, code, ErrorOrigin.Library, reason, cause: null, unprocessed: false);

    /// <summary>The peer broke a rule that ends one stream.</summary>
    /// <param name="code">The code to send in RST_STREAM.</param>
    /// <param name="reason">The rule in words.</param>
    public static Http2Error Stream(Http2ErrorCode code, string reason) =>
        new(ErrorScope.Stream, code, ErrorOrigin.Library, reason, cause: null, unprocessed: false);

    /// <summary>The peer reset the stream.</summary>
    /// <param name="code">The code of its RST_STREAM.</param>
    public static Http2Error ResetByPeer(Http2ErrorCode code) =>
        new(ErrorScope.Stream, code, ErrorOrigin.Peer, "the peer reset the stream", cause: null, code == Http2ErrorCode.RefusedStream);

    /// <summary>The layer above reset the stream.</summary>
    /// <param name="code">The code sent in RST_STREAM.</param>
    public static Http2Error ResetByUser(Http2ErrorCode code) =>
        new(ErrorScope.Stream, code, ErrorOrigin.User, "the stream was reset by this side", cause: null, unprocessed: false);

    /// <summary>The peer said GOAWAY with an error, or left this stream above its last stream id.</summary>
    /// <param name="code">The code of its GOAWAY.</param>
    /// <param name="debugData">The debug data, made printable.</param>
    /// <param name="unprocessed">True for a stream above the last stream id.</param>
    public static Http2Error GoneAway(Http2ErrorCode code, string debugData, bool unprocessed) =>
        new(
            ErrorScope.Connection,
            code,
            ErrorOrigin.Peer,
            debugData.Length == 0 ? $"the peer sent GOAWAY {code.ToSpecName()}" : $"the peer sent GOAWAY {code.ToSpecName()}: {debugData}",
            cause: null,
            unprocessed);

    /// <summary>The link below closed or failed.</summary>
    /// <param name="reason">What happened, in words.</param>
    /// <param name="cause">The exception, if there was one.</param>
    public static Http2Error LinkLost(string reason, Exception? cause = null) =>
        new(ErrorScope.Connection, Http2ErrorCode.NoError, ErrorOrigin.Link, reason, cause, unprocessed: false);

    /// <summary>The layer above closed the connection.</summary>
    /// <param name="code">The code sent in GOAWAY.</param>
    /// <param name="reason">Why, in words.</param>
    public static Http2Error ClosedByUser(Http2ErrorCode code, string reason) =>
        new(ErrorScope.Connection, code, ErrorOrigin.User, reason, cause: null, unprocessed: false);

    /// <summary>The same error for a stream of which nothing had left this side.</summary>
    public Http2Error AsUnprocessed() => new(Scope, Code, Origin, Reason ?? "", Cause, unprocessed: true);

    /// <summary>The same error, ending the connection instead of the stream (RFC 9113 5.4.1 allows it).</summary>
    public Http2Error AsConnectionError() => new(ErrorScope.Connection, Code, Origin, Reason ?? "", Cause, IsUnprocessed);

    /// <inheritdoc/>
    public override string ToString() => IsNone ? "no error" : $"{Code.ToSpecName()} ({Scope}, {Origin}): {Reason}";
}
