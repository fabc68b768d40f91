using System.Threading.Tasks.Sources;

namespace Trunkline.Rpc.Messages;

/// <summary>
/// Reads the messages of a stream, one reader at a time, asynchronously or blocking. The source behind a wait belongs to the reader and is used for
/// one wait after the other; a wait allocates only where it has to look like a <see cref="Task"/>. Whoever is told to wake the reader calls
/// <see cref="Settle"/> where user code may run: the reader's code goes on in there.
/// </summary>
internal abstract class MessageReader<T>(Marshaller<T> marshaller, int maxLength) : IValueTaskSource<bool>
    where T : class
{
    private static readonly Task<bool> True = Task.FromResult(true);
    private static readonly Task<bool> False = Task.FromResult(false);

    private ManualResetValueTaskSourceCore<bool> _wait;
    private Action<int>? _giveCredit;
    private object? _owner;
    private volatile bool _isPending;
    private T? _current;

    /// <summary>The message that the last successful read brought.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public T Current => _current ?? throw ThrowHelper.NoCurrentMessage();

    /// <summary>What has come and was not taken.</summary>
    protected MessageQueue<T> Queue { get; } = new();

    /// <summary>The coding that the other side's headers named; null for none.</summary>
    protected abstract MessageCoding? Coding { get; }

    /// <summary>Puts a message in. On the read loop; a lent frame is valid until return, an owned one is taken over.</summary>
    /// <param name="frame">The message.</param>
    /// <param name="wake">True when a reader is to be woken.</param>
    public MessageFault Receive(in MessageFrame frame, out bool wake)
    {
        // Where a reader waits for this message, a trusted codec reads it where it lies.
        if (Queue.IsReaderWaiting && frame is { Owned: null, IsCompressed: false } && marshaller.Codec is not null)
        {
            MessageFault fault = Deserialize(frame, out T? message);
            wake = fault.IsNone && Queue.AddRead(message!, frame.WireLength);
            return fault;
        }

        wake = Queue.Add(frame);
        return MessageFault.None;
    }

    /// <summary>Notes how much has come of a message that is not whole, and gives credit back where it would never become whole otherwise.</summary>
    public void ReceivePartial(int length)
    {
        if (length > 0)
        {
            GiveIfAny(Queue.SetPartial(length));
        }
    }

    /// <summary>Ends the wait of a reader that was to be woken.</summary>
    public void Settle()
    {
        TakeOutcome outcome = Queue.TakeOrWait(out QueuedMessage<T> message, out int credit);
        GiveIfAny(credit);
        if (outcome == TakeOutcome.Empty)
        {
            return;
        }

        bool result = false;
        Exception? failure = null;
#pragma warning disable CA1031 // Whatever is wrong belongs to who waits.
        try
        {
            result = Accept(outcome, message);
        }
        catch (Exception exception)
        {
            failure = exception;
        }
#pragma warning restore CA1031

        EndWait();
        if (failure is null)
        {
            _wait.SetResult(result);
        }
        else
        {
            _wait.SetException(failure);
        }
    }

    bool IValueTaskSource<bool>.GetResult(short token) => _wait.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<bool>.GetStatus(short token) => _wait.GetStatus(token);

    void IValueTaskSource<bool>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _wait.OnCompleted(continuation, state, token, flags);

    /// <summary>Gives credit back to the other side; more than 0 bytes.</summary>
    protected abstract void GiveCredit(int bytes);

    /// <summary>Ends the call because of a message that cannot be read.</summary>
    /// <returns>What its reader gets.</returns>
    protected abstract RpcException Fail(in MessageFault fault);

    /// <summary>What the end of the stream is to its reader; null where it is simply the end.</summary>
    protected abstract RpcException? EndOf(TakeOutcome outcome);

    /// <summary>Waits for the next message.</summary>
    /// <param name="owner">Kept alive while the wait lasts.</param>
    protected ValueTask<bool> Next(object? owner)
    {
#pragma warning disable CA1031 // Whatever is wrong belongs into the task.
        try
        {
            CheckNotPending();
            TakeOutcome outcome = Queue.TryTake(out QueuedMessage<T> message, out int credit);
            GiveIfAny(credit);
            return outcome == TakeOutcome.Empty ? Wait(owner) : new ValueTask<bool>(Accept(outcome, message));
        }
        catch (Exception exception)
        {
            return ValueTask.FromException<bool>(exception);
        }
#pragma warning restore CA1031
    }

    /// <summary>Waits for the next message, blocking the thread.</summary>
    protected bool NextBlocking()
    {
        CheckNotPending();
        return Accept(Queue.TakeBlocking(_giveCredit ??= GiveIfAny, out QueuedMessage<T> message), message);
    }

    /// <summary>Ends a wait with its cancellation, unless it is being ended already.</summary>
    protected void CancelWait(CancellationToken cancellationToken)
    {
        if (Queue.StopWaiting())
        {
            EndWait();
            _wait.SetException(new OperationCanceledException(cancellationToken));
        }
    }

    /// <summary>The same as a task: a shared one where there is nothing to wait for.</summary>
    protected static Task<bool> ToTask(in ValueTask<bool> next)
    {
#pragma warning disable MA0042, CA1849 // It has completed.
        return next.IsCompletedSuccessfully ? next.Result ? True : False : next.AsTask();
#pragma warning restore MA0042, CA1849
    }

    private ValueTask<bool> Wait(object? owner)
    {
        _wait.Reset();
        short token = _wait.Version;
        _owner = owner;

        // Before the queue knows of the wait: whoever is told to wake finds it begun.
        _isPending = true;
        TakeOutcome outcome = Queue.TakeOrWait(out QueuedMessage<T> message, out int credit);
        GiveIfAny(credit);
        if (outcome == TakeOutcome.Empty)
        {
            return new ValueTask<bool>(this, token);
        }

        EndWait();
        return new ValueTask<bool>(Accept(outcome, message));
    }

    private void EndWait()
    {
        _owner = null;
        _isPending = false;
    }

    private bool Accept(TakeOutcome outcome, in QueuedMessage<T> queued)
    {
        _current = null;
        if (outcome != TakeOutcome.Taken)
        {
            return EndOf(outcome) is { } exception ? throw exception : false;
        }

        _current = queued.Message ?? Read(queued.Frame);
        return true;
    }

    private T Read(in MessageFrame frame)
    {
        MessageFault fault = Deserialize(frame, out T? message);
        frame.Release();
        return fault.IsNone ? message! : throw Fail(fault);
    }

    private MessageFault Deserialize(in MessageFrame frame, out T? message)
    {
        MessageFault fault = MessageSerializer.Deserialize(marshaller, frame, Coding, maxLength, out message);
        return fault.IsNone && message is null
            ? MessageFault.CannotDeserialize(new InvalidOperationException("the deserializer returned null"))
            : fault;
    }

    private void GiveIfAny(int credit)
    {
        if (credit > 0)
        {
            GiveCredit(credit);
        }
    }

    private void CheckNotPending()
    {
        if (_isPending)
        {
            throw ThrowHelper.ReadUnderWay();
        }
    }
}
