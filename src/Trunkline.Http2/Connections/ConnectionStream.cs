using System.Diagnostics;
using Trunkline.Http2.Fields;
using Trunkline.Http2.FlowControl;
using Trunkline.Http2.Limits;
using Trunkline.Http2.Push;
using Trunkline.Http2.Scheduling;
using Trunkline.Http2.Streams;

namespace Trunkline.Http2.Connections;

/// <summary>
/// A live stream. Three owners: the read loop delivers what comes, the output gate sends what goes, and a short lock of the stream's own guards the
/// state in which the two meet. Lock order: gate, then stream; nothing of the layer above runs under either.
/// </summary>
internal sealed class ConnectionStream(ConnectionCore core) : Http2Stream, IReadyItem<ConnectionStream>
{
    private const int NoWork = 0;
    private const int Working = 1;
    private const int Unfinished = 2;

    private readonly Lock _lock = new();

    // Guarded by _lock.
    private StreamState _state;
    private ReceiveWindow _receiveWindow;
    private Http2Error _closeError;
    private bool _isDelivering;
    private bool _isCounted;
    private bool _isFinishTaken;
    private bool _isTold;
    private bool _isReleased;

    // Interlocked: whether the layer above works for the stream, and whether that work has outlived it.
    private int _work;

    // Immutable between two lives of the object.
    private IStreamHandler? _handler;
    private int _id;

    /// <summary>What waits to be sent; owned by the output gate.</summary>
    public PendingOutput Pending;

    /// <summary>How much of it is counted in what waits on the connection, in bytes; owned by the output gate.</summary>
    public long CountedWaiting;

    /// <summary>DATA frames that have left what waited; owned by the output gate.</summary>
    public long DataFramesSent;

    /// <summary>How long none has; owned by the output gate.</summary>
    public Standstill SendStandstill;

    /// <summary>The peer's credit for this stream; owned by the output gate.</summary>
    public Window SendWindow;

    /// <summary>What both sides have said about the stream's priority; written by the output gate.</summary>
    public StreamPriority Priorities;

    private ReadyNode<ConnectionStream> _node;

    /// <summary>The rules that the stream's incoming message has to keep; owned by the read loop.</summary>
    public MessageRules Incoming;

    /// <summary>The stream's place among the promised ones; guarded by the lock of its connection's <see cref="PushCounts"/>.</summary>
    public PushStage PushStage;

    /// <inheritdoc/>
    public override StreamId Id => new(Volatile.Read(ref _id));

    /// <inheritdoc/>
    public override Http2Connection Connection => core.Connection;

    /// <inheritdoc/>
    public override Priority Priority
    {
        get => Priorities.Effective.ToPriority();
        set => core.Output.SetPriority(this, value);
    }

    /// <summary>The layer above; null for a request that was refused before anyone took it.</summary>
    public IStreamHandler? Handler => _handler;

    /// <summary>Owned by the output gate: headers have gone out.</summary>
    public bool IsHeadersSent { get; set; }

    /// <summary>Owned by the output gate: a write was told to wait, and is to be told when all has gone.</summary>
    public bool IsWriteWaiting { get; set; }

    /// <summary>Whether the peer has heard of the stream, so that ending it takes RST_STREAM.</summary>
    public bool IsKnownToPeer => _id != 0;

    /// <summary>Owned by the output gate: the layer above has written its last, sent or waiting.</summary>
    public bool IsEndWritten { get; set; }

    /// <inheritdoc/>
    public ref ReadyNode<ConnectionStream> Node => ref _node;

    /// <summary>Owned by the output gate: the stream waits for its turn.</summary>
    public bool IsReady => _node.IsReady;

