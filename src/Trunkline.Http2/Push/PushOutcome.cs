namespace Trunkline.Http2;

/// <summary>What became of the wish to push (RFC 9113 8.4).</summary>
public enum PushOutcome
{
    /// <summary>The promise is in the output; the response may be written on the promised stream.</summary>
    Pushed,

    /// <summary>The client has switched push off (SETTINGS_ENABLE_PUSH 0).</summary>
    PeerRefuses,

    /// <summary>
    /// The client's SETTINGS_MAX_CONCURRENT_STREAMS has no place for the response, or too many promises wait for theirs. A promise keeps the client
    /// from asking by itself, so none is made whose response could not begin.
    /// </summary>
    AtLimit,

    /// <summary>The stream has ended, or the connection is closed, going away or out of stream ids.</summary>
    Closed,
}
