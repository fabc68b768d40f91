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
/// Two machines run side by side. Towards the handler: <see cref="CallStage"/>. Towards the client: <see cref="CallResponse"/>, which decides who
/// ends the call.
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

    // Interlocked.
    private int _stage;
    private int _holds;
    private int _deadlineArmed;

    private Deadline? _deadline;

    /// <summary>The response side.</summary>
    protected CallResponse Response { get; } = new();

    protected ServerConnection Connection { get; private set; } = null!;

    protected CallHost Host => Connection.Host;

    protected Http2Stream Stream => _stream!;

    /// <summary>The coding of compressed requests that the headers named.</summary>
    public MessageCoding? RequestCoding { get; private set; }

    /// <summary>The context of the present call.</summary>
    public ServerContext Context { get; private set; } = null!;

    /// <summary>The name for logs and texts.</summary>
    protected abstract string MethodName { get; }

    /// <summary>Begins a call; on the read loop.</summary>
    public void Begin(ServerConnection connection, Http2Stream stream, scoped ref RequestHead head, bool endStream)
    {
        Connection = connection;
        _stream = stream;
        stream.BeginWork();
        RequestCoding = head.RequestCoding;
        _responseCoding = head.TakesResponseCoding ? Host.ResponseCoding : null;
        _deframer = new MessageDeframer(Host.MaxReceiveMessageSize);
        _stage = CallStage.Receiving;
        _holds = 2;
        Context = new ServerContext(this, connection, MethodName, head.Host, head.Metadata, DueTime(head.Timeout));
        Response.Begin(stream, Context, _responseCoding is null ? Host.Responses.Plain : Host.Responses.Coded);
        Prepare();
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
    public void OnWritable() => Response.OnWritable();

    /// <summary>The stream is over.</summary>
    public void OnClosed(in Http2Error error)
    {
        _requestEnded = true;
        _deframer.Abandon();
        Status status = StatusOf(error);
        if (Response.OnClosed(status))
        {
            AfterEarlyEnd(status);
        }

        DisarmDeadline();
        ReleaseHold();
    }

    /// <summary>The deadline has passed; on the timer's thread.</summary>
    public void OnDeadline()
    {
        var status = new Status(StatusCode.DeadlineExceeded, "The deadline passed on the server.");
        if (Response.TryEndAtDeadline(status))
        {
            AfterEarlyEnd(status);
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

    /// <summary>How urgent the call is.</summary>
    public CallPriority GetPriority(ServerContext context) => Response.GetPriority(context);

    /// <summary>Puts the call among the others of its connection.</summary>
    public void SetPriority(ServerContext context, CallPriority priority) => Response.SetPriority(context, priority);

    /// <summary>Sends the response headers before the first message.</summary>
    /// <param name="context">The context through which the handler asks; that of an earlier call is turned away.</param>
    /// <param name="headers">The metadata to send.</param>
    public Task WriteResponseHeaders(ServerContext context, Metadata headers) => Response.WriteHeaders(context, headers);

    /// <summary>Makes ready what the call's end looks for. The deadline is set next and may pass at once, on another thread.</summary>
    protected virtual void Prepare()
    {
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
        // The place is free before the answer leaves: a client may use it as soon as it has seen the end.
        LeavePlace();
        Response.Finish(status, message, data, trailers);
        DisarmDeadline();
        OnFinished();
        Context.End();
        ReleaseHold();
    }

    /// <summary>The handler has thrown: sends what that means.</summary>
    protected void FinishWith(Exception exception)
    {
        switch (exception)
        {
            case RpcException rpc:
                Finish(rpc.Status, trailers: rpc.Trailers);
                break;
            case OperationCanceledException when Response.IsOver:
                Finish(Response.OverStatus);
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
        // The write may end the stream, and the handler may return meanwhile: neither must free the object under our feet.
        Interlocked.Increment(ref _holds);
        if (Response.TryEnd(status))
        {
            DisarmDeadline();
            AfterEarlyEnd(status);
        }

        ReleaseHold();
    }

    /// <summary>Makes the object ready for another call; for kinds that show nothing but the context to user code.</summary>
    protected void Clear()
    {
        Http2Stream stream = Stream;
        _stream = null;
        _requestEnded = false;
        Context = null!;
        Response.Clear();
        stream.Release();
    }

    /// <summary>The coding of a response.</summary>
    protected MessageCoding? CodingFor(WriteOptions? options) =>
        options is not null && options.Flags.HasFlag(WriteFlags.NoCompress) ? null : _responseCoding;

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

    private DateTime DueTime(TimeSpan? timeout)
    {
        if (timeout is not { } wait)
        {
            return DateTime.MaxValue;
        }

        DateTime now = Host.Options.TimeProvider.GetUtcNow().UtcDateTime;
        return wait > DateTime.MaxValue - now ? DateTime.MaxValue : now + wait;
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
        LeavePlace();
        ReleaseHold();
    }

    private void LeavePlace()
    {
        Stream.EndWork();
        Host.Leave();
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
