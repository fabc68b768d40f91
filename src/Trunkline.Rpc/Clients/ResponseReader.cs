using System.Runtime.InteropServices;
using Trunkline.Rpc.Messages;

namespace Trunkline.Rpc.Clients;

/// <summary>A reader that can also block the thread, woken directly by whoever brings the message.</summary>
internal interface IBlockingReader
{
    /// <summary>Waits for the next message, as <see cref="IAsyncStreamReader{T}.MoveNext"/> does.</summary>
    bool MoveNextBlocking();
}

/// <summary>
/// The responses of a streaming call. The read loop puts messages in, one reader takes them out; credit goes back to the peer as messages are taken,
/// so what waits here is bounded by the stream's window.
/// </summary>
internal sealed class ResponseReader<TResponse>(ClientCall call, Marshaller<TResponse> marshaller, int maxLength)
{
    private static readonly Task<bool> True = Task.FromResult(true);
    private static readonly Task<bool> False = Task.FromResult(false);

    private readonly object _sync = new();

    // Guarded by _sync.
    private readonly Queue<Received> _received = new();
    private TaskCompletionSource<bool>? _waiter;
    private object? _waitsFor;
    private CallOutcome? _over;

    private TResponse? _current;
    private bool _hasCurrent;

    public TResponse Current => _hasCurrent ? _current! : throw ThrowHelper.NoCurrentMessage();

    /// <summary>True while a reader waits whose message, or end, has come: <see cref="Deliver"/> is due.</summary>
    public bool IsDeliveryDue
    {
        get
        {
            lock (_sync)
            {
                return _waiter is not null && (_received.Count > 0 || _over is not null);
            }
        }
    }

    /// <summary>Waits for the next message.</summary>
    /// <param name="owner">Kept alive while the wait lasts.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task<bool> MoveNext(object owner, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            call.Cancel("Reading was cancelled by its caller.");
        }

        Task<bool> next = MoveNext(owner);
        return !cancellationToken.CanBeCanceled || next.IsCompleted ? next : WaitAsync(next, cancellationToken);
    }

    /// <summary>Waits for the next message, blocking the thread.</summary>
    public bool MoveNextBlocking()
    {
        Received item;
        lock (_sync)
        {
            CheckSingleReaderLocked();
            while (!_received.TryDequeue(out item))
            {
                if (_over is { } over)
                {
                    _hasCurrent = false;
                    return over.IsSuccess ? false : throw over.ToException();
                }

                Monitor.Wait(_sync);
            }
        }

        return TryTake(item, out CallOutcome? failure) ? true : throw failure!.ToException();
    }

    /// <summary>Puts a message in. On the read loop.</summary>
    /// <param name="frame">The message.</param>
    /// <param name="credit">What to give back when it is taken, in bytes.</param>
    /// <returns>False where the message could not be read.</returns>
    public MessageFault Receive(in MessageFrame frame, int credit)
    {
        var item = new Received { Credit = credit };
        if (frame is { Owned: null, IsCompressed: false } && marshaller.Codec is not null)
        {
            MessageFault fault = MessageSerializer.Deserialize(marshaller, frame, coding: null, maxLength, out item.Message);
            if (!fault.IsNone)
            {
                return fault;
            }
        }
        else
        {
            item.Frame = frame.Keep();
            item.HasFrame = true;
        }

        lock (_sync)
        {
            _received.Enqueue(item);
            Monitor.PulseAll(_sync);
        }

        return MessageFault.None;
    }

    /// <summary>The call is over. What came before is still read, unless this side has ended the call itself.</summary>
    public void OnOver(CallOutcome outcome)
    {
        bool isAbandoned = outcome is { Failure: not null, Status.StatusCode: StatusCode.Cancelled or StatusCode.DeadlineExceeded };
        lock (_sync)
        {
            _over = outcome;
            while (isAbandoned && _received.TryDequeue(out Received item))
            {
                item.Frame.Release();
            }

            Monitor.PulseAll(_sync);
        }
    }

    /// <summary>Gives the reader what it waits for. On the thread pool: the reader's code goes on in here.</summary>
    public void Deliver()
    {
        TaskCompletionSource<bool>? waiter;
        Received item;
        CallOutcome? end = null;
        lock (_sync)
        {
            waiter = _waiter;
            if (waiter is null || (!_received.TryDequeue(out item) && (end = _over) is null))
            {
                return;
            }

            _waiter = null;
            _waitsFor = null;
        }

        if (end is null && TryTake(item, out end))
        {
            waiter.SetResult(true);
        }
        else if (end!.IsSuccess)
        {
            _hasCurrent = false;
            waiter.SetResult(false);
        }
        else
        {
            _hasCurrent = false;
            waiter.SetException(end.ToException());
        }
    }

    private Task<bool> MoveNext(object owner)
    {
        Received item;
        CallOutcome? end;
        lock (_sync)
        {
            CheckSingleReaderLocked();
            if (!_received.TryDequeue(out item))
            {
                end = _over;
                if (end is null)
                {
                    _waiter = new TaskCompletionSource<bool>();
                    _waitsFor = owner;
                    return _waiter.Task;
                }

                _hasCurrent = false;
                return end.IsSuccess ? False : Task.FromException<bool>(end.ToException());
            }
        }

        return TryTake(item, out end) ? True : Task.FromException<bool>(end!.ToException());
    }

    private bool TryTake(Received item, out CallOutcome? failure)
    {
        call.Consume(item.Credit);
        failure = null;
        _current = item.Message;
        _hasCurrent = true;
        if (item.HasFrame)
        {
            MessageFault fault = MessageSerializer.Deserialize(marshaller, item.Frame, call.Coding, maxLength, out _current);
            item.Frame.Release();
            if (!fault.IsNone)
            {
                _hasCurrent = false;
                failure = call.Fail(fault);
                return false;
            }
        }

        return true;
    }

    private void CheckSingleReaderLocked()
    {
        if (_waiter is not null)
        {
            throw ThrowHelper.ReadUnderWay();
        }
    }

    private async Task<bool> WaitAsync(Task<bool> next, CancellationToken cancellationToken)
    {
        await using (cancellationToken.UnsafeRegister(
            static state => ((ClientCall)state!).Cancel("Reading was cancelled by its caller."), call).ConfigureAwait(false))
        {
            return await next.ConfigureAwait(false);
        }
    }

    [StructLayout(LayoutKind.Auto)]
    private struct Received
    {
        public TResponse? Message;
        public MessageFrame Frame;
        public bool HasFrame;
        public int Credit;
    }
}
