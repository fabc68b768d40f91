namespace Trunkline;

/// <summary>How a channel stands with its server (gRPC's connectivity semantics).</summary>
public enum ChannelState
{
    /// <summary>There is no connection and nobody needs one; a call or <see cref="Channel.ConnectAsync(DateTime?)"/> starts one.</summary>
    Idle,

    /// <summary>A connection is being made; calls wait.</summary>
    Connecting,

    /// <summary>There is a connection.</summary>
    Ready,

    /// <summary>The last attempt failed and the next one waits for its time; calls fail with UNAVAILABLE unless they wait for the channel to be ready.</summary>
    TransientFailure,

    /// <summary>The channel was shut down; calls fail.</summary>
    Shutdown,
}
