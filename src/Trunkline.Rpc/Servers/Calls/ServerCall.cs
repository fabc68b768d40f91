using System.Diagnostics;
using Trunkline.Http2;
using Trunkline.Rpc.Deadlines;
using Trunkline.Rpc.Diagnostics;
using Trunkline.Rpc.Dispatching;
using Trunkline.Rpc.Headers;
using Trunkline.Rpc.Messages;
using Trunkline.Rpc.Servers.Routing;

namespace Trunkline.Rpc.Servers.Calls;

/// <summary>
/// One call on the server, whatever its kind and message types: takes the stream's events, starts the handler, sends the response, and ends the call
/// once, whoever ends it.
/// <para>
/// Two machines run side by side. Towards the handler: <see cref="CallStage"/>. Towards the client: nothing sent, headers sent, status sent, guarded
/// by <see cref="Lock"/>. The one who moves the second to its end (the handler's result, a deadline, a broken request, the end of the stream)
/// decides the status; whatever comes later finds the call over.
/// </para>
/// <para>The object is free for the next call when stream, handler and deadline have each let go of it.</para>
/// </summary>
internal abstract class ServerCall : IWorkItem, IDeadlineOwner
{
    // Immutable during a call.
    private Http2Stream? _stream;
    private MessageCoding? _responseCoding;

    // Owned by the read loop.
    private MessageDeframer _deframer;
    private bool _requestEnded;

    // Guarded by Lock.
    private bool _headersSent;
    private bool _statusSent;
    private bool _isOver;
    private bool _roomSeen;
    private bool _streamIsOver;
    private Status _overStatus;
    private TaskCompletionSource? _room;
    private long _backlog;

    // Interlocked.
    private int _stage;
    private int _holds;
    private int _deadlineArmed;

    private Deadline? _deadline;

    /// <summary>What the writes of handlers that do not wait for them may gather, in bytes, beside the first message that had to wait.</summary>
    public const int MaxBacklog = 4 * 1024 * 1024;

    /// <summary>Guards the response side. Held across <see cref="Http2Stream.Write"/>, which only queues; never across user code.</summary>
    protected Lock Lock { get; } = new();

    protected ServerConnection Connection { get; private set; } = null!;

    protected CallHost Host => Connection.Host;

    protected Http2Stream Stream => _stream!;

    /// <summary>The coding of compressed requests that the headers named.</summary>
    public MessageCoding? RequestCoding { get; private set; }

    /// <summary>The context of the present call.</summary>
    public ServerContext Context { get; private set; } = null!;

    /// <summary>True when the call is over before its handler was: the client is gone, the deadline has passed, or the request is broken.</summary>
    protected bool IsOver
    {
        get
        {
            lock (Lock)
            {
                return _isOver;
            }
        }
    }

    /// <summary>The status of a call that <see cref="IsOver"/>.</summary>
    protected Status OverStatus
    {
        get
        {
            lock (Lock)
            {
                return _overStatus;
            }
        }
    }

    /// <summary>The name for logs and texts.</summary>
    protected abstract string MethodName { get; }

    /// <summary>Begins a call; on the read loop.</summary>
    public void Begin(ServerConnection connection, Http2Stream stream, scoped ref RequestHead head, bool endStream)
    {
        Connection = connection;
        _stream = stream;
        RequestCoding = head.RequestCoding;
        _responseCoding = head.TakesResponseCoding ? Host.ResponseCoding : null;
        _deframer = new MessageDeframer(Host.MaxReceiveMessageSize);
        _stage = CallStage.Receiving;
        _holds = 2;
        Context = new ServerContext(this, connection, MethodName, head.Host, head.Metadata, DueTime(head.Timeout));
        if (head.Timeout is { } timeout)
        {
            _holds++;
            _deadlineArmed = 1;
            Host.Deadlines.Schedule(_deadline ??= new Deadline(this), timeout);
        }

        OnBegun();
        if (endStream)
        {
            OnRequestEnd();
        }
    }

