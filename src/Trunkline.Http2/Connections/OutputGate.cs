using Trunkline.Http2.Diagnostics;
using Trunkline.Http2.Frames;
using Trunkline.Http2.Limits;
using Trunkline.Http2.Push;
using Trunkline.Http2.Scheduling;

namespace Trunkline.Http2.Connections;

/// <summary>
/// Where everything that leaves a connection is put in order: a short lock that owns the HPACK encoder, the send windows, the output buffer and
/// what waits. It is never held across a system call, an await, user code or work of unbounded size. Methods with the suffix Locked need it held.
/// </summary>
/// <remarks>
/// Whoever appends and finds no flush under way starts one: directly when its stream is alone on the connection and the peer has been heard since the
/// last direct one, else scheduled once for all that gathers meanwhile. The read loop's own frames (acknowledgements, credit) wait for the end of its batch.
/// </remarks>
internal sealed class OutputGate
{
    /// <summary>
    /// Replies that may be owed to a peer which does not read them: acknowledgements of SETTINGS and PING, refusals of promises. They are the only
    /// output that a peer can cause without limit; 1,000 of them are 17 KB.
    /// </summary>
    public const int MaxOwedReplies = 1000;

    private readonly Lock _lock = new();

    // Immutable.
    private readonly ConnectionCore _core;
    private readonly TrafficTally _tally;
    private readonly StreamTable _streams;

    // Eight times what makes streams wait, in bytes: the answers to ten thousand calls, which no peer leaves unread that reads at all.
    private readonly long _drainMark;

    // Changed under the gate, looked at without.
    private long _gathered;
    private TaskCompletionSource? _drained;

    // Owned by the gate.
    private readonly OutputBuffer _output = new();
    private readonly StreamSender _sender;
    private readonly ControlSender _control;

    // Batches read so far, and the one since which a flush was direct: an answer to what has just come leaves at once, while a stream that pushes one
    // message after the other without hearing from its peer gathers them (bench: server streaming, 1 stream).
    private long _batch;
    private long _directFlushBatch = -1;
    private bool _isFlushing;
    private StreamId _lastOpened;

    public OutputGate(ConnectionCore core, Http2Options options)
    {
        _core = core;
        _tally = core.Tally.Sent;
        _streams = core.Streams;
        _drainMark = 8L * options.OutputHighWaterMark;
        _sender = new StreamSender(core.Streams, _output, options, new TurnScheduler<ConnectionStream>(), _tally);
        _control = new ControlSender(_sender, _output, _tally);
        _lastOpened = new StreamId(options.FirstStreamId - 2);
    }

    /// <summary>What has been sent so far, for the budgets of the peer; from any thread, perhaps a moment old.</summary>
    public Activity Sent => new(Interlocked.Read(ref _sender.FramesSent), Interlocked.Read(ref _sender.ResetsSent));

    /// <summary>DATA frames that the peer's window for the stream has cut to a few bytes; from any thread.</summary>
    public long TinyFramesSent => Interlocked.Read(ref _sender.TinyFramesSent);

    /// <summary>Bytes of data that wait on streams; from any thread.</summary>
    public long WaitingBytes => Interlocked.Read(ref _sender.WaitingBytes);

    /// <summary>
    /// Whether so much has gathered that nothing more should be read that may be answered: headers and control frames never wait, so a peer that
    /// sends and does not read would fill the memory with answers. On a server alone: were both sides to wait for each other to read, neither would, and
    /// what a client owes a server is bounded by <see cref="MaxOwedReplies"/>.
    /// </summary>
    public bool MustDrain => Volatile.Read(ref _gathered) >= _drainMark && _core.Side.IsServer && !_core.IsEnding;

    private enum FlushDuty : byte
    {
        None,
        Direct,
        Scheduled,
    }

    /// <summary>Writes on a stream; opens it when it is this side's and the headers are its first.</summary>
    public WriteOutcome Write(ConnectionStream stream, in Outgoing outgoing)
    {
        WriteOutcome outcome;
        bool finish = false;
        FlushDuty duty;
        lock (_lock)
        {
            _sender.CheckOrder(stream, outgoing);
            bool opens = stream.Id.IsConnection;
            outcome = MayWriteLocked(stream, outgoing, ref finish) ? _sender.Write(stream, outgoing, ref finish) : WriteOutcome.Closed;
            if (opens && _core.Growth.GrowsAhead)
            {
                GrowAheadLocked(stream, outcome);
            }

            duty = TakeFlushDutyLocked();
        }

        Flush(duty);
        if (outcome == WriteOutcome.Waiting)
        {
            _core.Stalls.NoteUnfinished();
        }
        else if (outcome == WriteOutcome.Closed)
        {
            outgoing.Data?.Dispose();
            _core.FinishUnopened(stream);
        }

        if (finish)
        {
            _core.Finish(stream);
        }

        return outcome;
    }

