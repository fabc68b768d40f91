using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using Trunkline.Rpc.Messages;

namespace Trunkline.Rpc.Servers.Calls;

/// <summary>What became of an attempt to take a request.</summary>
internal enum TakeOutcome
{
    /// <summary>There is one.</summary>
    Taken,

    /// <summary>There is none yet.</summary>
    Empty,

    /// <summary>There will be none: the client has half-closed.</summary>
    Ended,

    /// <summary>There will be none: the call is over.</summary>
    Failed,
}

/// <summary>One request in the queue: a message, or a frame that still has to be read.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct QueuedRequest<T>
{
    public T? Message;
    public MessageFrame Frame;
    public bool IsParsed;

    /// <summary>Flow-control credit to be given back when the request is taken, in bytes.</summary>
    public int Credit;
}

/// <summary>
/// The requests of a stream between the read loop, which puts them in, and the handler, which takes them out. It also keeps the account of
/// flow-control credit: a client gets its credit back as the handler takes messages, and for a message larger than the window it is topped up
/// while the handler waits for that message, or the two would wait for each other.
/// <para>Invariant: bytes received = bytes given back + credit of queued requests + (partial - prepaid).</para>
/// </summary>
internal sealed class RequestQueue<T>
{
    private readonly object _lock = new();
    private readonly Queue<QueuedRequest<T>> _requests = new();

    // All guarded by _lock.
    private int _partial;
    private int _prepaid;
    private bool _isWaiting;
    private bool _isEnded;
    private bool _isFailed;
    private Status _failure;

    /// <summary>Why no more requests come, where that is a failure.</summary>
    public Status Failure
    {
        get
        {
            lock (_lock)
            {
                return _failure;
            }
        }
    }

    /// <summary>Adds a request.</summary>
    /// <param name="request">The request, without its credit.</param>
    /// <param name="wireLength">What it took on the wire, in bytes.</param>
    /// <param name="wake">True when an asynchronous reader waits and is to be woken by the caller.</param>
    /// <returns>False when the queue has failed; the request is the caller's then.</returns>
    public bool Add(QueuedRequest<T> request, int wireLength, out bool wake)
    {
        lock (_lock)
        {
            wake = false;
            if (_isFailed)
            {
                return false;
            }

            request.Credit = wireLength - _prepaid;
            _prepaid = 0;
            _partial = 0;
            _requests.Enqueue(request);
            wake = WakeLocked();
            return true;
        }
    }

    /// <summary>Notes how much has arrived of a message that is not whole.</summary>
    /// <returns>Credit to give back at once, in bytes: the reader waits for just this message.</returns>
    public int SetPartial(int received)
    {
        lock (_lock)
        {
            _partial = received;
            return !_isFailed && _isWaiting && _requests.Count == 0 ? PrepayLocked() : 0;
        }
    }

    /// <summary>Takes the next request, if there is one.</summary>
    public TakeOutcome TryTake(out QueuedRequest<T> request)
    {
        lock (_lock)
        {
            return TakeLocked(out request);
        }
    }

    /// <summary>Takes the next request or marks the reader as waiting, to be woken once.</summary>
    /// <param name="request">The request.</param>
    /// <param name="credit">Credit to give back at once, in bytes.</param>
    public TakeOutcome TakeOrWait(out QueuedRequest<T> request, out int credit)
    {
        lock (_lock)
        {
            credit = 0;
            TakeOutcome outcome = TakeLocked(out request);
            if (outcome == TakeOutcome.Empty)
            {
                _isWaiting = true;
                credit = PrepayLocked();
            }

            return outcome;
        }
    }

    /// <summary>Takes the next request and blocks until there is one or there will be none.</summary>
    /// <param name="topUp">Gives credit back while waiting.</param>
    /// <param name="request">The request.</param>
    [SuppressMessage("Usage", "MA0134:Observe result of async calls", Justification = "Monitor.Wait is no asynchronous call.")]
    public TakeOutcome TakeBlocking(Action<int> topUp, out QueuedRequest<T> request)
    {
        while (true)
        {
            int credit;
            lock (_lock)
            {
                TakeOutcome outcome = TakeLocked(out request);
                if (outcome != TakeOutcome.Empty)
                {
                    return outcome;
                }

                credit = PrepayLocked();
                if (credit == 0)
                {
                    _isWaiting = true;
                    Monitor.Wait(_lock);
                    _isWaiting = false;
                }
            }

            if (credit > 0)
            {
                topUp(credit);
            }
        }
    }

    /// <summary>The reader gives up waiting.</summary>
    /// <returns>False when it has been woken meanwhile.</returns>
    public bool StopWaiting()
    {
        lock (_lock)
        {
            bool waited = _isWaiting;
            _isWaiting = false;
            return waited;
        }
    }

    /// <summary>The client has half-closed.</summary>
    /// <returns>True when an asynchronous reader is to be woken.</returns>
    public bool End()
    {
        lock (_lock)
        {
            _isEnded = true;
            return WakeLocked();
        }
    }

    /// <summary>The call is over: what is queued is dropped, whoever reads fails.</summary>
    /// <returns>True when an asynchronous reader is to be woken.</returns>
    public bool Fail(Status status)
    {
        lock (_lock)
        {
            if (_isFailed)
            {
                return false;
            }

            _isFailed = true;
            _failure = status;
            while (_requests.TryDequeue(out QueuedRequest<T> request))
            {
                request.Frame.Release();
            }

            return WakeLocked();
        }
    }

    private TakeOutcome TakeLocked(out QueuedRequest<T> request)
    {
        if (_isFailed)
        {
            request = default;
            return TakeOutcome.Failed;
        }

        if (_requests.TryDequeue(out request))
        {
            return TakeOutcome.Taken;
        }

        return _isEnded ? TakeOutcome.Ended : TakeOutcome.Empty;
    }

    private int PrepayLocked()
    {
        int credit = _partial - _prepaid;
        _prepaid = _partial;
        return credit;
    }

    private bool WakeLocked()
    {
        if (!_isWaiting)
        {
            return false;
        }

        _isWaiting = false;
        Monitor.PulseAll(_lock);
        return true;
    }
}
