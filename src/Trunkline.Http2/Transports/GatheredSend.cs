using System.Buffers;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Threading.Tasks.Sources;

namespace Trunkline.Http2.Transports;

/// <summary>Sends several pieces of memory with one system call. One per link, used again for each send, so that a send allocates nothing.</summary>
internal sealed class GatheredSend : SocketAsyncEventArgs, IValueTaskSource<int>
{
    // Far below the 1,024 pieces that Linux takes in one call; what is left goes with the next.
    private const int MaxSegments = 64;

    private readonly List<ArraySegment<byte>> _segments = new(MaxSegments);
    private ManualResetValueTaskSourceCore<int> _completion;

    public GatheredSend()
        : base(true) // No execution context: nothing of the caller's flows into a send.
    {
    }

    /// <summary>Sends the beginning of a sequence.</summary>
    /// <returns>The bytes sent, at least one.</returns>
    public ValueTask<int> SendAsync(Socket socket, in ReadOnlySequence<byte> bytes)
    {
        _completion.Reset();
        Gather(bytes);
        BufferList = _segments;
        if (socket.SendAsync(this))
        {
            return new ValueTask<int>(this, _completion.Version);
        }

        return Take() is { } error ? ValueTask.FromException<int>(error) : ValueTask.FromResult(BytesTransferred);
    }

    int IValueTaskSource<int>.GetResult(short token) => _completion.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<int>.GetStatus(short token) => _completion.GetStatus(token);

    void IValueTaskSource<int>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _completion.OnCompleted(continuation, state, token, flags);

    /// <inheritdoc/>
    protected override void OnCompleted(SocketAsyncEventArgs e)
    {
        if (Take() is { } error)
        {
            _completion.SetException(error);
        }
        else
        {
            _completion.SetResult(BytesTransferred);
        }
    }

    private SocketException? Take()
    {
        try
        {
            BufferList = null;
        }
        catch (ObjectDisposedException)
        {
            // The link was closed while this send was under way. Nobody sends with this object any more, so what it refers to goes with it; an exception
            // here would have no caller to catch it and end the process.
        }

        _segments.Clear();
        return SocketError == SocketError.Success ? null : new SocketException((int)SocketError);
    }

    private void Gather(in ReadOnlySequence<byte> bytes)
    {
        foreach (ReadOnlyMemory<byte> piece in bytes)
        {
            if (_segments.Count == MaxSegments)
            {
                break;
            }

            if (!piece.IsEmpty)
            {
                _segments.Add(MemoryMarshal.TryGetArray(piece, out ArraySegment<byte> segment) ? segment : piece.ToArray());
            }
        }
    }
}
