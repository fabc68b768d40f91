namespace Trunkline.Http2;

/// <summary>
/// What the layer above does with the events of one stream. All but <see cref="OnWritable"/> are called on the connection's read loop (or where the
/// connection ends), in order and never two at once; they must neither block nor throw, and user code must not run in them.
/// </summary>
public interface IStreamHandler
{
    /// <summary>A request, a response or an interim response (1xx).</summary>
    /// <param name="fields">The fields, validated; lent until return.</param>
    /// <param name="endStream">True when nothing follows.</param>
    void OnHeaders(in FieldBlock fields, bool endStream);

    /// <summary>Content. What is taken must be given back by <see cref="Http2Stream.Consume"/> once the application has it, or the peer stalls.</summary>
    /// <param name="data">The bytes as they lie in the receive buffer: lent until return, parse or copy. Never longer than one frame; may be empty at the end.</param>
    /// <param name="endStream">True when nothing follows.</param>
    void OnData(ReadOnlyMemory<byte> data, bool endStream);

    /// <summary>Trailers; nothing follows.</summary>
    /// <param name="fields">The fields, validated; lent until return.</param>
    void OnTrailers(in FieldBlock fields);

    /// <summary>
    /// There is room again after a write that returned <see cref="WriteOutcome.Waiting"/>: all that waited is on its way. Comes from whichever
    /// thread made the room, outside the output gate, and may overlap with the other events; never from inside the write itself. Does nothing by default: what waits leaves by itself.
    /// </summary>
    void OnWritable()
    {
    }

    /// <summary>The stream is over: exactly once and last. After it only <see cref="Http2Stream.Release"/> has an effect.</summary>
    /// <param name="error">None when both sides ended it; otherwise what ended it.</param>
    void OnClosed(in Http2Error error);
}
