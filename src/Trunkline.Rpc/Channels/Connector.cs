using System.Runtime.InteropServices;
using Trunkline.Http2;

namespace Trunkline.Rpc.Channels;

/// <summary>Makes connections: dials the places of the target in order and takes the first that completes HTTP/2's handshake.</summary>
internal sealed class Connector(IReadOnlyList<Dialer> dialers, Http2Options options)
{
    private static readonly TimeSpan LongestInterval = TimeSpan.FromDays(1);

    private volatile Http2Options _options = options;

    /// <summary>A server has complained of too many PINGs: later connections ask half as often (gRPC A8).</summary>
    /// <returns>The interval from now on.</returns>
    public TimeSpan EasePings()
    {
        Http2Options eased = _options;
        TimeSpan interval = eased.KeepAliveInterval ?? Http2Options.DefaultClientKeepAliveInterval;
        interval = interval == Timeout.InfiniteTimeSpan || interval > LongestInterval / 2 ? interval : interval * 2;
        _options = eased with { KeepAliveInterval = interval };
        return interval;
    }

    /// <summary>Makes one attempt over all places.</summary>
    /// <param name="subchannel">Whoever gets the connection's events.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <param name="timedOut">Tells whether the token fired because the attempt took too long.</param>
    public async Task<ConnectResult> ConnectAsync(Subchannel subchannel, Func<bool> timedOut, CancellationToken cancellationToken)
    {
        var failures = new List<ConnectFailure>(dialers.Count);
        foreach (Dialer dialer in dialers)
        {
            var connection = new ChannelConnection(subchannel);
            try
            {
                await connection.StartAsync(dialer, _options, cancellationToken).ConfigureAwait(false);
                return new ConnectResult(connection, Failure: null);
            }
#pragma warning disable CA1031 // A dialer may be the user's; whatever it throws is the reason that the attempt failed.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                await connection.DisposeAsync().ConfigureAwait(false);
                failures.Add(Describe(dialer, exception, timedOut));
                if (cancellationToken.IsCancellationRequested)
                {
                    break;
                }
            }
        }

        return new ConnectResult(Connection: null, Merge(failures));
    }

    private static ConnectFailure Describe(Dialer dialer, Exception exception, Func<bool> timedOut) => exception switch
    {
        DialException { Phase: DialPhase.Resolve } => new ConnectFailure(CallPhase.Resolve, exception.Message, exception),
        DialException => new ConnectFailure(CallPhase.Connect, exception.Message, exception),
        OperationCanceledException when timedOut() => new ConnectFailure(CallPhase.Connect, $"connecting to {dialer.Target} took too long", exception),
        Http2Exception => new ConnectFailure(CallPhase.Connect, $"{dialer.Target} did not begin HTTP/2: {exception.Message}", exception),
        _ => new ConnectFailure(CallPhase.Connect, $"cannot connect to {dialer.Target}: {exception.Message}", exception),
    };

    private static ConnectFailure Merge(List<ConnectFailure> failures) => failures.Count == 1
        ? failures[0]
        : new ConnectFailure(failures[^1].Phase, string.Join("; ", failures.Select(static failure => failure.Text)), failures[^1].Cause);
}

/// <summary>What came of an attempt: one of the two.</summary>
/// <param name="Connection">The connection.</param>
/// <param name="Failure">Why there is none.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ConnectResult(ChannelConnection? Connection, ConnectFailure? Failure);