    /// <summary>Content came; on the read loop.</summary>
    public void OnData(ReadOnlyMemory<byte> data, bool endStream)
    {
        int length = data.Length;
        MessageFault fault = MessageFault.None;
        while (!_requestEnded)
        {
            DeframeOutcome outcome = _deframer.Read(ref data, out MessageFrame frame, out fault);
            if (outcome == DeframeOutcome.NeedsMore)
            {
                break;
            }

            if (outcome == DeframeOutcome.Message)
            {
                fault = OnMessage(frame);
            }

            if (!fault.IsNone)
            {
                _requestEnded = true;
                _deframer.Abandon();
                EndEarly(fault.ToStatus());
            }
        }

        if (endStream)
        {
            OnRequestEnd();
        }
        else
        {
            OnReceived(length, _deframer.PartialLength);
        }
    }

    /// <summary>The client has half-closed; on the read loop.</summary>
    public void OnRequestEnd()
    {
        if (_requestEnded)
        {
            return;
        }

        _requestEnded = true;
        MessageFault fault = _deframer.End();
        if (!fault.IsNone)
        {
            _deframer.Abandon();
            EndEarly(fault.ToStatus());
            return;
        }

        OnHalfClosed();
    }

    /// <summary>What waited has gone out.</summary>
    public void OnWritable()
    {
        TaskCompletionSource? room;
        lock (Lock)
        {
            _roomSeen = true;
            room = TakeRoomLocked();
        }

        room?.TrySetResult();
    }

    /// <summary>The stream is over.</summary>
    public void OnClosed(in Http2Error error)
    {
        _requestEnded = true;
        _deframer.Abandon();
        Status status = StatusOf(error);
        TaskCompletionSource? room;
        bool ends;
        lock (Lock)
        {
            ends = TryEndLocked(status);
            room = TakeRoomLocked();
        }

        if (ends)
        {
            AfterEarlyEnd(status);
        }

        FailRoom(room, status);
        DisarmDeadline();
        ReleaseHold();
    }

    /// <summary>The deadline has passed; on the timer's thread.</summary>
    public void OnDeadline()
    {
        var status = new Status(StatusCode.DeadlineExceeded, "The deadline passed on the server.");
        bool ends;
        bool reset = false;
        TaskCompletionSource? room = null;
        lock (Lock)
        {
            if (ends = TryEndLocked(status))
            {
                // A client that has part of a response learns nothing from trailers behind what waits; RST_STREAM overtakes it.
                reset = _headersSent;
                room = TakeRoomLocked();
                if (!reset)
                {
                    WriteStatusLocked(status, trailers: null, message: null, data: null);
                }
            }
        }

        if (ends)
        {
            if (reset)
            {
                Stream.Reset(Http2ErrorCode.Cancel);
            }

            AfterEarlyEnd(status);
            FailRoom(room, status);
        }

        ReleaseHold();
    }

    /// <summary>Gives credit back to the client.</summary>
    public void GiveCredit(int bytes) => Stream.Consume(bytes);

    /// <summary>Runs the handler, unless the call was over first.</summary>
    public void Run()
    {
        if (Interlocked.CompareExchange(ref _stage, CallStage.Running, CallStage.Queued) == CallStage.Queued)
        {
            RunHandler();
        }
        else
        {
            LeaveHandler();
        }
    }

    /// <summary>Sends the response headers before the first message.</summary>
    /// <param name="context">The context through which the handler asks; that of an earlier call is turned away.</param>
    /// <param name="headers">The metadata to send.</param>
    public Task WriteResponseHeaders(ServerContext context, Metadata headers)
    {
        lock (Lock)
        {
            if (_isOver)
            {
                return Task.FromException(new RpcException(_overStatus));
            }

            if (!ReferenceEquals(context, Context) || _statusSent || _headersSent)
            {
                return Task.FromException(new InvalidOperationException(
                    $"The response headers of {context.Method} have gone out already: they can be written once, before the first message."));
            }

            FieldSection fields = ResponseFields.Scratch();
            MetadataWriter.Write(headers, fields);
            WriteLocked(new Outgoing { Headers = TakeHeadersLocked(), MoreHeaders = fields });
            return Task.CompletedTask;
        }
    }

