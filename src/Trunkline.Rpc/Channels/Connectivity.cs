using System.Runtime.InteropServices;

namespace Trunkline.Rpc.Channels;

/// <summary>What changes a channel's state.</summary>
internal enum ConnectivityEvent
{
    /// <summary>A call or the user asks for a connection.</summary>
    ConnectRequested,

    /// <summary>Link, TLS and the peer's SETTINGS are there.</summary>
    Connected,

    /// <summary>An attempt failed.</summary>
    AttemptFailed,

    /// <summary>The pause after a failed attempt is over.</summary>
    BackoffElapsed,

    /// <summary>The connection was lost or takes no new streams.</summary>
    ConnectionLost,

    /// <summary>The channel is shut down.</summary>
    Shutdown,
}

/// <summary>
/// The state of a channel with one connection at a time (gRPC's connectivity semantics):
/// <code>
///   Idle --ConnectRequested--> Connecting --Connected--> Ready --ConnectionLost--> Idle
///                               |      ^
///                 AttemptFailed v      | BackoffElapsed
///                          TransientFailure
///
///   any --Shutdown--> Shutdown
/// </code>
/// An event that has no arrow leaves the state as it is. Pure: knows neither connections nor clocks.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal struct Connectivity
{
    /// <summary>The state.</summary>
    public ChannelState State { get; private set; }

    /// <summary>Applies an event.</summary>
    /// <returns>True when the state has changed.</returns>
    public bool Apply(ConnectivityEvent change)
    {
        ChannelState next = (State, change) switch
        {
            (_, ConnectivityEvent.Shutdown) => ChannelState.Shutdown,
            (ChannelState.Idle, ConnectivityEvent.ConnectRequested) => ChannelState.Connecting,
            (ChannelState.Connecting, ConnectivityEvent.Connected) => ChannelState.Ready,
            (ChannelState.Connecting, ConnectivityEvent.AttemptFailed) => ChannelState.TransientFailure,
            (ChannelState.TransientFailure, ConnectivityEvent.BackoffElapsed) => ChannelState.Connecting,
            (ChannelState.Ready, ConnectivityEvent.ConnectionLost) => ChannelState.Idle,
            _ => State,
        };
        bool changed = next != State;
        State = next;
        return changed;
    }
}
