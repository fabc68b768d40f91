using Trunkline.Rpc.Channels;

namespace Trunkline.Rpc.Tests.Channels;

public sealed class ConnectivityTests
{
    private static readonly Dictionary<(ChannelState, string), ChannelState> Arrows = new()
    {
        [(ChannelState.Idle, "ConnectRequested")] = ChannelState.Connecting,
        [(ChannelState.Connecting, "Connected")] = ChannelState.Ready,
        [(ChannelState.Connecting, "AttemptFailed")] = ChannelState.TransientFailure,
        [(ChannelState.TransientFailure, "BackoffElapsed")] = ChannelState.Connecting,
        [(ChannelState.Ready, "ConnectionLost")] = ChannelState.Idle,
        [(ChannelState.Idle, "Shutdown")] = ChannelState.Shutdown,
        [(ChannelState.Connecting, "Shutdown")] = ChannelState.Shutdown,
        [(ChannelState.Ready, "Shutdown")] = ChannelState.Shutdown,
        [(ChannelState.TransientFailure, "Shutdown")] = ChannelState.Shutdown,
    };

    /// <summary>The events that lead from Idle to each state.</summary>
    private static readonly Dictionary<ChannelState, ConnectivityEvent[]> Ways = new()
    {
        [ChannelState.Idle] = [],
        [ChannelState.Connecting] = [ConnectivityEvent.ConnectRequested],
        [ChannelState.Ready] = [ConnectivityEvent.ConnectRequested, ConnectivityEvent.Connected],
        [ChannelState.TransientFailure] = [ConnectivityEvent.ConnectRequested, ConnectivityEvent.AttemptFailed],
        [ChannelState.Shutdown] = [ConnectivityEvent.Shutdown],
    };

    [Fact]
    public void Apply_EveryStateTimesEveryEvent_FollowsTheArrowsOrStays()
    {
        foreach ((ChannelState state, ConnectivityEvent[] way) in Ways)
        {
            foreach (ConnectivityEvent change in Enum.GetValues<ConnectivityEvent>())
            {
                var connectivity = default(Connectivity);
                Array.ForEach(way, step => connectivity.Apply(step));
                Assert.Equal(state, connectivity.State);

                bool changed = connectivity.Apply(change);

                ChannelState expected = Arrows.GetValueOrDefault((state, change.ToString()), state);
                Assert.Equal(expected, connectivity.State);
                Assert.Equal(expected != state, changed);
            }
        }
    }
}