    /// <summary>A call has begun: kinds that do not wait for a request dispatch it here.</summary>
    protected abstract void OnBegun();

    /// <summary>A whole request; lent unless its frame owns its memory, which then goes over to the callee.</summary>
    protected abstract MessageFault OnMessage(in MessageFrame frame);

    /// <summary>The client has half-closed behind whole messages.</summary>
    protected abstract void OnHalfClosed();

    /// <summary>All that a frame brought has been looked at; the place to give credit back.</summary>
    /// <param name="length">What came, in bytes.</param>
    /// <param name="partial">What is there of a message that is not whole, in bytes.</param>
    protected abstract void OnReceived(int length, int partial);

    /// <summary>The call is over before its handler: whoever waits for requests is to be told.</summary>
    protected abstract void OnOver(in Status status);

    /// <summary>Hands the call to a thread; on the read loop.</summary>
    /// <returns>False when there is no room; the call is then answered with <see cref="NoRoom"/>.</returns>
    protected abstract bool Schedule();

    /// <summary>The answer where <see cref="Schedule"/> found no room.</summary>
    protected virtual Status NoRoom => new(StatusCode.ResourceExhausted, "The server has no room for the call.");

    /// <summary>Runs the handler. Sees to it that <see cref="Finish"/> or <see cref="FinishWith"/> is called once, now or later.</summary>
    protected abstract void RunHandler();

    /// <summary>The handler has finished and its status is on its way; stream, context and object are still those of the call.</summary>
    protected virtual void OnFinished()
    {
    }

    /// <summary>Stream, handler and deadline have let go of the object.</summary>
    protected abstract void OnFree();

    /// <summary>Hands the call to its handler's thread, unless it is over.</summary>
    protected void Dispatch()
    {
        if (Interlocked.CompareExchange(ref _stage, CallStage.Queued, CallStage.Receiving) != CallStage.Receiving || Schedule())
        {
            return;
        }

        Interlocked.CompareExchange(ref _stage, CallStage.Abandoned, CallStage.Queued);
        EndEarly(NoRoom);
        LeaveHandler();
    }

    /// <summary>The handler has returned: sends its status, with the one message of a call that has a single response.</summary>
    /// <param name="status">The status.</param>
    /// <param name="message">A message that writes itself; null for none.</param>
    /// <param name="data">A framed message in pooled memory; null for none.</param>
    /// <param name="trailers">Trailers beside those of the context.</param>
    protected void Finish(in Status status, IInlinePayload? message = null, PooledBuffer? data = null, Metadata? trailers = null)
    {
        lock (Lock)
        {
            if (_statusSent)
            {
                data?.Dispose();
            }
            else
            {
                _statusSent = true;
                WriteStatusLocked(status, trailers, message, data);
            }
        }

        DisarmDeadline();
        OnFinished();
        Context.End();
        LeaveHandler();
    }

    /// <summary>The handler has thrown: sends what that means.</summary>
    protected void FinishWith(Exception exception)
    {
        switch (exception)
        {
            case RpcException rpc:
                Finish(rpc.Status, trailers: rpc.Trailers);
                break;
            case OperationCanceledException when IsOver:
                Finish(OverStatus);
                break;
            default:
                ServerLog.HandlerThrew(Connection.Logger, exception, MethodName);
                Finish(new Status(
                    StatusCode.Unknown,
                    Host.Options.EnableDetailedErrors ? $"The handler threw {exception.GetType().Name}: {exception.Message}" : "The handler threw an exception."));
                break;
        }
    }

    /// <summary>Ends the call in place of its handler, with a status for the client.</summary>
    public void EndEarly(in Status status)
    {
        TaskCompletionSource? room;
        lock (Lock)
        {
            if (!TryEndLocked(status))
            {
                return;
            }

            // The write may end the stream, and the handler may return meanwhile: neither must free the object under our feet.
            Interlocked.Increment(ref _holds);

            WriteStatusLocked(status, trailers: null, message: null, data: null);
            room = TakeRoomLocked();
        }

        DisarmDeadline();
        AfterEarlyEnd(status);
        FailRoom(room, status);
        ReleaseHold();
    }