    /// <summary>Begins a life. The id of a stream that this side opens follows with its first write.</summary>
    public void Begin(StreamId id, IStreamHandler? handler, int receiveWindow)
    {
        lock (_lock)
        {
            _state = default;
            _receiveWindow = new ReceiveWindow(receiveWindow);
            _closeError = default;
            _isDelivering = _isFinishTaken = _isTold = _isReleased = false;
            _isCounted = !id.IsConnection;
            _work = NoWork;
            _handler = handler;
            _id = id.Value;
            SendWindow = default;
            DataFramesSent = 0;
            SendStandstill = default;
            Incoming = default;
            PushStage = PushStage.None;
            Priorities = default;
            Debug.Assert(!IsReady, "a stream that waits for its turn is not used again");
            _node.Class = TurnClass.Unmarked;
            IsHeadersSent = IsEndWritten = IsWriteWaiting = false;
            Debug.Assert(Pending.IsEmpty, "a finished stream keeps no output");
        }
    }

    /// <summary>Says who handles a stream that the peer opened, before anything is delivered.</summary>
    public void SetHandler(IStreamHandler handler) => _handler = handler;

    /// <inheritdoc/>
    public override WriteOutcome Write(in Outgoing outgoing) => core.Output.Write(this, outgoing);

    /// <inheritdoc/>
    public override PushOutcome TryPush(FieldSection request, IStreamHandler handler, out Http2Stream? promised)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(handler);
        return core.Side.TryPush(this, request, handler, out promised);
    }

    /// <inheritdoc/>
    public override void Consume(int bytes)
    {
        int increment;
        StreamId id;
        lock (_lock)
        {
            if (_state.IsClosed || !_state.MayReceive)
            {
                // No credit is owed for a stream on which nothing more comes.
                return;
            }

            increment = _receiveWindow.Consume(bytes);
            if (increment > 0)
            {
                increment += core.Growth.Grow(ref _receiveWindow);
            }

            id = new StreamId(_id);
        }

        if (increment > 0)
        {
            core.Output.WriteWindowUpdate(id, increment);
        }
    }

    /// <summary>The stream has just been opened from this side; called inside the gate.</summary>
    /// <returns>The increment to announce before anything comes; 0 for none, as a rule.</returns>
    public int GrowAhead()
    {
        lock (_lock)
        {
            return _state.MayReceive ? core.Growth.Grow(ref _receiveWindow) : 0;
        }
    }

    /// <inheritdoc/>
    public override void Reset(Http2ErrorCode code) => core.Output.Reset(this, Http2Error.ResetByUser(code));

    /// <inheritdoc/>
    public override void BeginWork() => Volatile.Write(ref _work, Working);

    /// <inheritdoc/>
    public override void EndWork()
    {
        if (Volatile.Read(ref _work) != NoWork && Interlocked.Exchange(ref _work, NoWork) == Unfinished)
        {
            core.Unfinished.Remove();
        }
    }

    /// <inheritdoc/>
    public override void Release()
    {
        EndWork();
        bool isOver;
        lock (_lock)
        {
            isOver = _isTold && !_isReleased;
            _isReleased = true;
        }

        if (isOver)
        {
            core.Streams.Recycle(this);
        }
    }

    /// <summary>HEADERS came.</summary>
    /// <param name="id">The id of the frame: the object may have begun another life since it was looked up.</param>
    /// <param name="endStream">The frame's flag.</param>
    /// <param name="error">What is broken, where something is.</param>
    public Reception ReceiveHeaders(StreamId id, bool endStream, out Http2Error error)
    {
        lock (_lock)
        {
            error = Http2Error.None;
            if (_id != id.Value || _state.IsClosed)
            {
                return Reception.Late;
            }

            error = _state.ReceiveHeaders(endStream);
            UncountLocked();
            return BeginDeliveryLocked(error);
        }
    }

    /// <summary>DATA came.</summary>
    /// <param name="id">The id of the frame.</param>
    /// <param name="length">The length that counts against the window: all of the payload.</param>
    /// <param name="padding">The part of it that the layer above never sees, and whose credit goes back at once.</param>
    /// <param name="endStream">The frame's flag.</param>
    /// <param name="credit">The increment to announce for the padding.</param>
    /// <param name="error">What is broken, where something is.</param>
    public Reception ReceiveData(StreamId id, int length, int padding, bool endStream, out int credit, out Http2Error error)
    {
        credit = 0;
        lock (_lock)
        {
            error = Http2Error.None;
            if (_id != id.Value || _state.IsClosed)
            {
                return Reception.Late;
            }

            if (_state.MayReceive && !_receiveWindow.TryReceive(length))
            {
                error = Http2Error.Stream(
                    Http2ErrorCode.FlowControlError,
                    $"DATA of {length} bytes on stream {id} is more than its window of {_receiveWindow.Available} bytes allows (RFC 9113 6.9.1)");
                return Reception.Broken;
            }

            error = _state.ReceiveData(endStream);
            UncountLocked();
            if (error.IsNone && padding > 0 && !endStream)
            {
                credit = _receiveWindow.Consume(padding);
            }

            return BeginDeliveryLocked(error);
        }
    }

    /// <summary>PUSH_PROMISE came on this stream.</summary>
    /// <param name="id">The id of the frame.</param>
    public Http2Error ReceivePushPromise(StreamId id)
    {
        lock (_lock)
        {
            return _id == id.Value ? _state.ReceivePushPromise() : Http2Error.None;
        }
    }

    /// <summary>WINDOW_UPDATE came.</summary>
    /// <param name="id">The id of the frame.</param>
    public Http2Error ReceiveWindowUpdate(StreamId id)
    {
        lock (_lock)
        {
            return _id == id.Value && !_state.IsClosed ? _state.ReceiveWindowUpdate() : Http2Error.None;
        }
    }

    /// <summary>PUSH_PROMISE that reserves this stream came: it is shown to the layer above, and <see cref="EndDelivery"/> must follow.</summary>
    public void BeginOffer()
    {
        lock (_lock)
        {
            _state.ReserveRemote();
            _isCounted = false;
            _isDelivering = true;
        }
    }

    /// <summary>PUSH_PROMISE that reserves this stream goes out; called inside the gate.</summary>
    public void Promise()
    {
        lock (_lock)
        {
            _state.ReserveLocal();
            _isCounted = false;
        }
    }

    /// <summary>RST_STREAM came.</summary>
    /// <returns>True when the stream is over by it and <see cref="ConnectionCore.Finish"/> is to be called.</returns>
    public bool ReceiveReset(StreamId id, Http2ErrorCode code)
    {
        lock (_lock)
        {
            if (_id != id.Value || _state.IsClosed)
            {
                return false;
            }

            _state.ReceiveReset(code);
            _closeError = Http2Error.ResetByPeer(code);
            UncountLocked();
            return TakeFinishLocked();
        }
    }

    /// <summary>The callbacks of one frame have returned.</summary>
    /// <returns>True when the stream ended meanwhile and is to be finished now.</returns>
    public bool EndDelivery()
    {
        lock (_lock)
        {
            _isDelivering = false;
            return TakeFinishLocked();
        }
    }

    /// <summary>Opens the stream from this side; called inside the gate, where ids are given out.</summary>
    public void Open(StreamId id)
    {
        lock (_lock)
        {
            Volatile.Write(ref _id, id.Value);
            _isCounted = true;
        }
    }

    /// <summary>HEADERS or trailers go out; called inside the gate.</summary>
    public SendPermit SendHeaders(bool endStream)
    {
        lock (_lock)
        {
            return _state.IsClosed || !_state.SendHeaders(endStream).IsNone ? SendPermit.Refused : PermitLocked();
        }
    }

    /// <summary>DATA goes out; called inside the gate.</summary>
    public SendPermit SendData(bool endStream)
    {
        lock (_lock)
        {
            return _state.IsClosed || !_state.SendData(endStream).IsNone ? SendPermit.Refused : PermitLocked();
        }
    }

    /// <summary>Whether a promise may go out on this stream; called inside the gate.</summary>
    public bool MayPromise
    {
        get
        {
            lock (_lock)
            {
                return _state.SendPushPromise().IsNone;
            }
        }
    }

    /// <summary>Whether the peer may still send.</summary>
    public bool MayReceive
    {
        get
        {
            lock (_lock)
            {
                return _state.MayReceive;
            }
        }
    }

    /// <summary>Whether the stream is over.</summary>
    public bool IsClosed
    {
        get
        {
            lock (_lock)
            {
                return _state.IsClosed;
            }
        }
    }

    /// <summary>How the stream ended.</summary>
    public CloseCause CloseCause
    {
        get
        {
            lock (_lock)
            {
                return _state.Cause;
            }
        }
    }

    /// <summary>Ends the stream from this side, with or without RST_STREAM; called inside the gate.</summary>
    /// <param name="error">What its handler is told.</param>
    /// <param name="finish">True when <see cref="ConnectionCore.Finish"/> is to be called once the gate is left.</param>
    /// <returns>False when the stream was over already.</returns>
    public bool Close(in Http2Error error, out bool finish)
    {
        lock (_lock)
        {
            finish = false;
            if (_state.IsClosed)
            {
                return false;
            }

            if (error.Scope == ErrorScope.Connection || !_state.SendReset(error.Code).IsNone)
            {
                // Nothing is sent for it: the connection ends around it, or the peer never heard of it.
                _state.EndWithConnection();
            }

            _closeError = error;
            UncountLocked();
            finish = TakeFinishLocked();
            return true;
        }
    }

    /// <summary>Tells the layer above that there is room, unless the stream has ended meanwhile; called outside the gate.</summary>
    /// <param name="id">The stream that there is room for: the object may have begun another life.</param>
    public void TellWritable(StreamId id)
    {
        IStreamHandler? handler;
        lock (_lock)
        {
            handler = _id == id.Value && !_state.IsClosed ? _handler : null;
        }

        handler?.OnWritable();
    }

    /// <summary>Tells the layer above that the stream is over.</summary>
    public void TellClosed() => _handler?.OnClosed(_closeError);

    /// <summary>Says that nothing of this life will be touched any more by the engine.</summary>
    /// <returns>True when the layer above has released it too.</returns>
    public bool EndLife()
    {
        if (Volatile.Read(ref _work) == Working && Interlocked.CompareExchange(ref _work, Unfinished, Working) == Working)
        {
            core.Unfinished.Add();
        }

        lock (_lock)
        {
            bool both = _isReleased;
            _isTold = true;
            return both;
        }
    }

    private Reception BeginDeliveryLocked(in Http2Error error)
    {
        _isDelivering = error.IsNone;
        return error.IsNone ? Reception.Deliver : Reception.Broken;
    }

    private SendPermit PermitLocked()
    {
        UncountLocked();
        return TakeFinishLocked() ? SendPermit.GrantedAndFinished : SendPermit.Granted;
    }

    // The place under SETTINGS_MAX_CONCURRENT_STREAMS is free with the state's change (RFC 9113 5.1.2), before a byte of the frame that ends the stream
    // has left: the peer may use it as soon as it sees that frame.
    private void UncountLocked()
    {
        if (_isCounted && _state.IsClosed)
        {
            _isCounted = false;
            core.Streams.Uncount();
        }
    }

    // One caller gets true: the one that finishes the stream. While the read loop delivers it has to wait for the delivery's end.
    private bool TakeFinishLocked()
    {
        if (!_state.IsClosed || _isDelivering || _isFinishTaken)
        {
            return false;
        }

        _isFinishTaken = true;
        core.Growth.End(_receiveWindow);
        return true;
    }
}

/// <summary>What is to be done with a frame that came for a stream.</summary>
internal enum Reception : byte
{
    /// <summary>The layer above gets it; a delivery has begun and <see cref="ConnectionStream.EndDelivery"/> must follow.</summary>
    Deliver,

    /// <summary>The stream is over already.</summary>
    Late,

    /// <summary>The frame breaks a rule.</summary>
    Broken,
}

/// <summary>Whether a stream's state allows a frame that is about to be written.</summary>
internal enum SendPermit : byte
{
    /// <summary>The stream is over; nothing is written.</summary>
    Refused,

    /// <summary>Go ahead.</summary>
    Granted,

    /// <summary>Go ahead; the frame ends the stream, and <see cref="ConnectionCore.Finish"/> is to be called once the gate is left.</summary>
    GrantedAndFinished,
}