    /// <summary>Promises a request on a stream, and makes the stream on which its response is to follow (RFC 9113 8.4.1).</summary>
    public PushOutcome Promise(ServerPushes pushes, ConnectionStream associated, FieldSection request, IStreamHandler handler, out Http2Stream? promised)
    {
        promised = null;
        FlushDuty duty;
        lock (_lock)
        {
            if (_sender.IsClosed || !_core.AcceptsStreams || !associated.MayPromise)
            {
                return PushOutcome.Closed;
            }

            PushStage stage = PushStage.None;
            PushOutcome outcome = pushes.TryReserve(ref stage, out StreamId id);
            if (outcome != PushOutcome.Pushed)
            {
                return outcome;
            }

            ConnectionStream stream = _streams.Rent(id, handler, receiveWindow: 0);
            stream.PushStage = stage;
            stream.Promise();
            _sender.Begin(stream);
            _streams.AddPromised(stream, id);
            _sender.WritePromise(associated.Id, id, request);
            promised = stream;
            duty = TakeFlushDutyLocked();
        }

        Flush(duty);
        return PushOutcome.Pushed;
    }

    /// <summary>Ends a stream from this side: RST_STREAM where the peer knows the stream, silence where it does not.</summary>
    public void Reset(ConnectionStream stream, in Http2Error error, bool onReadLoop = false)
    {
        bool finish;
        FlushDuty duty = FlushDuty.None;
        lock (_lock)
        {
            _sender.Reset(stream, error, out finish);
            if (!onReadLoop)
            {
                duty = TakeFlushDutyLocked();
            }
        }

        Flush(duty);
        if (finish)
        {
            _core.Finish(stream);
        }
    }

    /// <summary>Refuses a stream that the peer has promised, from the read loop: an answer owed to it, like an acknowledgement.</summary>
    public Http2Error RefusePromise(ConnectionStream stream)
    {
        lock (_lock)
        {
            _sender.Reset(stream, Http2Error.ResetByUser(Http2ErrorCode.RefusedStream), out _);
            return _control.OweReply();
        }
    }

    /// <summary>Ends a stream because the connection ends, or has left it behind; nothing is sent for it.</summary>
    public void EndWithConnection(ConnectionStream stream, in Http2Error error)
    {
        bool finish;
        lock (_lock)
        {
            stream.Close(error, out finish);
            _sender.Drop(stream);
        }

        if (finish)
        {
            _core.Finish(stream);
        }
    }

    /// <summary>Refuses or resets a stream that has no object, from the read loop.</summary>
    public void WriteReset(StreamId id, Http2ErrorCode code)
    {
        lock (_lock)
        {
            _control.WriteReset(id, code);
        }
    }

    /// <summary>Gives credit to the peer, for a stream from the layer above.</summary>
    public void WriteWindowUpdate(StreamId id, int increment)
    {
        FlushDuty duty;
        lock (_lock)
        {
            _control.WriteWindowUpdate(id, increment);
            duty = TakeFlushDutyLocked();
        }

        Flush(duty);
    }

    /// <summary>Gives credit to the peer, from the read loop; it leaves with the end of the batch.</summary>
    public void GiveCredit(StreamId id, int increment)
    {
        lock (_lock)
        {
            _control.WriteWindowUpdate(id, increment);
        }
    }

    /// <summary>Sends the first SETTINGS and what a client puts before them, and enlarges the connection window.</summary>
    public void WritePreface(bool isClient, ReadOnlySpan<Setting> settings, int connectionCredit)
    {
        FlushDuty duty;
        lock (_lock)
        {
            _control.WritePreface(isClient, settings, connectionCredit);
            duty = TakeFlushDutyLocked();
        }

        Flush(duty);
    }

    /// <summary>Sends SETTINGS behind the first ones.</summary>
    public void WriteSettings(ReadOnlySpan<Setting> settings)
    {
        FlushDuty duty;
        lock (_lock)
        {
            _control.WriteSettings(settings);
            duty = TakeFlushDutyLocked();
        }

        Flush(duty);
    }

    /// <summary>Sends a PING of this side's own.</summary>
    public void WritePing(long opaque)
    {
        FlushDuty duty;
        lock (_lock)
        {
            _control.WritePing(opaque, ack: false);
            duty = TakeFlushDutyLocked();
        }

        Flush(duty);
    }