    /// <summary>Makes the object ready for another call; for kinds that show nothing but the context to user code.</summary>
    protected void Clear()
    {
        Http2Stream stream = Stream;
        _stream = null;
        _headersSent = _statusSent = _isOver = _roomSeen = _streamIsOver = _requestEnded = false;
        _overStatus = default;
        Context = null!;
        stream.Release();
    }

    /// <summary>The coding of a response.</summary>
    protected MessageCoding? CodingFor(WriteOptions? options) =>
        options is not null && options.Flags.HasFlag(WriteFlags.NoCompress) ? null : _responseCoding;

    /// <summary>Sends a message of a response stream; the caller holds <see cref="Lock"/>.</summary>
    /// <returns>Completes when there is room for the next.</returns>
    protected Task SendLocked(IInlinePayload? message, PooledBuffer? data)
    {
        long length = message?.Length ?? data!.Length;
        if (RefuseSendLocked(length) is { } refusal)
        {
            data?.Dispose();
            return Task.FromException(refusal);
        }

        _roomSeen = false;
        WriteOutcome outcome = WriteLocked(new Outgoing { Headers = TakeHeadersLocked(), InlinePayload = message, Data = data });
        if (outcome == WriteOutcome.Sent || (outcome == WriteOutcome.Waiting && _roomSeen))
        {
            return Task.CompletedTask;
        }

        if (outcome == WriteOutcome.Closed)
        {
            return Task.FromException(new RpcException(_isOver ? _overStatus : new Status(StatusCode.Cancelled, "The stream is over.")));
        }

        _room ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _backlog += length;
        return _room.Task;
    }

    private static Status StatusOf(in Http2Error error)
    {
        if (error.IsNone)
        {
            return new Status(StatusCode.Cancelled, "The client ended the call.");
        }

        return error is { Scope: ErrorScope.Stream, Origin: ErrorOrigin.Peer }
            ? new Status(StatusCode.Cancelled, $"The client reset the stream with {error.Code.ToSpecName()}.")
            : new Status(StatusCode.Cancelled, $"The connection with the client ended: {error.Reason}");
    }

    private static void FailRoom(TaskCompletionSource? room, in Status status)
    {
        if (room is not null && room.TrySetException(new RpcException(status)))
        {
            // A handler need not await its last write; its failure is then nobody's and must not be reported as unobserved.
            _ = room.Task.Exception;
        }
    }

    private DateTime DueTime(TimeSpan? timeout)
    {
        if (timeout is not { } wait)
        {
            return DateTime.MaxValue;
        }

        DateTime now = Host.Options.TimeProvider.GetUtcNow().UtcDateTime;
        return wait > DateTime.MaxValue - now ? DateTime.MaxValue : now + wait;
    }

    private InvalidOperationException? BacklogError(long length) => _room is not null && _backlog + length > MaxBacklog
        ? new InvalidOperationException(
            $"{_backlog} bytes of responses of {MethodName} wait to be sent, and {length} more pass the limit of {MaxBacklog}: await WriteAsync.")
        : null;

    private Exception? RefuseSendLocked(long length)
    {
        if (_isOver)
        {
            return new RpcException(_overStatus);
        }

        return _statusSent
            ? new InvalidOperationException($"The handler of {MethodName} has finished; responses come before that.")
            : BacklogError(length);
    }

    private bool TryEndLocked(in Status status)
    {
        if (_statusSent)
        {
            return false;
        }

        _statusSent = true;
        _isOver = true;
        _overStatus = status;
        return true;
    }

    private TaskCompletionSource? TakeRoomLocked()
    {
        TaskCompletionSource? room = _room;
        _room = null;
        _backlog = 0;
        return room;
    }

