namespace Trunkline.Http2;

/// <summary>
/// How often a client may send PING without being answered by anything else: gRPC's keepalive enforcement (gRPC A8). A PING before its time is a strike;
/// more than <see cref="MaxStrikes"/> end the connection with ENHANCE_YOUR_CALM and the debug data <c>too_many_pings</c>, at which gRPC clients double
/// their interval. HEADERS or DATA from this side wipe the strikes away, so PINGs that measure the path while data flows are free. Immutable.
/// </summary>
public sealed record PingPolicy
{
    /// <summary>The least time between two PINGs while streams are open; 10 s by default, the least that gRPC clients can be set to.</summary>
    public TimeSpan MinInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The least time between two PINGs while no stream is open; 5 min by default.</summary>
    public TimeSpan MinIntervalWithoutStreams { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Strikes that are forgiven; 2 by default.</summary>
    public int MaxStrikes { get; init; } = 2;
}
