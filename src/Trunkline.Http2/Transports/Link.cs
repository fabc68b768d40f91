using System.Buffers;

namespace Trunkline.Http2;

/// <summary>A full-duplex byte link. At most one receive and one send are under way at a time, and the two do not wait for each other.</summary>
public abstract class Link : IAsyncDisposable
{
    /// <summary>End points and security of the link.</summary>
    public abstract LinkInfo Info { get; }

    /// <summary>Receives what is there, at least one byte.</summary>
    /// <param name="buffer">Where to put it. An empty buffer waits until bytes are there, so that an idle connection holds no memory.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The number of bytes; 0 when the peer has closed its side (for an empty buffer 0 says only: look again with a real one).</returns>
    /// <exception cref="IOException">The link broke.</exception>
    public abstract ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken);

    /// <summary>Sends all of it, gathered; completes when the bytes are handed on and the memory is free again.</summary>
    /// <param name="bytes">The bytes, in order.</param>
    /// <param name="cancellationToken">Gives up; the link is unusable afterwards.</param>
    /// <exception cref="IOException">The link broke.</exception>
    public abstract ValueTask SendAsync(ReadOnlySequence<byte> bytes, CancellationToken cancellationToken);

    /// <summary>
    /// Asks that little waits below <see cref="SendAsync"/>, since what waits there can no longer be overtaken: called once streams of different urgency
    /// share the link. A link that keeps no queue of its own, or cannot shorten it, does nothing.
    /// </summary>
    public virtual void ShortenQueue()
    {
    }

    /// <summary>Tears the link down at once; receives and sends under way end with an <see cref="IOException"/>. Safe to call at any time.</summary>
    /// <param name="reason">Why, for those exceptions.</param>
    public abstract void Abort(Exception? reason);

    /// <summary>Closes the link: what was sent still arrives.</summary>
    public abstract ValueTask DisposeAsync();
}
