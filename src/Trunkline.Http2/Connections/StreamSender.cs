using System.Runtime.InteropServices;
using Trunkline.Http2.Diagnostics;
using Trunkline.Http2.FlowControl;
using Trunkline.Http2.Frames;
using Trunkline.Http2.Hpack;
using Trunkline.Http2.Scheduling;

namespace Trunkline.Http2.Connections;

/// <summary>
/// What streams send: turns writes into HEADERS and DATA within both windows, the peer's frame size and the output's high-water mark, and keeps the
/// streams whose data has to wait. Owned by the output gate: every member is called with the gate held.
/// </summary>
internal sealed class StreamSender(
    StreamTable streams, OutputBuffer output, Http2Options options, TurnScheduler<ConnectionStream> ready, TrafficTally tally)
{
    // A frame of this length carries fourteen times its header, in bytes.
    private const int TinyFrame = 128;

    private readonly HpackEncoder _encoder = new(options.MaxEncoderTableSize);
    private Window _connectionWindow = new(Window.InitialSize);
    private int _initialStreamWindow = Window.InitialSize;
    private int _maxFrameSize = FrameHeader.DefaultMaxLength;

    // The DATA frame at the end of the output, as long as the output lets it grow.
    private StreamId _growingStream;
    private int _growingLength;

    /// <summary>How much data may be decided upon.</summary>
    public OutputRoom Room { get; } = new(ready, output, options);

    /// <summary>Where the streams stand.</summary>
    public StreamPriorities Priorities { get; } = new(ready, output, options, tally);

    /// <summary>HEADERS and DATA frames so far; read from elsewhere.</summary>
    public long FramesSent;

    /// <summary>RST_STREAM frames so far; read from elsewhere.</summary>
    public long ResetsSent;

    /// <summary>DATA frames that a stream's own window has cut to less than <see cref="TinyFrame"/>; read from elsewhere.</summary>
    public long TinyFramesSent;

    /// <summary>Bytes of data that wait on all streams; read from elsewhere.</summary>
    public long WaitingBytes;

    /// <summary>Set when nothing may leave any more.</summary>
    public bool IsClosed { get; set; }

    /// <summary>Takes the peer's credit for the connection.</summary>
    public Http2Error GrowConnectionWindow(int increment) =>
        _connectionWindow.TryAdd(increment)
            ? Http2Error.None
            : Http2Error.Connection(Http2ErrorCode.FlowControlError, "WINDOW_UPDATE takes the connection's window above 2^31-1 (RFC 9113 6.9.1)");

    /// <summary>Takes the peer's credit for a stream.</summary>
    public Http2Error GrowStreamWindow(ConnectionStream stream, int increment)
    {
        if (!stream.SendWindow.TryAdd(increment))
        {
            return Http2Error.Stream(Http2ErrorCode.FlowControlError, $"WINDOW_UPDATE takes the window of stream {stream.Id} above 2^31-1 (RFC 9113 6.9.1)");
        }

        MakeReady(stream);
        return Http2Error.None;
    }

    /// <summary>Gives a new stream the credit that the peer's settings grant.</summary>
    public void Begin(ConnectionStream stream) => stream.SendWindow = new Window(_initialStreamWindow);

    /// <summary>Refuses a write that is out of order: behind the end, or without the headers that come first.</summary>
    /// <exception cref="InvalidOperationException">The caller has made a mistake.</exception>
    public void CheckOrder(ConnectionStream stream, in Outgoing outgoing)
    {
        if (stream.IsClosed || IsClosed)
        {
            // Whoever writes on a stream, or a connection, that has ended meanwhile has made no mistake; the outcome says so.
            return;
        }

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

    /// <summary>Sends what may go at once and keeps the rest on the stream.</summary>
    /// <param name="stream">The stream, open on the wire or about to be opened by these headers.</param>
    /// <param name="outgoing">What to write.</param>
    /// <param name="finish">Becomes true when the stream is over and <see cref="ConnectionCore.Finish"/> is to be called once the gate is left.</param>
    public WriteOutcome Write(ConnectionStream stream, in Outgoing outgoing, ref bool finish)
    {
        bool isTrailing = outgoing.Trailers is not null || outgoing.MoreTrailers is not null;
        bool endStream = outgoing.EndStream || isTrailing;
        bool hasData = outgoing.Data is { Length: > 0 } || outgoing.InlinePayload is not null;
        if (outgoing.Headers is not null || outgoing.MoreHeaders is not null)
        {
            stream.Incoming.AnswersHead |= outgoing.IsHead;
            Priorities.ReadHead(stream, outgoing.Headers, outgoing.MoreHeaders);
            bool endsHere = endStream && !hasData && !isTrailing;
            if (!WriteHeaders(stream, outgoing.Headers, outgoing.MoreHeaders, endsHere, ref finish))
            {
                return WriteOutcome.Closed;
            }

            stream.IsHeadersSent = true;
            if (endsHere)
            {
                stream.IsEndWritten = true;
                EndBothSides(stream, outgoing.EndBothSides, ref finish);
                return WriteOutcome.Sent;
            }
        }

        if (!hasData && !endStream)
        {
            return stream.IsClosed ? WriteOutcome.Closed : WriteOutcome.Sent;
        }

        stream.IsEndWritten = endStream;
        return WriteBody(stream, outgoing, endStream, isTrailing, ref finish);
    }

    private WriteOutcome WriteBody(ConnectionStream stream, in Outgoing outgoing, bool endStream, bool isTrailing, ref bool finish)
    {
        if (outgoing.InlinePayload is { } payload)
        {
            int length = payload.Length;
            if (stream.Pending.IsEmpty && length <= Allowance(stream, Room.OfWrite(stream)))
            {
                if (!WriteInline(stream, payload, length, endStream && !isTrailing, ref finish))
                {
                    return WriteOutcome.Closed;
                }

                return endStream ? EndInPlace(stream, outgoing, isTrailing, ref finish) : WriteOutcome.Sent;
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
            Drop(stream);
            return WriteOutcome.Closed;
        }

        if (endStream)
        {
            stream.Pending.End(outgoing);
        }

        if (!stream.IsReady)
        {
            while (SendNext(stream, Room.OfWrite(stream), ref finish) && ready.IsEmpty)
            {
                // One frame is a turn; all that fits may go at once where nobody else waits.
            }
        }

        if (stream.Pending.IsEmpty)
        {
            return WriteOutcome.Sent;
        }

        stream.IsWriteWaiting = true;
        Recount(stream);
        MakeReady(stream);
        return WriteOutcome.Waiting;
    }

    private bool WriteInline(ConnectionStream stream, IInlinePayload payload, int length, bool endStream, ref bool finish)
    {
        if (!PermitData(stream, endStream, ref finish))
        {
            return false;
        }

        if (stream.Id != _growingStream || !TryGrowFrame(payload, length, endStream))
        {
            Span<byte> room = output.GetRoom(FrameHeader.Size + length);
            FrameWriter.WriteDataHeader(room, stream.Id, length, endStream);
            payload.WriteTo(room.Slice(FrameHeader.Size, length));
            output.AdvanceGrowing(FrameHeader.Size + length);
            tally.CountFrame(FrameType.Data);
            FramesSent++;
            _growingStream = stream.Id;
            _growingLength = length;
        }

        stream.SendWindow.Take(length);
        _connectionWindow.Take(length);
        return true;
    }

    // A short message behind another one of its stream joins its frame, which has not left yet: the peer reads one frame with many messages instead of
    // many frames (bench: server streaming).
    private bool TryGrowFrame(IInlinePayload payload, int length, bool endStream)
    {
        int grown = _growingLength + length;
        if (grown > FrameHeader.DefaultMaxLength || !output.TryGrow(length, out Span<byte> room))
        {
            return false;
        }

        payload.WriteTo(room);
        FrameWriter.WriteDataHeader(output.Grow(length), _growingStream, grown, endStream);
        _growingLength = grown;
        return true;
    }

    // Behind an inline payload: the trailers, if any, and the peer's side.
    private WriteOutcome EndInPlace(ConnectionStream stream, in Outgoing outgoing, bool isTrailing, ref bool finish)
    {
        if (isTrailing && !WriteHeaders(stream, outgoing.Trailers, outgoing.MoreTrailers, endStream: true, ref finish))
        {
            return WriteOutcome.Closed;
        }

        EndBothSides(stream, outgoing.EndBothSides, ref finish);
        return WriteOutcome.Sent;
    }

    private bool WriteHeaders(ConnectionStream stream, PreparedFields? prepared, FieldSection? more, bool endStream, ref bool finish)
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

        if (stream.Priorities.IsUnannounced)
        {
            StreamPriorities.Announce(stream, _encoder);
        }

        ReadOnlySpan<byte> block = _encoder.EndBlock();
        int size = FrameWriter.HeaderBlockSize(block.Length, _maxFrameSize);
        output.Advance(FrameWriter.WriteHeaderBlock(output.GetRoom(size), stream.Id, block, endStream, _maxFrameSize));
        CountBlock(FrameType.Headers, prepared?.Fields, more, block.Length, size);
        FramesSent++;
        return true;
    }

    /// <summary>Writes PUSH_PROMISE: like all headers, ahead of whatever data waits on the stream.</summary>
    public void WritePromise(StreamId associated, StreamId promised, FieldSection request)
    {
        _encoder.BeginBlock();
        _encoder.Write(request);
        ReadOnlySpan<byte> block = _encoder.EndBlock();
        int size = FrameWriter.PromiseBlockSize(block.Length, _maxFrameSize);
        output.Advance(FrameWriter.WritePromiseBlock(output.GetRoom(size), associated, promised, block, _maxFrameSize));
        CountBlock(FrameType.PushPromise, prepared: null, request, block.Length, size);
    }

    private void EndBothSides(ConnectionStream stream, bool endBothSides, ref bool finish)
    {
        if (endBothSides && stream.MayReceive)
        {
            Reset(stream, Http2Error.ResetByUser(Http2ErrorCode.NoError), out bool finished);
            finish |= finished;
        }
    }

    /// <summary>Ends a stream from this side, with RST_STREAM where the peer knows it.</summary>
    public void Reset(ConnectionStream stream, in Http2Error error, out bool finish)
    {
        if (!stream.Close(error, out finish))
        {
            return;
        }

        Drop(stream);
        if (stream.IsKnownToPeer && !IsClosed)
        {
            output.Advance(FrameWriter.WriteRstStream(output.GetRoom(FrameWriter.RstStreamSize), stream.Id, error.Code));
            tally.CountFrame(FrameType.RstStream);
            ResetsSent++;
        }
    }

    /// <summary>Drops what a stream had still to send.</summary>
    public void Drop(ConnectionStream stream)
    {
        stream.Pending.Drop();
        Recount(stream);
        ready.Remove(stream);
    }

    /// <summary>The streams of which nothing has left for a time although data waits.</summary>
    /// <param name="now">The time, on a clock that never goes back.</param>
    /// <param name="timeout">The time.</param>
    /// <param name="bytes">What waits on them, in bytes.</param>
    public List<ConnectionStream> FindStalled(TimeSpan now, TimeSpan timeout, out long bytes)
    {
        List<ConnectionStream> stalled = [];
        bytes = 0;
        foreach (ConnectionStream stream in streams.Snapshot())
        {
            // A stream that is new to this look begins to stand still now.
            long progress = stream.Pending.Length > 0 ? stream.DataFramesSent + 1 : 0;
            if (stream.SendStandstill.Observe(progress, now) >= timeout && progress > 0)
            {
                stalled.Add(stream);
                bytes += stream.Pending.Length;
            }
        }

        return stalled;
    }

    private void Recount(ConnectionStream stream)
    {
        WaitingBytes += stream.Pending.Length - stream.CountedWaiting;
        stream.CountedWaiting = stream.Pending.Length;
    }

    // What may leave at once for a stream: within a frame, both windows and the room that the output has for it.
    private int Allowance(ConnectionStream stream, int room) =>
        Math.Min(Math.Min(_maxFrameSize, room), Math.Min(_connectionWindow.Available, stream.SendWindow.Available));

    /// <summary>Whether a stream that waits could send now.</summary>
    public bool CanPump() => !IsClosed && !ready.IsEmpty && Room.OfTurn > 0 && _connectionWindow.Available > 0;

    // Whoever waits for its own window is not ready; WINDOW_UPDATE or SETTINGS bring it back.
    private void MakeReady(ConnectionStream stream)
    {
        if (!stream.Pending.IsEmpty && (stream.SendWindow.Available > 0 || stream.Pending.Length == 0))
        {
            ready.Enqueue(stream);
        }
        else if (!stream.Pending.IsEmpty)
        {
            tally.CountStall();
        }
    }

    // Continuations are what the size has beyond one frame header and the block.
    private void CountBlock(FrameType type, FieldSection? prepared, FieldSection? more, int length, int size)
    {
        tally.CountFrame(type);
        tally.CountFields((prepared?.ByteCount ?? 0) + (more?.ByteCount ?? 0), length);
        for (int rest = size - length - FrameHeader.Size; rest >= FrameHeader.Size; rest -= FrameHeader.Size)
        {
            tally.CountFrame(FrameType.Continuation);
        }
    }

    /// <summary>Gives the streams that wait their turns, one frame each, as far as credit and room go.</summary>
    /// <param name="progress">Receives the streams to be told.</param>
    public void Pump(List<StreamProgress> progress)
    {
        while (CanPump() && ready.Dequeue() is { } stream)
        {
            bool finish = false;
            if (!stream.Pending.IsEmpty)
            {
                SendNext(stream, Room.OfTurn, ref finish);
                MakeReady(stream);
            }

            // A stream that was reset while it waited has nothing to tell any more: its end has been told, and the object may soon serve another.
            bool isWritable = stream.IsWriteWaiting && stream.Pending.IsEmpty && !stream.IsClosed;
            if (isWritable || finish)
            {
                stream.IsWriteWaiting = false;
                progress.Add(new StreamProgress(stream, stream.Id, isWritable && !finish, finish));
            }
        }
    }

    /// <summary>Sends the next frame of what waits on a stream, if it may go.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="room">What the output has room for.</param>
    /// <param name="finish">Becomes true when the stream is over.</param>
    /// <returns>True when another one might go at once.</returns>
    private bool SendNext(ConnectionStream stream, int room, ref bool finish)
    {
        ref PendingOutput pending = ref stream.Pending;
        if (pending.Length > 0)
        {
            int length = (int)Math.Min(pending.Length, Allowance(stream, room));
            if (length <= 0)
            {
                return false;
            }

            bool endsHere = pending.EndStream && !pending.HasTrailers && length == pending.Length;
            if (!SendData(stream, length, endsHere, ref finish))
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
            SendEnd(stream, ref finish);
        }

        return false;
    }

    private bool SendData(ConnectionStream stream, int length, bool endStream, ref bool finish)
    {
        if (!PermitData(stream, endStream, ref finish))
        {
            Drop(stream);
            return false;
        }

        output.Advance(FrameWriter.WriteDataHeader(output.GetRoom(FrameHeader.Size), stream.Id, length, endStream));
        tally.CountFrame(FrameType.Data);
        FramesSent++;
        TinyFramesSent += length < TinyFrame && length < stream.Pending.Length && length == stream.SendWindow.Available ? 1 : 0;
        stream.SendWindow.Take(length);
        _connectionWindow.Take(length);
        stream.Pending.MoveTo(output, length);
        stream.DataFramesSent++;
        Recount(stream);
        if (endStream)
        {
            EndPending(stream, ref finish);
        }

        return true;
    }

    // The end without data before it: trailers, or DATA of no bytes, which needs no credit (RFC 9113 6.9.1).
    private void SendEnd(ConnectionStream stream, ref bool finish)
    {
        ref PendingOutput pending = ref stream.Pending;
        bool isSent = true;
        if (pending.HasTrailers)
        {
            isSent = WriteHeaders(stream, pending.Trailers, pending.MoreTrailers, endStream: true, ref finish);
        }
        else if (PermitData(stream, endStream: true, ref finish))
        {
            output.Advance(FrameWriter.WriteDataHeader(output.GetRoom(FrameHeader.Size), stream.Id, length: 0, endStream: true));
            tally.CountFrame(FrameType.Data);
        }
        else
        {
            isSent = false;
        }

        if (isSent)
        {
            EndPending(stream, ref finish);
        }
        else
        {
            Drop(stream);
        }
    }

    private void EndPending(ConnectionStream stream, ref bool finish)
    {
        bool endBothSides = stream.Pending.EndBothSides;
        Drop(stream);
        EndBothSides(stream, endBothSides, ref finish);
    }

    private static bool PermitData(ConnectionStream stream, bool endStream, ref bool finish)
    {
        SendPermit permit = stream.SendData(endStream);
        finish |= permit == SendPermit.GrantedAndFinished;
        return permit != SendPermit.Refused;
    }

    /// <summary>Applies one of the peer's settings, as far as it concerns sending.</summary>
    public Http2Error Apply(Setting setting)
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
                return ShiftWindows((int)setting.Value);
            default:
                return Http2Error.None;
        }
    }

    // RFC 9113 6.9.2: every open stream's window moves by the difference; the connection's does not.
    private Http2Error ShiftWindows(int size)
    {
        int difference = size - _initialStreamWindow;
        _initialStreamWindow = size;
        foreach (ConnectionStream stream in streams.Snapshot())
        {
            if (!stream.SendWindow.TryShift(difference))
            {
                return Http2Error.Connection(
                    Http2ErrorCode.FlowControlError,
                    $"SETTINGS_INITIAL_WINDOW_SIZE takes the window of stream {stream.Id} above 2^31-1 (RFC 9113 6.9.2)");
            }

            MakeReady(stream);
        }

        return Http2Error.None;
    }
}

/// <summary>What became of a stream that waited.</summary>
/// <param name="Stream">The stream's object.</param>
/// <param name="Id">The stream: the object may serve another by the time that anybody is told.</param>
/// <param name="IsWritable">Whether all that waited has gone and the layer above is to be told.</param>
/// <param name="IsFinished">Whether the stream is over.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct StreamProgress(ConnectionStream Stream, StreamId Id, bool IsWritable, bool IsFinished);
