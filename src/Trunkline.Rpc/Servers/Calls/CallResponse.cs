using Trunkline.Http2;
using Trunkline.Rpc.Headers;
using Trunkline.Rpc.Messages;

namespace Trunkline.Rpc.Servers.Calls;

/// <summary>
/// The response side of a call: nothing sent, headers sent, status sent. The one who moves it to its end (the handler's result, a deadline, a broken
/// request, the end of the stream) decides the status; whatever comes later finds the call over.
/// </summary>
internal sealed class CallResponse
{
    /// <summary>What the writes of handlers that do not wait for them may gather, in bytes, beside the first message that had to wait.</summary>
    public const int MaxBacklog = 4 * 1024 * 1024;

    // Immutable during a call.
    private Http2Stream? _stream;
    private ServerContext? _context;
    private PreparedFields? _headers;

    // Guarded by Lock.
    private bool _headersSent;
    private bool _statusSent;
    private bool _isOver;
    private bool _roomSeen;
    private bool _streamIsOver;
    private Status _overStatus;
    private TaskCompletionSource? _room;
    private long _backlog;

    /// <summary>Guards the response. Held across <see cref="Http2Stream.Write"/>, which only queues; never across user code.</summary>
    public Lock Lock { get; } = new();

    /// <summary>True when the call is over before its handler was: the client is gone, the deadline has passed, or the request is broken.</summary>
    public bool IsOver
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
    public Status OverStatus
    {
        get
        {
            lock (Lock)
            {
                return _overStatus;
            }
        }
    }

    /// <summary>Begins the response of a call.</summary>
    /// <param name="stream">Where it goes.</param>
    /// <param name="context">What the handler sees of the call: it has the trailers.</param>
    /// <param name="headers">The response headers, beside what the handler adds.</param>
    public void Begin(Http2Stream stream, ServerContext context, PreparedFields headers)
    {
        _stream = stream;
        _context = context;
        _headers = headers;
    }

    /// <summary>Makes the object ready for another call.</summary>
    public void Clear()
    {
        lock (Lock)
        {
            _stream = null;
            _context = null;
            _headersSent = _statusSent = _isOver = _roomSeen = _streamIsOver = false;
            _overStatus = default;
        }
    }

    /// <summary>How urgent the call is; the default for the context of an earlier call.</summary>
    public CallPriority GetPriority(ServerContext context)
    {
        lock (Lock)
        {
            return ReferenceEquals(context, _context) ? new CallPriority(_stream!.Priority) : default;
        }
    }

    /// <summary>Changes how urgent the call is; not through the context of an earlier call.</summary>
    public void SetPriority(ServerContext context, CallPriority priority)
    {
        lock (Lock)
        {
            if (ReferenceEquals(context, _context))
            {
                _stream!.Priority = priority.OfStream;
            }
        }
    }

    /// <summary>Sends the response headers before the first message.</summary>
    /// <param name="context">The context through which the handler asks; that of an earlier call is turned away.</param>
    /// <param name="headers">The metadata to send.</param>
    public Task WriteHeaders(ServerContext context, Metadata headers)
    {
        lock (Lock)
        {
            if (_isOver)
            {
                return Task.FromException(new RpcException(_overStatus));
            }

            if (!ReferenceEquals(context, _context) || _statusSent || _headersSent)
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

    /// <summary>Sends a message of a response stream; the caller holds <see cref="Lock"/>.</summary>
    /// <returns>Completes when there is room for the next.</returns>
    public Task SendLocked(IInlinePayload? message, PooledBuffer? data)
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

    /// <summary>The handler has returned: sends its status, with the one message of a call that has a single response, unless the call is over.</summary>
    public void Finish(in Status status, IInlinePayload? message, PooledBuffer? data, Metadata? trailers)
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
    }

    /// <summary>Ends the call in place of its handler, with a status for the client.</summary>
    /// <returns>False when it has ended already.</returns>
    public bool TryEnd(in Status status)
    {
        TaskCompletionSource? room;
        lock (Lock)
        {
            if (!TryEndLocked(status))
            {
                return false;
            }

            WriteStatusLocked(status, trailers: null, message: null, data: null);
            room = TakeRoomLocked();
        }

        FailRoom(room, status);
        return true;
    }

    /// <summary>
    /// Ends the call at its deadline. A client that has part of a response learns nothing from trailers behind what waits; RST_STREAM overtakes it.
    /// </summary>
    /// <returns>False when it has ended already.</returns>
    public bool TryEndAtDeadline(in Status status)
    {
        TaskCompletionSource? room;
        bool resets;
        lock (Lock)
        {
            if (!TryEndLocked(status))
            {
                return false;
            }

            room = TakeRoomLocked();
            resets = _headersSent;
            if (!resets)
            {
                WriteStatusLocked(status, trailers: null, message: null, data: null);
            }
        }

        if (resets)
        {
            _stream!.Reset(Http2ErrorCode.Cancel);
        }

        FailRoom(room, status);
        return true;
    }

    /// <summary>The stream is over, so that nothing can be sent any more.</summary>
    /// <returns>True when the call ends by it.</returns>
    public bool OnClosed(in Status status)
    {
        TaskCompletionSource? room;
        bool ends;
        lock (Lock)
        {
            ends = TryEndLocked(status);
            room = TakeRoomLocked();
        }

        FailRoom(room, status);
        return ends;
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

    private static void FailRoom(TaskCompletionSource? room, in Status status)
    {
        if (room is not null && room.TrySetException(new RpcException(status)))
        {
            // A handler need not await its last write; its failure is then nobody's and must not be reported as unobserved.
            _ = room.Task.Exception;
        }
    }

    private Exception? RefuseSendLocked(long length)
    {
        if (_isOver)
        {
            return new RpcException(_overStatus);
        }

        return _statusSent
            ? new InvalidOperationException($"The handler of {_context!.Method} has finished; responses come before that.")
            : BacklogError(length);
    }

    private InvalidOperationException? BacklogError(long length) => _room is not null && _backlog + length > MaxBacklog
        ? new InvalidOperationException(
            $"{_backlog} bytes of responses of {_context!.Method} wait to be sent, and {length} more pass the limit of {MaxBacklog}: await WriteAsync.")
        : null;

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
        return _headers;
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

        WriteOutcome outcome = _stream!.Write(outgoing);
        _streamIsOver = outcome == WriteOutcome.Closed;
        return outcome;
    }

    /// <summary>Sends the end of the response: what is left of headers, message and trailers in one write, Trailers-Only where nothing went before.</summary>
    private void WriteStatusLocked(in Status status, Metadata? trailers, IInlinePayload? message, PooledBuffer? data)
    {
        bool isTrailersOnly = !_headersSent && message is null && data is null;
        FieldSection? fields = ResponseFields.OfStatus(status, _context!.TrailersIfAny, trailers, isTrailersOnly);
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
}
