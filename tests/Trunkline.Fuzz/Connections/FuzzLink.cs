using System.Buffers;
using Trunkline.Http2;

namespace Trunkline.Fuzz.Connections;

/// <summary>
/// The engine's end of a link whose other end is the fuzzer. Nothing in it waits for another thread: bytes that are fed reach the read loop before
/// <see cref="Feed"/> returns, and bytes that are sent are there when asked for. Used on the pool's one thread alone.
/// </summary>
internal sealed class FuzzLink : Link
{
    private readonly List<byte> _sent = [];
    private readonly Queue<byte[]> _incoming = new();
    private Memory<byte> _receiveBuffer;
    private TaskCompletionSource<int>? _receive;
    private TaskCompletionSource? _send;
    private bool _isEnded;
    private bool _isGone;

    /// <inheritdoc/>
    public override LinkInfo Info { get; } = new();

    /// <summary>While set, what the engine sends does not get through: its peer does not read.</summary>
    public bool IsStalled { get; private set; }

    /// <summary>Whether the engine has closed or torn down its end.</summary>
    public bool IsGone => _isGone;

    /// <summary>Bytes that the engine has sent and nobody has taken.</summary>
    public int SentCount => _sent.Count;

    /// <summary>The peer sends bytes; they arrive as one piece.</summary>
    public void Feed(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > 0 && !_isEnded)
        {
            _incoming.Enqueue(bytes.ToArray());
            CompleteReceive();
        }
    }

    /// <summary>The peer closes its end.</summary>
    public void End()
    {
        _isEnded = true;
        CompleteReceive();
    }

    /// <summary>The link breaks.</summary>
    public void Break()
    {
        _isGone = true;
        FailAll("the link broke");
    }

    /// <summary>The peer stops reading.</summary>
    public void Stall() => IsStalled = true;

    /// <summary>The peer reads again.</summary>
    public void Resume()
    {
        IsStalled = false;
        Interlocked.Exchange(ref _send, null)?.TrySetResult();
    }

    /// <summary>What the engine has sent since the last time.</summary>
    public byte[] TakeSent()
    {
        byte[] sent = [.. _sent];
        _sent.Clear();
        return sent;
    }

    /// <inheritdoc/>
    public override ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        if (_receive is not null)
        {
            throw new InvalidOperationException("Two receives are under way.");
        }

        if (_isGone)
        {
            return ValueTask.FromException<int>(new IOException("the link is gone"));
        }

        _receiveBuffer = buffer;
        if (_incoming.Count > 0 || _isEnded)
        {
            return ValueTask.FromResult(Take());
        }

        // Completed on the feeder's thread: the read loop goes on within Feed.
        _receive = new TaskCompletionSource<int>();
        return new ValueTask<int>(_receive.Task);
    }

    /// <inheritdoc/>
    public override ValueTask SendAsync(ReadOnlySequence<byte> bytes, CancellationToken cancellationToken)
    {
        if (_send is not null)
        {
            throw new InvalidOperationException("Two sends are under way.");
        }

        if (_isGone)
        {
            return ValueTask.FromException(new IOException("the link is gone"));
        }

        foreach (ReadOnlyMemory<byte> piece in bytes)
        {
            _sent.AddRange(piece.Span);
        }

        if (!IsStalled)
        {
            return ValueTask.CompletedTask;
        }

        _send = new TaskCompletionSource();
        return new ValueTask(_send.Task);
    }

    /// <inheritdoc/>
    public override void Abort(Exception? reason)
    {
        _isGone = true;
        FailAll("the link was torn down");
    }

    /// <inheritdoc/>
    public override ValueTask DisposeAsync()
    {
        _isGone = true;
        FailAll("the link was closed by this side");
        return ValueTask.CompletedTask;
    }

    private void CompleteReceive()
    {
        if (_receive is { } receive)
        {
            _receive = null;
            receive.SetResult(Take());
        }
    }

    private int Take()
    {
        if (_incoming.Count == 0 || _receiveBuffer.IsEmpty)
        {
            return 0;
        }

        byte[] next = _incoming.Dequeue();
        int count = Math.Min(next.Length, _receiveBuffer.Length);
        next.AsSpan(0, count).CopyTo(_receiveBuffer.Span);
        if (count < next.Length)
        {
            byte[][] rest = [next[count..], .. _incoming];
            _incoming.Clear();
            Array.ForEach(rest, _incoming.Enqueue);
        }

        return count;
    }

    private void FailAll(string why)
    {
        Interlocked.Exchange(ref _receive, null)?.TrySetException(new IOException(why));
        Interlocked.Exchange(ref _send, null)?.TrySetException(new IOException(why));
    }
}