    /// <summary>The response headers, the first time.</summary>
    private PreparedFields? TakeHeadersLocked()
    {
        if (_headersSent)
        {
            return null;
        }

        _headersSent = true;
        return _responseCoding is null ? Host.Responses.Plain : Host.Responses.Coded;
    }

    /// <summary>
    /// Writes to the stream, until it says that it is over. Its end is known there before <see cref="OnClosed"/> tells of it, and headers that it did
    /// not take would be missing before whatever came next.
    /// </summary>
    private WriteOutcome WriteLocked(in Outgoing outgoing)
    {
        if (_streamIsOver)
        {
            outgoing.Data?.Dispose();
            return WriteOutcome.Closed;
        }

        WriteOutcome outcome = Stream.Write(outgoing);
        _streamIsOver = outcome == WriteOutcome.Closed;
        return outcome;
    }

    /// <summary>Sends the end of the response: what is left of headers, message and trailers in one write, Trailers-Only where nothing went before.</summary>
    private void WriteStatusLocked(in Status status, Metadata? trailers, IInlinePayload? message, PooledBuffer? data)
    {
        bool isTrailersOnly = !_headersSent && message is null && data is null;
        FieldSection? fields = StatusFields(status, trailers, isTrailersOnly);
        if (isTrailersOnly)
        {
            _headersSent = true;
            WriteLocked(new Outgoing
            {
                Headers = fields is null ? ResponseFields.OkTrailersOnly : ResponseFields.TrailersOnly,
                MoreHeaders = fields,
                EndStream = true,
                EndBothSides = true,
            });
            return;
        }

        WriteLocked(new Outgoing
        {
            Headers = TakeHeadersLocked(),
            InlinePayload = message,
            Data = data,
            Trailers = fields is null || status.StatusCode == StatusCode.OK ? ResponseFields.OkTrailers : null,
            MoreTrailers = fields,
            EndBothSides = true,
        });
    }

    /// <summary>The fields of the status beside the constant ones; null for an OK without text and trailers.</summary>
    private FieldSection? StatusFields(in Status status, Metadata? trailers, bool isTrailersOnly)
    {
        Metadata? own = Context.TrailersIfAny;
        bool isOk = status.StatusCode == StatusCode.OK;
        if (isOk && status.Detail.Length == 0 && own is not { Count: > 0 } && trailers is not { Count: > 0 })
        {
            return null;
        }

        FieldSection fields = ResponseFields.Scratch();
        if (isOk && !isTrailersOnly)
        {
            ResponseFields.AddText(fields, status.Detail);
        }
        else
        {
            ResponseFields.AddStatus(fields, status.StatusCode, status.Detail);
        }

        WriteTrailers(own, fields);
        WriteTrailers(trailers, fields);
        return fields;
    }

    private static void WriteTrailers(Metadata? trailers, FieldSection fields)
    {
        if (trailers is not null)
        {
            MetadataWriter.Write(trailers, fields);
        }
    }

    private void AfterEarlyEnd(in Status status)
    {
        ServerLog.CallEndedEarly(Connection.Logger, MethodName, status.StatusCode, status.Detail);
        OnOver(status);
        if (Interlocked.CompareExchange(ref _stage, CallStage.Abandoned, CallStage.Receiving) == CallStage.Receiving)
        {
            LeaveHandler();
            return;
        }

        // A queued call is let go by the thread that will take it out of the queue.
        if (Interlocked.CompareExchange(ref _stage, CallStage.Abandoned, CallStage.Queued) != CallStage.Queued)
        {
            Connection.Post(Context);
        }
    }

    private void DisarmDeadline()
    {
        if (Interlocked.Exchange(ref _deadlineArmed, 0) == 1 && Host.Deadlines.Cancel(_deadline!))
        {
            ReleaseHold();
        }
    }

    private void LeaveHandler()
    {
        Host.Leave();
        ReleaseHold();
    }

    private void ReleaseHold()
    {
        int left = Interlocked.Decrement(ref _holds);
        Debug.Assert(left >= 0, "Stream, handler and deadline each let go once.");
        if (left == 0)
        {
            OnFree();
        }
    }
}
