using System.Net;
using Microsoft.Extensions.Logging;

namespace Trunkline.Http2.Transports;

/// <summary>What the transports log. Ids are stable; a retired one is never used again.</summary>
internal static partial class TransportLog
{
    [LoggerMessage(EventId = 1, Level = LogLevel.Debug, Message = "The TLS handshake with {RemoteEndPoint} failed: {Reason}")]
    public static partial void HandshakeFailed(ILogger logger, EndPoint? remoteEndPoint, string reason);

    [LoggerMessage(EventId = 2, Level = LogLevel.Warning, Message = "Accepting on {LocalEndPoint} waits for resources: {Reason}")]
    public static partial void AcceptStarved(ILogger logger, EndPoint? localEndPoint, string reason);

    [LoggerMessage(EventId = 3, Level = LogLevel.Warning, Message = "IPv6 is off on this machine: listening on {LocalEndPoint} instead of [::]")]
    public static partial void ListensWithoutIPv6(ILogger logger, EndPoint? localEndPoint);

    [LoggerMessage(EventId = 4, Level = LogLevel.Error, Message = "Accepting on {LocalEndPoint} ended with an error")]
    public static partial void AcceptEnded(ILogger logger, Exception exception, EndPoint? localEndPoint);
}
