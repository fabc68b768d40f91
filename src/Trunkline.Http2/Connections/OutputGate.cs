using System.Runtime.InteropServices;
using Trunkline.Http2.FlowControl;
using Trunkline.Http2.Frames;
using Trunkline.Http2.Hpack;
using Trunkline.Http2.Scheduling;

namespace Trunkline.Http2.Connections;

/// <summary>
/// Where everything that leaves a connection is put in order: a short lock that owns the HPACK encoder, the send windows, the output buffer and
/// what waits. It is never held across a system call, an await, user code or work of unbounded size. Methods with the suffix Locked need it held.
/// </summary>
/// <remarks>
/// Whoever appends and finds no flush under way starts one: directly when its stream is alone on the connection, else scheduled once for all that
/// gathers meanwhile. The read loop's own frames (acknowledgements, credit) wait for the end of its batch.
/// </remarks>
internal sealed class OutputGate
{
    /// <summary>
    /// Replies that may be owed to a peer which does not read them: acknowledgements of SETTINGS and PING. They are the only output that a peer can
    /// cause without limit; 1,000 of them are 17 KB.
    /// </summary>
    public const int MaxOwedReplies = 1000;

    private readonly Lock _lock = new();

    // Immutable.
    private readonly ConnectionCore _core;
    private readonly StreamTable _streams;
    private readonly int _highWaterMark;

    // Owned by the gate.
    private readonly HpackEncoder _encoder;
    private readonly OutputBuffer _output = new();
    private readonly ReadyQueue<ConnectionStream> _ready = new();
    private Window _connectionWindow = new(Window.InitialSize);
    private int _initialStreamWindow = Window.InitialSize;
    private int _maxFrameSize = FrameHeader.DefaultMaxLength;
    private int _owedReplies;
    private bool _isFlushing;
    private bool _isClosed;
    private StreamId _lastOpened = new(-1);

