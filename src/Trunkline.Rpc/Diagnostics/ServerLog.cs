using Microsoft.Extensions.Logging;

namespace Trunkline.Rpc.Diagnostics;

/// <summary>The log entries of servers: ids 2001 to 2999, stable; the id of a retired entry is not used again.</summary>
internal static partial class ServerLog
{
    [LoggerMessage(2001, LogLevel.Information, "Listening on {Place}")]
    public static partial void Listening(ILogger logger, string place);

    [LoggerMessage(2002, LogLevel.Debug, "Connection from {Peer}")]
    public static partial void ConnectionOpened(ILogger logger, string peer);

    [LoggerMessage(2003, LogLevel.Debug, "Connection from {Peer} ended: {Reason}")]
    public static partial void ConnectionEnded(ILogger logger, string peer, string reason);

    [LoggerMessage(2004, LogLevel.Debug, "No connection with {Peer}: {Reason}")]
    public static partial void ConnectionFailed(ILogger logger, string peer, string reason);

    [LoggerMessage(2005, LogLevel.Error, "Accepting connections on {Place} failed; the server no longer listens there")]
    public static partial void AcceptFailed(ILogger logger, Exception exception, string place);

    [LoggerMessage(2006, LogLevel.Debug, "Request refused with {Code}: {Text}")]
    public static partial void RequestRefused(ILogger logger, StatusCode code, string text);

    [LoggerMessage(2007, LogLevel.Error, "The handler of {Method} threw")]
    public static partial void HandlerThrew(ILogger logger, Exception exception, string method);

    [LoggerMessage(2008, LogLevel.Error, "A callback on the cancellation token of {Method} threw")]
    public static partial void CancellationCallbackThrew(ILogger logger, Exception exception, string method);

    [LoggerMessage(2009, LogLevel.Debug, "Call of {Method} ended early with {Code}: {Text}")]
    public static partial void CallEndedEarly(ILogger logger, string method, StatusCode code, string text);

    [LoggerMessage(2010, LogLevel.Error, "The response of {Method} could not be sent: {Text}")]
    public static partial void ResponseFailed(ILogger logger, Exception? exception, string method, string text);

    [LoggerMessage(2011, LogLevel.Information, "Shutting down: {Connections} connections, {Calls} calls in progress")]
    public static partial void ShuttingDown(ILogger logger, int connections, int calls);

    [LoggerMessage(2012, LogLevel.Warning, "{Place}: {Note}")]
    public static partial void PortNote(ILogger logger, string place, string note);
}
