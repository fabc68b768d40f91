using Microsoft.Extensions.Logging;

namespace Trunkline.Rpc.Diagnostics;

/// <summary>The log entries of channels. Ids 100-199 are theirs; an id is never used for anything else again.</summary>
internal static partial class ChannelLog
{
    [LoggerMessage(100, LogLevel.Debug, "Channel to {Target}: {Before} -> {After}.")]
    public static partial void StateChanged(ILogger logger, string target, ChannelState before, ChannelState after);

    [LoggerMessage(101, LogLevel.Information, "Channel to {Target}: connected to {Peer}.")]
    public static partial void Connected(ILogger logger, string target, string peer);

    [LoggerMessage(102, LogLevel.Warning, "Channel to {Target}: no connection: {Reason}")]
    public static partial void AttemptFailed(ILogger logger, string target, string reason);

    [LoggerMessage(103, LogLevel.Information, "Channel to {Target}: {Peer} takes no new calls on this connection: {Reason}")]
    public static partial void GoingAway(ILogger logger, string target, string peer, string reason);

    [LoggerMessage(104, LogLevel.Warning, "Channel to {Target}: the connection to {Peer} was lost: {Reason}")]
    public static partial void ConnectionLost(ILogger logger, string target, string peer, string reason, Exception? cause);

    [LoggerMessage(105, LogLevel.Warning, "Channel to {Target}: {Peer} complains of too many PINGs; later connections send one after {Interval} of silence.")]
    public static partial void TooManyPings(ILogger logger, string target, string peer, TimeSpan interval);
}
