using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using Trunkline.Http2;

namespace Trunkline.Rpc.Messages;

/// <summary>
/// The messages of a stream between the read loop, which puts them in, and one reader, which takes them out. The message that a reader waits for may
/// be handed over as an object; whatever comes behind it waits as the bytes that it came in, many messages to a run of pooled memory. So what waits
/// takes about as much memory as it took credit, however small the messages are, and the reader takes a whole run with one lock.
/// <para>
/// It also keeps the account of flow-control credit. Credit goes back as the reader takes messages, in batches of <see cref="CreditBatch"/> or when the
/// reader has used up what it had in hand. For a message larger than the window it is topped up while the reader waits for that message, or the two
/// would wait for each other.
/// </para>
/// <para>Invariant: bytes received = bytes given back + bytes of waiting messages + owed - debt + (partial - prepaid).</para>
/// </summary>
#pragma warning disable CA1001 // Its life ends with its call: Fail and the reader give back what is pooled, and what nobody reads any more is the collector's.
internal sealed class MessageQueue<T>
#pragma warning restore CA1001
    where T : class
{
    /// <summary>Credit that a reader with messages in hand may hold back, in bytes: small beside any window, and a hundred small messages.</summary>
    public const int CreditBatch = 4096;

    /// <summary>The longest gathered message that is copied to the others, in bytes; a longer one fills its own segments well enough.</summary>
    private const int MaxSharedLength = 16 * 1024;

    private readonly object _lock = new();

    // Guarded by _lock.
    private readonly Queue<Chunk> _chunks = new();
    private PooledBuffer? _openRun;
    private T? _direct;
    private int _directLength;
    private int _partial;
    private int _prepaid;
    private int _debt;
    private bool _isEnded;

    // Changed under _lock, looked at without.
    private volatile Waiting _waiting;
    private volatile bool _isFailed;

    // Owned by the reader.
    private PooledBuffer? _run;
    private ReadOnlySequence<byte> _sequence;
    private SequencePosition _next;
    private ReadOnlyMemory<byte> _input;
    private int _owed;

    private enum Waiting : byte
    {
        Nobody,
        Asynchronous,
        Blocked,
    }

    /// <summary>True while a reader waits, so that nothing stands before the next message. For the read loop.</summary>
    public bool IsReaderWaiting => _waiting != Waiting.Nobody;

    /// <summary>Adds a message that was read where it lay, because a reader waits for it.</summary>
    /// <param name="message">The message.</param>
    /// <param name="wireLength">What it took on the wire, in bytes.</param>
    /// <returns>True when an asynchronous reader is to be woken.</returns>
    public bool AddRead(T message, int wireLength)
    {
        lock (_lock)
        {
            if (_isFailed)
            {
                return false;
            }

            _direct = message;
            _directLength = wireLength;
            SettlePartialLocked();
            return WakeLocked();
        }
    }

    /// <summary>Adds a message; what is lent is copied, what is owned becomes the queue's.</summary>
    /// <returns>True when an asynchronous reader is to be woken.</returns>
    public bool Add(in MessageFrame frame)
    {
        lock (_lock)
        {
            if (_isFailed)
            {
                // The call is over, and so is its stream at any moment: no credit is owed.
                frame.Release();
                return false;
            }

            if (frame.Length > MaxSharedLength && frame.Owned is { } owned)
            {
                _chunks.Enqueue(new Chunk { Bytes = owned, IsCompressed = frame.IsCompressed });
                _openRun = null;
            }
            else
            {
                AppendLocked(frame);
                frame.Release();
            }

            SettlePartialLocked();
            return WakeLocked();
        }
    }

    /// <summary>Notes how much has arrived of a message that is not whole.</summary>
    /// <returns>Credit to give back at once, in bytes: the reader waits for just this message.</returns>
    public int SetPartial(int received)
    {
        lock (_lock)
        {
            _partial = received;
            return !_isFailed && _waiting != Waiting.Nobody ? PrepayLocked() : 0;
        }
    }

    /// <summary>No more messages follow; those that are there can still be taken.</summary>
    /// <returns>True when an asynchronous reader is to be woken.</returns>
    public bool End()
    {
        lock (_lock)
        {
            _isEnded = true;
            return WakeLocked();
        }
    }

    /// <summary>The call is over: what waits is dropped, whoever reads fails.</summary>
    /// <returns>True when an asynchronous reader is to be woken.</returns>
    public bool Fail()
    {
        lock (_lock)
        {
            if (_isFailed)
            {
                return false;
            }

            // What the reader has in hand it drops itself, when it comes back.
            _isFailed = true;
            _direct = null;
            _openRun = null;
            while (_chunks.TryDequeue(out Chunk chunk))
            {
                chunk.Bytes.Dispose();
            }

            return WakeLocked();
        }
    }

    /// <summary>Takes the next message, if there is one.</summary>
    /// <param name="message">The message.</param>
    /// <param name="credit">Credit to give back, in bytes.</param>
    public TakeOutcome TryTake(out QueuedMessage<T> message, out int credit)
    {
        if (!_input.IsEmpty && !_isFailed)
        {
            message = new QueuedMessage<T>(NextOfRun(out credit));
            return TakeOutcome.Taken;
        }

        lock (_lock)
        {
            return TakeLocked(out message, out credit);
        }
    }

    /// <summary>Takes the next message or marks the reader as waiting, to be woken once.</summary>
    /// <param name="message">The message.</param>
    /// <param name="credit">Credit to give back, in bytes.</param>
    public TakeOutcome TakeOrWait(out QueuedMessage<T> message, out int credit)
    {
        lock (_lock)
        {
            TakeOutcome outcome = TakeLocked(out message, out credit);
            if (outcome == TakeOutcome.Empty)
            {
                _waiting = Waiting.Asynchronous;
                credit = PrepayLocked();
            }

            return outcome;
        }
    }

    /// <summary>Takes the next message and blocks until there is one or there will be none.</summary>
    /// <param name="giveCredit">Gives credit back.</param>
    /// <param name="message">The message.</param>
    [SuppressMessage("Usage", "MA0134:Observe result of async calls", Justification = "Monitor.Wait is no asynchronous call.")]
    public TakeOutcome TakeBlocking(Action<int> giveCredit, out QueuedMessage<T> message)
    {
        while (true)
        {
            TakeOutcome outcome = TryTake(out message, out int credit);
            if (outcome == TakeOutcome.Empty)
            {
                lock (_lock)
                {
                    outcome = TakeLocked(out message, out credit);
                    credit += outcome == TakeOutcome.Empty ? PrepayLocked() : 0;
                    if (outcome == TakeOutcome.Empty && credit == 0)
                    {
                        _waiting = Waiting.Blocked;
                        Monitor.Wait(_lock);
                        _waiting = Waiting.Nobody;
                    }
                }
            }

            giveCredit(credit);
            if (outcome != TakeOutcome.Empty)
            {
                return outcome;
            }
        }
    }

    /// <summary>An asynchronous reader gives up waiting.</summary>
    /// <returns>False when it has been woken meanwhile.</returns>
    public bool StopWaiting()
    {
        lock (_lock)
        {
            bool waited = _waiting == Waiting.Asynchronous;
            _waiting = Waiting.Nobody;
            return waited;
        }
    }

    /// <summary>Copies a message to the run that is being filled. It lies in one piece there, which the reader relies on.</summary>
    private void AppendLocked(in MessageFrame frame)
    {
        if (_openRun is null)
        {
            _openRun = new PooledBuffer();
            _chunks.Enqueue(new Chunk { Bytes = _openRun, IsRun = true });
        }

        Span<byte> place = _openRun.GetSpan(frame.WireLength);
        MessagePrefix.Write(place, frame.IsCompressed, frame.Length);
        frame.CopyTo(place[MessagePrefix.Size..]);
        _openRun.Advance(frame.WireLength);
    }

    private TakeOutcome TakeLocked(out QueuedMessage<T> message, out int credit)
    {
        message = default;
        credit = 0;
        if (_isFailed)
        {
            CloseRun();
            return TakeOutcome.Failed;
        }

        if (!_input.IsEmpty)
        {
            message = new QueuedMessage<T>(NextOfRun(out credit));
            return TakeOutcome.Taken;
        }

        CloseRun();
        _owed -= _debt;
        _debt = 0;
        if (_direct is { } direct)
        {
            _direct = null;
            message = new QueuedMessage<T>(direct);
            credit = Owe(_directLength, isLastInHand: _chunks.Count == 0);
            return TakeOutcome.Taken;
        }

        if (_chunks.TryDequeue(out Chunk chunk))
        {
            message = new QueuedMessage<T>(Begin(chunk, out credit));
            return TakeOutcome.Taken;
        }

        return _isEnded ? TakeOutcome.Ended : TakeOutcome.Empty;
    }

    private MessageFrame Begin(Chunk chunk, out int credit)
    {
        if (!chunk.IsRun)
        {
            var single = new MessageFrame(chunk.Bytes, chunk.IsCompressed);
            credit = Owe(single.WireLength, isLastInHand: true);
            return single;
        }

        if (ReferenceEquals(_openRun, chunk.Bytes))
        {
            _openRun = null;
        }

        _run = chunk.Bytes;
        _sequence = _run.WrittenSequence;
        _next = _sequence.Start;
        NextSegment();
        return NextOfRun(out credit);
    }

    private MessageFrame NextOfRun(out int credit)
    {
        MessagePrefix.ReadChecked(_input.Span, out bool isCompressed, out int length);
        var frame = new MessageFrame(_input.Slice(MessagePrefix.Size, length), isCompressed);
        _input = _input[frame.WireLength..];
        if (_input.IsEmpty)
        {
            NextSegment();
        }

        credit = Owe(frame.WireLength, isLastInHand: _input.IsEmpty);
        return frame;
    }

    private void NextSegment()
    {
        while (_sequence.TryGet(ref _next, out _input) && _input.IsEmpty)
        {
            // A segment that was too short for the message behind it may be left empty.
        }
    }

    private void CloseRun()
    {
        _run?.Dispose();
        _run = null;
        _input = default;
        _sequence = default;
        _next = default;
    }

    private int Owe(int bytes, bool isLastInHand)
    {
        _owed += bytes;
        if (_owed <= 0 || (!isLastInHand && _owed < CreditBatch))
        {
            return 0;
        }

        int credit = _owed;
        _owed = 0;
        return credit;
    }

    /// <summary>The message that was partly there is whole: what was given back for its parts is not given twice.</summary>
    private void SettlePartialLocked()
    {
        _debt += _prepaid;
        _prepaid = 0;
        _partial = 0;
    }

    private int PrepayLocked()
    {
        int credit = _partial - _prepaid;
        _prepaid = _partial;
        return credit;
    }

    private bool WakeLocked()
    {
        Waiting waiting = _waiting;
        if (waiting == Waiting.Nobody)
        {
            return false;
        }

        _waiting = Waiting.Nobody;
        if (waiting == Waiting.Asynchronous)
        {
            return true;
        }

        Monitor.PulseAll(_lock);
        return false;
    }

    /// <summary>A run of framed messages, or one long message without its prefix.</summary>
    [StructLayout(LayoutKind.Auto)]
    private struct Chunk
    {
        public PooledBuffer Bytes;
        public bool IsRun;
        public bool IsCompressed;
    }
}
