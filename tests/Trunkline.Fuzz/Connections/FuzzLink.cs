using System.Buffers;
using Trunkline.Http2;

namespace Trunkline.Fuzz.Connections;

/// <summary>
/// The engine's end of a link whose other end is the fuzzer. Nothing in it waits for another thread: bytes that are fed reach the read loop before
/// <see cref="Feed"/> returns, and bytes that are sent are there when asked for. Used on the pool's one thread alone.
/// </summary>
internal sealed class FuzzLink : Link
{
    // One for all links, of which one is used at a time: an execution that had to grow its own would spend most of its time on that.
    private static readonly ArrayBufferWriter<byte> SentBytes = new(1 << 20);
    private static FuzzLink? _current;

    private readonly Queue<byte[]> _incoming = new();
    private int _taken; // of the first of them
    private Memory<byte> _receiveBuffer;
    private TaskCompletionSource<int>? _receive;
    private TaskCompletionSource? _send;
    private bool _isEnded;
    private bool _isGone;

    /// <summary>Makes a link; the one before it must not be used any more.</summary>
    public FuzzLink()
    {
        _current = this;
        ForgetSent();
    }

    /// <inheritdoc/>
    public override LinkInfo Info { get; } = new();

    /// <summary>While set, what the engine sends does not get through: its peer does not read.</summary>
    public bool IsStalled { get; private set; }

    /// <summary>Whether the engine has closed or torn down its end.</summary>
    public bool IsGone => _isGone;

    /// <summary>What the engine has sent since <see cref="ForgetSent"/>; valid until it sends more.</summary>
    public ReadOnlySpan<byte> Sent => SentBytes.WrittenSpan;

    /// <summary>The peer sends bytes; they arrive as one piece.</summary>
    public void Feed(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > 0 && !_isEnded && !_isGone)
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

    /// <summary>What was sent has been read.</summary>
    public void ForgetSent() => SentBytes.ResetWrittenCount();

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

        if (_current != this)
        {
            return ValueTask.FromException(new IOException("the link belongs to an execution that is over"));
        }

        foreach (ReadOnlyMemory<byte> piece in bytes)
        {
            SentBytes.Write(piece.Span);
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

        ReadOnlySpan<byte> next = _incoming.Peek().AsSpan(_taken);
        int count = Math.Min(next.Length, _receiveBuffer.Length);
        next[..count].CopyTo(_receiveBuffer.Span);
        _taken += count;
        if (count == next.Length)
        {
            _incoming.Dequeue();
            _taken = 0;
        }

        return count;
    }

    private void FailAll(string why)
    {
        Interlocked.Exchange(ref _receive, null)?.TrySetException(new IOException(why));
        Interlocked.Exchange(ref _send, null)?.TrySetException(new IOException(why));
    }
}