    /// <summary>Sends a PING that measures, behind the connection's credit, from the read loop; they leave with the end of the batch.</summary>
    public void WriteProbe(long opaque, int credit)
    {
        lock (_lock)
        {
            if (credit > 0)
            {
                _control.WriteWindowUpdate(StreamId.Connection, credit);
            }

            _control.WritePing(opaque, ack: false);
        }
    }

    /// <summary>Answers a PING, from the read loop.</summary>
    public Http2Error AcknowledgePing(long opaque)
    {
        lock (_lock)
        {
            Http2Error error = _control.OweReply();
            if (error.IsNone)
            {
                _control.WritePing(opaque, ack: true);
            }

            return error;
        }
    }

    /// <summary>Applies the peer's SETTINGS in one step with their acknowledgement, from the read loop (RFC 9113 6.5.3).</summary>
    /// <param name="settings">The entries, checked by themselves.</param>
    public Http2Error ApplySettings(in SettingsFrame settings)
    {
        lock (_lock)
        {
            Http2Error error = _control.OweReply();
            for (int i = 0; i < settings.Count && error.IsNone; i++)
            {
                error = _sender.Apply(settings[i]);
            }

            if (error.IsNone)
            {
                _control.WriteSettingsAck();
            }

            return error;
        }
    }

    /// <summary>The streams of which nothing has left for a time although data waits.</summary>
    /// <param name="now">The time, on a clock that never goes back.</param>
    /// <param name="timeout">The time.</param>
    /// <param name="bytes">What waits on them, in bytes.</param>
    public List<ConnectionStream> FindStalled(TimeSpan now, TimeSpan timeout, out long bytes)
    {
        lock (_lock)
        {
            return _sender.FindStalled(now, timeout, out bytes);
        }
    }

    /// <summary>Takes the peer's credit for the connection, from the read loop.</summary>
    public Http2Error GrowConnectionWindow(int increment)
    {
        lock (_lock)
        {
            return _sender.GrowConnectionWindow(increment);
        }
    }

    /// <summary>Takes the peer's credit for a stream, from the read loop.</summary>
    public Http2Error GrowStreamWindow(ConnectionStream stream, StreamId id, int increment)
    {
        lock (_lock)
        {
            // The object may have begun another life since it was looked up.
            return stream.Id == id ? _sender.GrowStreamWindow(stream, increment) : Http2Error.None;
        }
    }

    /// <summary>A stream that the peer opened gets its credit.</summary>
    public void Accept(ConnectionStream stream)
    {
        lock (_lock)
        {
            _sender.Begin(stream);
        }
    }

    /// <summary>The layer above sets a stream's priority.</summary>
    public void SetPriority(ConnectionStream stream, Priority priority)
    {
        FlushDuty duty;
        lock (_lock)
        {
            if (_sender.IsClosed || stream.IsClosed)
            {
                return;
            }

            if (_core.Side.IsServer)
            {
                _sender.Priorities.SetOwn(stream, priority);
            }
            else
            {
                _sender.Priorities.Ask(stream, priority, _core.Settings.MaySendPriorityUpdate);
            }

            duty = TakeFlushDutyLocked();
        }

        Flush(duty);
    }

    /// <summary>The peer asks for a priority, on the read loop.</summary>
    public void SetAskedPriority(ConnectionStream stream, StreamId id, PrioritySignal signal)
    {
        lock (_lock)
        {
            // The object may have begun another life since it was looked up.
            if (stream.Id == id)
            {
                _sender.Priorities.SetAsked(stream, signal);
            }
        }
    }

    /// <summary>Says GOAWAY; with <paramref name="last"/> set nothing leaves behind it.</summary>
    public void WriteGoAway(StreamId lastStreamId, Http2ErrorCode code, ReadOnlySpan<byte> debugData, bool last)
    {
        FlushDuty duty;
        bool isIdle;
        lock (_lock)
        {
            _control.WriteGoAway(lastStreamId, code, debugData);
            _sender.IsClosed |= last;
            duty = TakeFlushDutyLocked();
            isIdle = last && !_isFlushing;
        }

        Flush(duty);
        if (isIdle)
        {
            // All had left before, so no flush will come to say so.
            _core.Flusher.GiveUp();
        }
    }

    /// <summary>Sends bytes that are not of HTTP/2, and nothing after them.</summary>
    public void WriteLast(ReadOnlySpan<byte> bytes)
    {
        FlushDuty duty;
        lock (_lock)
        {
            if (!_sender.IsClosed)
            {
                _output.Write(bytes);
            }

            _sender.IsClosed = true;
            duty = TakeFlushDutyLocked();
        }

        Flush(duty);
    }

