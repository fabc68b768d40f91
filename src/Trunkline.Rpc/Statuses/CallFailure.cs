using Trunkline.Http2;

namespace Trunkline;

/// <summary>How far a call had come when it failed.</summary>
public enum CallPhase
{
    /// <summary>Before anything was tried, such as an expired deadline or a disposed channel.</summary>
    Start,

    /// <summary>The target's name was being resolved.</summary>
    Resolve,

    /// <summary>A connection was being made, TLS and the peer's SETTINGS included.</summary>
    Connect,

    /// <summary>The call waited for a connection or for a free stream on it.</summary>
    Queued,

    /// <summary>The request was under way; no response headers had come.</summary>
    Headers,

    /// <summary>Response headers had come.</summary>
    Body,
}

/// <summary>What is known about a failure that this library found, beside its status. Immutable.</summary>
public sealed record CallFailure
{
    /// <summary>How far the call had come.</summary>
    public CallPhase Phase { get; init; }

    /// <summary>The peer, such as <c>ipv4:127.0.0.1:50051</c>; null before there was a connection.</summary>
    public string? Peer { get; init; }

    /// <summary>The code of the RST_STREAM or GOAWAY behind the failure; null where there was none.</summary>
    public Http2ErrorCode? Http2Code { get; init; }

    /// <summary>The <c>:status</c> of a peer that answered without gRPC; null otherwise.</summary>
    public int? HttpStatus { get; init; }

    /// <summary>True when the server certainly did not process the call, so that repeating it cannot do the work twice.</summary>
    public bool IsRetrySafe { get; init; }
}
