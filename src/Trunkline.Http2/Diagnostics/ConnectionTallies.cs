namespace Trunkline.Http2.Diagnostics;

/// <summary>The tallies of all connections of the process: the live ones one by one, those that are over as sums. Safe for several threads.</summary>
internal sealed class ConnectionTallies
{
    private readonly Lock _lock = new();
    private readonly HashSet<ConnectionTally> _live = [];
    private readonly Totals _servers = new();
    private readonly Totals _clients = new();

    public void Add(ConnectionTally tally)
    {
        lock (_lock)
        {
            _live.Add(tally);
            TotalsOf(tally.IsServer).Connections++;
        }
    }

    /// <summary>A connection is over; what it has counted stays in the sums.</summary>
    public void Remove(ConnectionTally tally)
    {
        lock (_lock)
        {
            if (_live.Remove(tally))
            {
                Totals totals = TotalsOf(tally.IsServer);
                totals.Received.Add(tally.Received);
                totals.Sent.Add(tally.Sent);
            }
        }
    }

    /// <summary>A running total of one side: all that are over, and all that live.</summary>
    public long Sum(bool isServer, bool isSent, Func<TrafficTally, long> value)
    {
        lock (_lock)
        {
            long sum = value(TotalsOf(isServer).Of(isSent));
            foreach (ConnectionTally tally in _live)
            {
                sum += tally.IsServer == isServer ? value(isSent ? tally.Sent : tally.Received) : 0;
            }

            return sum;
        }
    }

    /// <summary>A sum over the live connections of one side.</summary>
    public long SumLive(bool isServer, Func<ConnectionTally, long> value)
    {
        lock (_lock)
        {
            long sum = 0;
            foreach (ConnectionTally tally in _live)
            {
                sum += tally.IsServer == isServer ? value(tally) : 0;
            }

            return sum;
        }
    }

    /// <summary>Connections of one side since the process began.</summary>
    public long Opened(bool isServer)
    {
        lock (_lock)
        {
            return TotalsOf(isServer).Connections;
        }
    }

    private Totals TotalsOf(bool isServer) => isServer ? _servers : _clients;

    private sealed class Totals
    {
        public long Connections { get; set; }

        public TrafficTally Received { get; } = new();

        public TrafficTally Sent { get; } = new();

        public TrafficTally Of(bool isSent) => isSent ? Sent : Received;
    }
}