    /// <summary>Nothing leaves any more: the link is gone.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _sender.IsClosed = true;
        }
    }

    /// <summary>The link is closed and nothing more is appended: what could not leave goes back to the pool.</summary>
    public void Discard()
    {
        Segment? unsent;
        lock (_lock)
        {
            unsent = _output.Take();
        }

        Segment.ReleaseChain(unsent);
    }

    /// <summary>Waits until the flusher has taken what has gathered. Called by the read loop.</summary>
    public Task DrainAsync()
    {
        lock (_lock)
        {
            if (!MustDrain)
            {
                return Task.CompletedTask;
            }

            _drained = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _drained.Task;
        }
    }

    /// <summary>Ends a wait of the read loop: the connection ends.</summary>
    public void EndDrain()
    {
        lock (_lock)
        {
            _drained?.TrySetResult();
        }
    }

    /// <summary>Drops what a finished stream had still to send.</summary>
    public void Drop(ConnectionStream stream)
    {
        lock (_lock)
        {
            _sender.Drop(stream);
        }
    }

    /// <summary>The read loop has worked off a batch: what it appended may go.</summary>
    public void FlushBatch()
    {
        FlushDuty duty;
        lock (_lock)
        {
            duty = TakeFlushDutyLocked();
            _batch++;
        }

        Flush(duty);
    }

    /// <summary>Whether streams of different urgency share the connection, so that as little as possible is to wait below it.</summary>
    public bool IsLate => _sender.Room.IsLate;

    /// <summary>Takes what has gathered, after the streams that wait had their turns. Called by the flusher alone.</summary>
    /// <param name="progress">Receives the streams to be told.</param>
    /// <param name="chain">What to send; null when only streams are to be told.</param>
    /// <returns>False when there is nothing left to do and the flush is over.</returns>
    public bool TryTakeOutput(List<StreamProgress> progress, out Segment? chain)
    {
        lock (_lock)
        {
            _sender.Pump(progress);
            chain = _output.Take();
            _control.NoteTaken();
            _gathered = 0;
            _drained?.TrySetResult();
            _isFlushing = chain is not null || progress.Count > 0;
            return _isFlushing;
        }
    }

    private void Flush(FlushDuty duty)
    {
        if (duty == FlushDuty.Direct)
        {
            _core.Flusher.Run();
        }
        else if (duty == FlushDuty.Scheduled)
        {
            _core.Flusher.Schedule();
        }
    }

    private FlushDuty TakeFlushDutyLocked()
    {
        _gathered = _output.Length;
        if (_isFlushing || (_output.Length == 0 && !_sender.CanPump()))
        {
            return FlushDuty.None;
        }

        _isFlushing = true;
        if (_streams.Count > 1 || _directFlushBatch == _batch)
        {
            return FlushDuty.Scheduled;
        }

        _directFlushBatch = _batch;
        return FlushDuty.Direct;
    }

    // A stream of this side's that is not on the wire yet is opened by the write that is about to carry its headers.
    private bool MayWriteLocked(ConnectionStream stream, in Outgoing outgoing, ref bool finish) =>
        !_sender.IsClosed && !stream.IsClosed && (stream.IsHeadersSent || (stream.Id.IsConnection ? OpenLocked(stream, outgoing) : BeginLocked(stream, ref finish)));

    // The peer's limit counts a promised stream from its response on. Where it was lowered since the promise, the promise is taken back.
    private bool BeginLocked(ConnectionStream stream, ref bool finish)
    {
        if (!stream.Id.IsServerOpened || _core.Side.MaySendPushed(stream))
        {
            return true;
        }

        _sender.Reset(stream, Http2Error.ResetByUser(Http2ErrorCode.Cancel), out finish);
        return false;
    }

    private bool OpenLocked(ConnectionStream stream, in Outgoing outgoing)
    {
        if (stream.IsClosed || !_core.AcceptsStreams || !_core.Side.StillAllowsStreams || !_lastOpened.TryNext(out StreamId id))
        {
            return false;
        }

        _lastOpened = id;
        _sender.Begin(stream);
        stream.Open(id);
        _streams.Add(stream, id);
        _core.Side.NoteOpened(id, outgoing);
        _tally.CountStream();
        return true;
    }

    private void GrowAheadLocked(ConnectionStream stream, WriteOutcome outcome)
    {
        if (outcome != WriteOutcome.Closed && stream.GrowAhead() is var credit and > 0)
        {
            _control.WriteWindowUpdate(stream.Id, credit);
        }
    }
}
