using System.Diagnostics.CodeAnalysis;

namespace Trunkline.Http2.Connections;

/// <summary>The project's cold throws, out of line so that hot methods stay small.</summary>
internal static class ThrowHelper
{
    [DoesNotReturn]
    public static void WriteAfterEnd(StreamId id) =>
        throw new InvalidOperationException($"The sending side of stream {id} has ended; nothing can be written behind it.");

    [DoesNotReturn]
    public static void HeadersMissing() =>
        throw new InvalidOperationException("The first write on a stream has to carry its headers.");
}