    public OutputGate(ConnectionCore core, Http2Options options)
    {
        _core = core;
        _streams = core.Streams;
        _highWaterMark = options.OutputHighWaterMark;
        _encoder = new HpackEncoder(options.MaxEncoderTableSize);
    }

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
            CheckOrderLocked(stream, outgoing);
            outcome = WriteLocked(stream, outgoing, ref finish);
            duty = TakeFlushDutyLocked();
        }

        Flush(duty);
        if (finish)
        {
            _core.Finish(stream);
        }
        else if (outcome == WriteOutcome.Closed)
        {
            outgoing.Data?.Dispose();
            FinishRefused(stream);
        }

        return outcome;
    }

    /// <summary>Ends a stream from this side: RST_STREAM where the peer knows the stream, silence where it does not.</summary>
    public void Reset(ConnectionStream stream, in Http2Error error, bool onReadLoop = false)
    {
        bool finish;
        FlushDuty duty = FlushDuty.None;
        lock (_lock)
        {
            ResetLocked(stream, error, out finish);
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

    /// <summary>Ends a stream because the connection ends, or has left it behind; nothing is sent for it.</summary>
    public void EndWithConnection(ConnectionStream stream, in Http2Error error)
    {
        bool finish;
        lock (_lock)
        {
            stream.Close(error, out finish);
            stream.Pending.Drop();
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
            if (!_isClosed)
            {
                _output.Advance(FrameWriter.WriteRstStream(_output.GetRoom(FrameWriter.RstStreamSize), id, code));
            }
        }
    }

    /// <summary>Gives credit to the peer, for a stream from the layer above.</summary>
    public void WriteWindowUpdate(StreamId id, int increment)
    {
        FlushDuty duty;
        lock (_lock)
        {
            WriteWindowUpdateLocked(id, increment);
            duty = TakeFlushDutyLocked();
        }

        Flush(duty);
    }

    /// <summary>Gives credit to the peer, from the read loop; it leaves with the end of the batch.</summary>
    public void GiveCredit(StreamId id, int increment)
    {
        lock (_lock)
        {
            WriteWindowUpdateLocked(id, increment);
        }
    }

    /// <summary>Sends the first SETTINGS and what a client puts before them, and enlarges the connection window.</summary>
    public void WritePreface(bool isClient, ReadOnlySpan<Setting> settings, int connectionCredit)
    {
        FlushDuty duty;
        lock (_lock)
        {
            if (isClient)
            {
                _output.Write(ConnectionPreface.Client);
            }

            int size = FrameHeader.Size + (settings.Length * Setting.Size);
            _output.Advance(FrameWriter.WriteSettings(_output.GetRoom(size), settings));
            if (connectionCredit > 0)
            {
                WriteWindowUpdateLocked(StreamId.Connection, connectionCredit);
            }

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
            if (!_isClosed)
            {
                _output.Advance(FrameWriter.WritePing(_output.GetRoom(FrameWriter.PingSize), opaque, ack: false));
            }

            duty = TakeFlushDutyLocked();
        }

        Flush(duty);
    }

    /// <summary>Answers a PING, from the read loop.</summary>
    public Http2Error AcknowledgePing(long opaque)
    {
        lock (_lock)
        {
            Http2Error error = OweReplyLocked();
            if (error.IsNone && !_isClosed)
            {
                _output.Advance(FrameWriter.WritePing(_output.GetRoom(FrameWriter.PingSize), opaque, ack: true));
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
            Http2Error error = OweReplyLocked();
            for (int i = 0; i < settings.Count && error.IsNone; i++)
            {
                error = ApplyLocked(settings[i]);
            }

            if (error.IsNone && !_isClosed)
            {
                _output.Advance(FrameWriter.WriteSettingsAck(_output.GetRoom(FrameHeader.Size)));
            }

            return error;
        }
    }

    /// <summary>Takes the peer's credit for the connection, from the read loop.</summary>
    public Http2Error GrowConnectionWindow(int increment)
    {
        lock (_lock)
        {
            return _connectionWindow.TryAdd(increment)
                ? Http2Error.None
                : Http2Error.Connection(Http2ErrorCode.FlowControlError, "WINDOW_UPDATE takes the connection's window above 2^31-1 (RFC 9113 6.9.1)");
        }
    }

    /// <summary>Takes the peer's credit for a stream, from the read loop.</summary>
    public Http2Error GrowStreamWindow(ConnectionStream stream, StreamId id, int increment)
    {
        lock (_lock)
        {
            if (stream.Id != id)
            {
                return Http2Error.None;
            }

            if (!stream.SendWindow.TryAdd(increment))
            {
                return Http2Error.Stream(Http2ErrorCode.FlowControlError, $"WINDOW_UPDATE takes the window of stream {id} above 2^31-1 (RFC 9113 6.9.1)");
            }

            MakeReadyLocked(stream);
            return Http2Error.None;
        }
    }

    /// <summary>A stream that the peer opened gets its credit.</summary>
    public void Accept(ConnectionStream stream)
    {
        lock (_lock)
        {
            stream.SendWindow = new Window(_initialStreamWindow);
        }
    }

    /// <summary>Says GOAWAY; with <paramref name="last"/> set nothing leaves behind it.</summary>
    public void WriteGoAway(StreamId lastStreamId, Http2ErrorCode code, ReadOnlySpan<byte> debugData, bool last)
    {
        FlushDuty duty;
        lock (_lock)
        {
            if (!_isClosed)
            {
                int size = FrameWriter.GoAwaySize + debugData.Length;
                _output.Advance(FrameWriter.WriteGoAway(_output.GetRoom(size), lastStreamId, code, debugData));
            }

            _isClosed |= last;
            duty = TakeFlushDutyLocked();
        }

        Flush(duty);
    }

    /// <summary>Nothing leaves any more: the link is gone.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _isClosed = true;
        }
    }

    /// <summary>Drops what a finished stream had still to send.</summary>
    public void Drop(ConnectionStream stream)
    {
        lock (_lock)
        {
            stream.Pending.Drop();
        }
    }

    /// <summary>The read loop has worked off a batch: what it appended may go.</summary>
    public void FlushBatch()
    {
        FlushDuty duty;
        lock (_lock)
        {
            duty = TakeFlushDutyLocked();
        }

        Flush(duty);
    }

    /// <summary>Takes what has gathered, after the streams that wait had their turns. Called by the flusher alone.</summary>
    /// <param name="progress">Receives the streams to be told.</param>
    /// <param name="chain">What to send; null when only streams are to be told.</param>
    /// <returns>False when there is nothing left to do and the flush is over.</returns>
    public bool TryTakeOutput(List<StreamProgress> progress, out Segment? chain)
    {
        lock (_lock)
        {
            PumpLocked(progress);
            chain = _output.Take();
            _owedReplies = 0;
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
        if (_isFlushing || (_output.Length == 0 && !CanPumpLocked()))
        {
            return FlushDuty.None;
        }

        _isFlushing = true;
        return _streams.Count <= 1 ? FlushDuty.Direct : FlushDuty.Scheduled;
    }

    private static void CheckOrderLocked(ConnectionStream stream, in Outgoing outgoing)
    {
        bool hasHeaders = outgoing.Headers is not null || outgoing.MoreHeaders is not null;
        if (stream.IsEndWritten)
        {
            ThrowHelper.WriteAfterEnd(stream.Id);
        }

        if (!hasHeaders && !stream.IsHeadersSent)
        {
            ThrowHelper.HeadersMissing();
        }
    }

    private WriteOutcome WriteLocked(ConnectionStream stream, in Outgoing outgoing, ref bool finish)
    {
        bool isTrailing = outgoing.Trailers is not null || outgoing.MoreTrailers is not null;
        bool endStream = outgoing.EndStream || isTrailing;
        bool hasData = outgoing.Data is { Length: > 0 } || outgoing.InlinePayload is not null;
        if (_isClosed)
        {
            return WriteOutcome.Closed;
        }

        if (outgoing.Headers is not null || outgoing.MoreHeaders is not null)
        {
            if (!stream.IsHeadersSent && stream.Id.IsConnection && !OpenLocked(stream))
            {
                return WriteOutcome.Closed;
            }

            stream.Incoming.AnswersHead |= outgoing.IsHead;

            bool endsHere = endStream && !hasData && !isTrailing;
            if (!WriteHeadersLocked(stream, outgoing.Headers, outgoing.MoreHeaders, endsHere, ref finish))
            {
                return WriteOutcome.Closed;
            }

            stream.IsHeadersSent = true;
            if (endsHere)
            {
                stream.IsEndWritten = true;
                EndBothSidesLocked(stream, outgoing.EndBothSides, ref finish);
                return WriteOutcome.Sent;
            }
        }

        if (!hasData && !endStream)
        {
            return stream.IsClosed ? WriteOutcome.Closed : WriteOutcome.Sent;
        }

        stream.IsEndWritten = endStream;
        return WriteBodyLocked(stream, outgoing, endStream, isTrailing, ref finish);
    }

    private WriteOutcome WriteBodyLocked(ConnectionStream stream, in Outgoing outgoing, bool endStream, bool isTrailing, ref bool finish)
    {
        if (outgoing.InlinePayload is { } payload)
        {
            int length = payload.Length;
            if (stream.Pending.IsEmpty && length <= RoomLocked(stream))
            {
                if (!WriteInlineLocked(stream, payload, length, endStream && !isTrailing, ref finish))
                {
                    return WriteOutcome.Closed;
                }

                return endStream ? EndInPlaceLocked(stream, outgoing, isTrailing, ref finish) : WriteOutcome.Sent;
            }

            using var waiting = new PooledBuffer();
            payload.WriteTo(waiting.GetSpan(length)[..length]);
            waiting.Advance(length);
            stream.Pending.Append(waiting);
        }
        else if (outgoing.Data is { } data)
        {
            stream.Pending.Append(data);
        }

        if (stream.IsClosed)
        {
            stream.Pending.Drop();
            return WriteOutcome.Closed;
        }

        if (endStream)
        {
            stream.Pending.End(outgoing);
        }

        if (!stream.IsReady)
        {
            while (SendNextLocked(stream, ref finish))
            {
                // One frame a turn; all that fits may go at once because nobody else waits, or the output would be full.
            }
        }

        if (stream.Pending.IsEmpty)
        {
            return WriteOutcome.Sent;
        }

        stream.IsWriteWaiting = true;
        MakeReadyLocked(stream);
        return WriteOutcome.Waiting;
    }

    private bool WriteInlineLocked(ConnectionStream stream, IInlinePayload payload, int length, bool endStream, ref bool finish)
    {
        if (!PermitData(stream, endStream, ref finish))
        {
            return false;
        }

        Span<byte> room = _output.GetRoom(FrameHeader.Size + length);
        FrameWriter.WriteDataHeader(room, stream.Id, length, endStream);
        payload.WriteTo(room.Slice(FrameHeader.Size, length));
        _output.Advance(FrameHeader.Size + length);
        stream.SendWindow.Take(length);
        _connectionWindow.Take(length);
        return true;
    }

    // Behind an inline payload: the trailers, if any, and the peer's side.
    private WriteOutcome EndInPlaceLocked(ConnectionStream stream, in Outgoing outgoing, bool isTrailing, ref bool finish)
    {
        if (isTrailing && !WriteHeadersLocked(stream, outgoing.Trailers, outgoing.MoreTrailers, endStream: true, ref finish))
        {
            return WriteOutcome.Closed;
        }

        EndBothSidesLocked(stream, outgoing.EndBothSides, ref finish);
        return WriteOutcome.Sent;
    }

    private bool OpenLocked(ConnectionStream stream)
    {
        if (stream.IsClosed || !_core.AcceptsStreams || !_lastOpened.TryNext(out StreamId id))
        {
            return false;
        }

        _lastOpened = id;
        stream.SendWindow = new Window(_initialStreamWindow);
        stream.Open(id);
        _streams.Add(stream, id);
        _core.Side.NoteOpened(id);
        return true;
    }

    private bool WriteHeadersLocked(ConnectionStream stream, PreparedFields? prepared, FieldSection? more, bool endStream, ref bool finish)
    {
        SendPermit permit = stream.SendHeaders(endStream);
        if (permit == SendPermit.Refused)
        {
            return false;
        }

        finish |= permit == SendPermit.GrantedAndFinished;
        _encoder.BeginBlock();
        if (prepared is not null)
        {
            _encoder.Write(prepared);
        }

        if (more is not null)
        {
            _encoder.Write(more);
        }

        ReadOnlySpan<byte> block = _encoder.EndBlock();
        int size = FrameWriter.HeaderBlockSize(block.Length, _maxFrameSize);
        _output.Advance(FrameWriter.WriteHeaderBlock(_output.GetRoom(size), stream.Id, block, endStream, _maxFrameSize));
        return true;
    }

    private void EndBothSidesLocked(ConnectionStream stream, bool endBothSides, ref bool finish)
    {
        if (endBothSides && stream.MayReceive)
        {
            ResetLocked(stream, Http2Error.ResetByUser(Http2ErrorCode.NoError), out bool finished);
            finish |= finished;
        }
    }

    private void ResetLocked(ConnectionStream stream, in Http2Error error, out bool finish)
    {
        if (!stream.Close(error, out finish))
        {
            return;
        }

        stream.Pending.Drop();
        if (stream.IsKnownToPeer && !_isClosed)
        {
            _output.Advance(FrameWriter.WriteRstStream(_output.GetRoom(FrameWriter.RstStreamSize), stream.Id, error.Code));
        }
    }

    // What may leave at once for a stream: within a frame, both windows and the output's high-water mark.
    private int RoomLocked(ConnectionStream stream) =>
        _output.Length >= _highWaterMark
            ? 0
            : Math.Min(Math.Min(_maxFrameSize, FrameHeader.DefaultMaxLength), Math.Min(_connectionWindow.Available, stream.SendWindow.Available));

    private bool CanPumpLocked() => !_ready.IsEmpty && _output.Length < _highWaterMark && _connectionWindow.Available > 0;

    // Whoever waits for its own window is not ready; WINDOW_UPDATE or SETTINGS bring it back.
    private void MakeReadyLocked(ConnectionStream stream)
    {
        if (!stream.Pending.IsEmpty && (stream.SendWindow.Available > 0 || stream.Pending.Length == 0))
        {
            _ready.Enqueue(stream);
        }
    }

    private void PumpLocked(List<StreamProgress> progress)
    {
        while (CanPumpLocked() && _ready.Dequeue() is { } stream)
        {
            bool finish = false;
            if (!stream.Pending.IsEmpty)
            {
                SendNextLocked(stream, ref finish);
                MakeReadyLocked(stream);
            }

            bool isWritable = stream.IsWriteWaiting && stream.Pending.IsEmpty;
            if (isWritable || finish)
            {
                stream.IsWriteWaiting = false;
                progress.Add(new StreamProgress(stream, isWritable && !finish, finish));
            }
        }
    }

    /// <summary>Sends the next frame of what waits on a stream, if it may go.</summary>
    /// <returns>True when another one might go at once.</returns>
    private bool SendNextLocked(ConnectionStream stream, ref bool finish)
    {
        ref PendingOutput pending = ref stream.Pending;
        if (pending.Length > 0)
        {
            int length = (int)Math.Min(pending.Length, RoomLocked(stream));
            if (length <= 0)
            {
                return false;
            }

            bool endsHere = pending.EndStream && !pending.HasTrailers && length == pending.Length;
            if (!SendDataLocked(stream, length, endsHere, ref finish))
            {
                return false;
            }
        }

        if (pending.Length > 0)
        {
            return true;
        }

        if (pending.EndStream)
        {
            SendEndLocked(stream, ref finish);
        }

        return false;
    }

    private bool SendDataLocked(ConnectionStream stream, int length, bool endStream, ref bool finish)
    {
        if (!PermitData(stream, endStream, ref finish))
        {
            stream.Pending.Drop();
            return false;
        }

        _output.Advance(FrameWriter.WriteDataHeader(_output.GetRoom(FrameHeader.Size), stream.Id, length, endStream));
        stream.SendWindow.Take(length);
        _connectionWindow.Take(length);
        stream.Pending.MoveTo(_output, length);
        if (endStream)
        {
            EndPendingLocked(stream, ref finish);
        }

        return true;
    }

    // The end without data before it: trailers, or DATA of no bytes, which needs no credit (RFC 9113 6.9.1).
    private void SendEndLocked(ConnectionStream stream, ref bool finish)
    {
        ref PendingOutput pending = ref stream.Pending;
        bool isSent = true;
        if (pending.HasTrailers)
        {
            isSent = WriteHeadersLocked(stream, pending.Trailers, pending.MoreTrailers, endStream: true, ref finish);
        }
        else if (PermitData(stream, endStream: true, ref finish))
        {
            _output.Advance(FrameWriter.WriteDataHeader(_output.GetRoom(FrameHeader.Size), stream.Id, length: 0, endStream: true));
        }
        else
        {
            isSent = false;
        }

        if (isSent)
        {
            EndPendingLocked(stream, ref finish);
        }
        else
        {
            pending.Drop();
        }
    }

    private void EndPendingLocked(ConnectionStream stream, ref bool finish)
    {
        bool endBothSides = stream.Pending.EndBothSides;
        stream.Pending.Drop();
        EndBothSidesLocked(stream, endBothSides, ref finish);
    }

    private static bool PermitData(ConnectionStream stream, bool endStream, ref bool finish)
    {
        SendPermit permit = stream.SendData(endStream);
        finish |= permit == SendPermit.GrantedAndFinished;
        return permit != SendPermit.Refused;
    }

    private Http2Error ApplyLocked(Setting setting)
    {
        switch (setting.Id)
        {
            case SettingId.HeaderTableSize:
                _encoder.SetPeerTableSize(setting.Value);
                return Http2Error.None;
            case SettingId.MaxFrameSize:
                _maxFrameSize = (int)setting.Value;
                return Http2Error.None;
            case SettingId.InitialWindowSize:
                return ShiftWindowsLocked((int)setting.Value);
            default:
                return Http2Error.None;
        }
    }

    // RFC 9113 6.9.2: every open stream's window moves by the difference; the connection's does not.
    private Http2Error ShiftWindowsLocked(int size)
    {
        int difference = size - _initialStreamWindow;
        _initialStreamWindow = size;
        foreach (ConnectionStream stream in _streams.Snapshot())
        {
            if (!stream.SendWindow.TryShift(difference))
            {
                return Http2Error.Connection(
                    Http2ErrorCode.FlowControlError,
                    $"SETTINGS_INITIAL_WINDOW_SIZE takes the window of stream {stream.Id} above 2^31-1 (RFC 9113 6.9.2)");
            }

            MakeReadyLocked(stream);
        }

        return Http2Error.None;
    }

    private Http2Error OweReplyLocked() =>
        ++_owedReplies <= MaxOwedReplies
            ? Http2Error.None
            : Http2Error.Connection(Http2ErrorCode.EnhanceYourCalm, $"more than {MaxOwedReplies} acknowledgements are owed to a peer that does not read them");

    private void WriteWindowUpdateLocked(StreamId id, int increment)
    {
        if (!_isClosed)
        {
            _output.Advance(FrameWriter.WriteWindowUpdate(_output.GetRoom(FrameWriter.WindowUpdateSize), id, increment));
        }
    }

    // A stream that could not even be opened has not been on the wire: it ends as unprocessed.
    private void FinishRefused(ConnectionStream stream)
    {
        if (!stream.Id.IsConnection)
        {
            return;
        }

        if (stream.Close(_core.UnopenedError(), out bool finish) && finish)
        {
            _core.Finish(stream);
        }
    }
}

/// <summary>What became of a stream that waited.</summary>
/// <param name="Stream">The stream.</param>
/// <param name="IsWritable">Whether all that waited has gone and the layer above is to be told.</param>
/// <param name="IsFinished">Whether the stream is over.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct StreamProgress(ConnectionStream Stream, bool IsWritable, bool IsFinished);
