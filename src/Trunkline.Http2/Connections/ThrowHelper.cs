using System.Diagnostics.CodeAnalysis;

namespace Trunkline.Http2.Connections;

/// <summary>The project's cold throws, out of line so that hot methods stay small.</summary>
internal static class ThrowHelper
{
    [DoesNotReturn]
    public static void WriteAfterEnd(StreamId id) =>
        throw new InvalidOperationException($"The sending side of stream {id} has ended; nothing can be written behind it.");

    [DoesNotReturn]
    public static void NotStarted() => throw new InvalidOperationException("The connection has not started: await StartAsync first.");

    [DoesNotReturn]
    public static void PushFromClient() =>
        throw new InvalidOperationException("Only a server pushes (RFC 9113 8.4); this is a client's stream.");

    [DoesNotReturn]
    public static void PushOnPushedStream(StreamId id) =>
        throw new InvalidOperationException($"Stream {id} was itself pushed; push on the stream that the client opened (RFC 9113 8.4).");

    [DoesNotReturn]
    public static void BadPushedRequest(string reason, string parameter) => throw new ArgumentException($"This request cannot be pushed: {reason}.", parameter);

    [DoesNotReturn]
    public static void HeadersMissing() =>
        throw new InvalidOperationException("The first write on a stream has to carry its headers.");
}
