using Trunkline.Http2.Frames;
using Trunkline.Http2.Streams;

namespace Trunkline.Http2.Diagnostics;

/// <summary>
/// What a trace knows of the connection, from the frames alone: stream states, windows and settings. It believes what it sees and applies no rules, for
/// it has to show peers that break them.
/// </summary>
internal sealed class TracedConnection
{
    private const long FirstWindow = 65_535;

    private readonly Dictionary<int, StreamState> _live = [];
    private readonly TracedWindows _peerGrants = new();
    private readonly TracedWindows _weGrant = new();
    private int _highestOdd;
    private int _highestEven;
    private long? _proposedWindow;

    /// <summary>DATA went or came: what its sender may still send.</summary>
    public string TakeData(StreamId id, int length, bool isSent) => (isSent ? _peerGrants : _weGrant).Take(id, length, isSent ? "peer grants" : "we grant");

    /// <summary>WINDOW_UPDATE went or came.</summary>
    public string Grow(StreamId id, int increment, bool isSent) => (isSent ? _weGrant : _peerGrants).Grow(id, increment, isSent ? "we grant" : "peer grants");

    /// <summary>A setting went or came; what it changes for the windows.</summary>
    public string Apply(Setting setting, bool isSent)
    {
        if (setting.Id != SettingId.InitialWindowSize)
        {
            return "";
        }

        if (isSent)
        {
            // In force once the peer has acknowledged it.
            _proposedWindow = setting.Value;
            return "";
        }

        return _peerGrants.Shift(setting.Value, "peer grants");
    }

    /// <summary>The peer has taken our settings.</summary>
    public string TakeOurSettings()
    {
        string effect = _proposedWindow is { } window ? _weGrant.Shift(window, "we grant") : "";
        _proposedWindow = null;
        return effect;
    }

    /// <summary>Lets an event change a stream's state.</summary>
    /// <param name="id">The stream.</param>
    /// <param name="change">The event.</param>
    /// <returns>The change in words; empty where nothing changed.</returns>
    public string Change(StreamId id, StreamChange change)
    {
        if (id.IsConnection)
        {
            return "";
        }

        bool isOld = !_live.TryGetValue(id.Value, out StreamState state) && id.Value <= (id.IsClientOpened ? _highestOdd : _highestEven);
        if (isOld)
        {
            return "; the stream was closed before";
        }

        StreamPhase before = state.Phase;
        Http2Error error = change(ref state);
        ref int highest = ref id.IsClientOpened ? ref _highestOdd : ref _highestEven;
        highest = Math.Max(highest, state.Phase == StreamPhase.Idle ? highest : id.Value);
        if (state.IsClosed)
        {
            _live.Remove(id.Value);
            _peerGrants.Forget(id);
            _weGrant.Forget(id);
        }
        else if (state.Phase != StreamPhase.Idle)
        {
            _live[id.Value] = state;
        }

        if (!error.IsNone)
        {
            return $"; BROKEN: {error.Reason}";
        }

        return before == state.Phase ? "" : $"; {Name(before)} -> {Name(state.Phase)}";
    }

    private static string Name(StreamPhase phase) => phase switch
    {
        StreamPhase.Idle => "idle",
        StreamPhase.ReservedLocal => "reserved (local)",
        StreamPhase.ReservedRemote => "reserved (remote)",
        StreamPhase.Open => "open",
        StreamPhase.HalfClosedLocal => "half-closed (local)",
        StreamPhase.HalfClosedRemote => "half-closed (remote)",
        _ => "closed",
    };

    /// <summary>The windows that one side grants.</summary>
    private sealed class TracedWindows
    {
        private readonly Dictionary<int, long> _streams = [];
        private long _initial = FirstWindow;
        private long _connection = FirstWindow;

        public string Take(StreamId id, int length, string who)
        {
            _connection -= length;
            long left = _streams[id.Value] = Of(id) - length;
            return $"; {who}: stream {left}, connection {_connection}";
        }

        public string Grow(StreamId id, int increment, string who)
        {
            if (id.IsConnection)
            {
                _connection += increment;
                return $"; {who}: connection {_connection}";
            }

            long grown = _streams[id.Value] = Of(id) + increment;
            return $"; {who}: stream {grown}";
        }

        public string Shift(long initial, string who)
        {
            long difference = initial - _initial;
            _initial = initial;
            foreach (int id in _streams.Keys.ToArray())
            {
                _streams[id] += difference;
            }

            return difference == 0 ? "" : $"; {who}: every stream {difference:+#;-#}";
        }

        public void Forget(StreamId id) => _streams.Remove(id.Value);

        private long Of(StreamId id) => _streams.GetValueOrDefault(id.Value, _initial);
    }
}

/// <summary>An event that a stream's state takes.</summary>
internal delegate Http2Error StreamChange(ref StreamState state);
