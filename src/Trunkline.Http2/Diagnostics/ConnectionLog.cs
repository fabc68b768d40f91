using Microsoft.Extensions.Logging;

namespace Trunkline.Http2.Diagnostics;

/// <summary>The log catalogue of connections. Ids are stable and never reused.</summary>
internal static partial class ConnectionLog
{
    [LoggerMessage(EventId = 1, Level = LogLevel.Debug, Message = "The connection ends: {Error}")]
    public static partial void Ending(ILogger logger, Http2Error error);

    [LoggerMessage(EventId = 2, Level = LogLevel.Error, Message = "The read loop failed; the connection ends with INTERNAL_ERROR")]
    public static partial void ReadLoopFailed(ILogger logger, Exception exception);

    [LoggerMessage(EventId = 3, Level = LogLevel.Warning, Message = "The frame trace cannot be written; a piece of it is lost")]
    public static partial void TraceFailed(ILogger logger, Exception exception);

    [LoggerMessage(EventId = 4, Level = LogLevel.Warning, Message = "{Variable} names '{Name}', which cannot be opened: no frame trace is written")]
    public static partial void TraceUnavailable(ILogger logger, string variable, string name, Exception exception);

    [LoggerMessage(EventId = 5, Level = LogLevel.Debug, Message = "Receive windows grow to {Bytes} bytes, as the way to the peer asks for")]
    public static partial void WindowsGrew(ILogger logger, int bytes);
}
