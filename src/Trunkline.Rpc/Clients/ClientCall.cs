using System.Diagnostics;
using System.Text;
using Trunkline.Http2;
using Trunkline.Rpc.Channels;
using Trunkline.Rpc.Deadlines;
using Trunkline.Rpc.Dispatching;
using Trunkline.Rpc.Headers;
using Trunkline.Rpc.Messages;
using Trunkline.Rpc.Statuses;

namespace Trunkline.Rpc.Clients;

/// <summary>
/// The part of a call that all kinds share: its way onto a stream and its end. What the response says <see cref="ResponseParser"/> reads.
/// <code><![CDATA[
///            claimed by a connection     stream opened
///   Waiting ------------------------> Opening ------> Open
///      ^  |                              |             |
///      |  | ended on this side           | refused     | the stream is over
///      |  v                              v             v
///      | Over  <----------------------------------------
///      +---- refused: no stream free, connection gone
/// ]]></code>
/// The first outcome that is decided stands: the server's status, or what ends the call on this side. A call that ends on this side while it has a
/// stream resets it, and is over when the stream is.
/// </summary>
internal abstract class ClientCall : IStreamHandler, IDeadlineOwner, IWorkItem
{
    private readonly FieldSection _moreHeaders = new(0);
    private PreparedFields _headers = null!;
    private readonly CallClock _clock;
    private readonly PendingHeaders _responseHeaders;
    private readonly ResponseParser _response;
    private DateTime? _deadline;
    private CallPriority? _priority;
    private CancellationTokenRegistration _cancellation;
    private CallPhase _phase;
    private ClientCallState _state;

    protected ClientCall()
    {
        _clock = new CallClock(this);
        _responseHeaders = new PendingHeaders(Sync);
        _response = new ResponseParser(this);
    }

    /// <summary>The call's place in the channel's queue; belongs to the queue's lock.</summary>
    public LinkedListNode<ClientCall>? Place { get; set; }

    /// <summary>True for a call that waits in the queue while the server cannot be reached.</summary>
    public bool IsWaitForReady { get; private set; }

    /// <summary>How the call ended; null before that.</summary>
    public CallOutcome? Outcome { get; private set; }

    /// <summary>Guards the state in which caller, read loop, timer and channel meet; blocked callers wait on it.</summary>
    protected object Sync { get; } = new();

    protected Channel Channel { get; private set; } = null!;

    protected IMethod Method { get; private set; } = null!;

    /// <summary>
    /// The stream while the call is open. Changed under <see cref="Sync"/>. To give credit back it may be used without: a stream that is over ignores
    /// that, and one that serves another call has been given back, which a call does that takes its credit on the read loop alone.
    /// </summary>
    protected Http2Stream? Stream { get; private set; }

    /// <summary>The compression of requests; null for none.</summary>
    protected MessageCoding? RequestCoding { get; private set; }

    /// <summary>The response headers; null before they came.</summary>
    public Metadata? ResponseHeaders => _responseHeaders.Value;

    /// <summary>True once all of the request is on its way.</summary>
    protected bool IsRequestSent { get; set; }

    /// <summary>True when no timer, token or queue can still name this object, so that it may serve another call.</summary>
    protected bool IsForgotten { get; private set; }

    /// <summary>The coding of compressed messages that the response named.</summary>
    public MessageCoding? Coding => _response.Coding;

    /// <summary>The path of the method, for messages.</summary>
    public string MethodName => Method.FullName;

    private string? Peer { get; set; }

    /// <summary>Prepares the call; <see cref="Submit"/> follows.</summary>
    protected void Begin(Channel channel, IMethod method, string? host, in CallOptions options)
    {
        Channel = channel;
        Method = method;
        IsWaitForReady = options.IsWaitForReady;
        _deadline = options.Deadline;
        _priority = options.Priority;
        RequestCoding = channel.Compression is { } coding && options.WriteOptions?.Flags.HasFlag(WriteFlags.NoCompress) != true ? coding : null;
        _headers = channel.RequestHeaders.Get(method, host, RequestCoding);
        _moreHeaders.Clear();
        if (options.Headers is { Count: > 0 } metadata)
        {
            MetadataWriter.Write(metadata, _moreHeaders);
        }

        _response.Begin(channel.MaxReceiveMessageSize);
        _state = ClientCallState.Waiting;
        _phase = CallPhase.Start;
        IsForgotten = true;
        IsRequestSent = false;
        _clock.Clear();
        Outcome = null;
        _responseHeaders.Clear();
        Peer = null;
    }

    /// <summary>Arms deadline and cancellation and gives the call to the channel.</summary>
    protected void Submit(CancellationToken cancellationToken)
    {
        if (!_clock.TryArm(_deadline, Channel.Deadlines, Channel.TimeProvider))
        {
            End(StatusCode.DeadlineExceeded, "The deadline had passed before the call began.");
            return;
        }

        if (cancellationToken.CanBeCanceled)
        {
            _cancellation = cancellationToken.UnsafeRegister(static state => ((ClientCall)state!).Cancel("The call was cancelled by its caller."), this);
        }

        Channel.Subchannel.Submit(this);
    }

    /// <summary>Ends the call with CANCELLED, unless it is over.</summary>
    public void Cancel(string reason) => End(StatusCode.Cancelled, reason);

    /// <summary>Claims the call for a connection that is about to open a stream for it.</summary>
    /// <returns>False when the call has ended meanwhile.</returns>
    public bool TryClaim()
    {
        lock (Sync)
        {
            if (_state != ClientCallState.Waiting || Outcome is not null)
            {
                return false;
            }

            _state = ClientCallState.Opening;
            return true;
        }
    }

    /// <summary>The connection could not take the call after all.</summary>
    public void Unclaim()
    {
        bool ends;
        lock (Sync)
        {
            ends = _state == ClientCallState.Opening && Outcome is not null;
            _state = _state == ClientCallState.Opening ? ClientCallState.Waiting : _state;
            if (ends)
            {
                _state = ClientCallState.Over;
            }
        }

        if (ends)
        {
            Finish();
            Channel.Completions.Open();
        }
    }

    /// <summary>The call has its stream: writes the beginning of the request.</summary>
    public void Opened(Http2Stream stream, string peer)
    {
        lock (Sync)
        {
            if (_state == ClientCallState.Over)
            {
                return;
            }

            Peer = peer;
            Stream = stream;
            _state = ClientCallState.Open;
            _phase = CallPhase.Headers;
            if (Outcome is not null)
            {
                stream.Reset(Http2ErrorCode.Cancel);
                return;
            }
        }

        if (_priority is { } priority)
        {
            stream.Priority = priority.OfStream;
        }

        if (_clock.TryWriteTimeout(_moreHeaders))
        {
            WriteRequest(stream, _headers, _moreHeaders.Count == 0 ? null : _moreHeaders);
        }
        else
        {
            OnDeadline();
        }
    }

    /// <summary>The call has to wait for a stream: what must not depend on the caller any longer is made ready now.</summary>
    public virtual void PrepareToWait()
    {
        lock (Sync)
        {
            _phase = CallPhase.Queued;
            IsForgotten = false;
        }
    }

    /// <summary>Ends the call on this side, unless it has ended already.</summary>
    public void End(CallOutcome outcome)
    {
        bool finish;
        lock (Sync)
        {
            if (Outcome is not null || _state == ClientCallState.Over)
            {
                return;
            }

            Outcome = outcome;
            finish = _state == ClientCallState.Waiting;
            if (finish)
            {
                _state = ClientCallState.Over;
            }

            Stream?.Reset(Http2ErrorCode.Cancel);
        }

        if (finish)
        {
            Channel.Subchannel.Withdraw(this);
            Finish();
        }

        Channel.Completions.Open();
    }

    /// <summary>Ends the call because of a message and tells the outcome.</summary>
    public CallOutcome Fail(in MessageFault fault)
    {
        CallOutcome outcome = Failed(fault);
        End(outcome);
        return outcome;
    }

    /// <summary>The code for a message's fault on the client's side.</summary>
    public StatusCode CodeOf(in MessageFault fault) => fault.Kind == MessageFaultKind.TooLarge ? StatusCode.ResourceExhausted : StatusCode.Internal;

    /// <summary>How the call ended, for the call's user.</summary>
    /// <param name="what">What is asked for, in words.</param>
    /// <exception cref="InvalidOperationException">The call is still under way.</exception>
    public CallOutcome FinalOutcome(string what)
    {
        lock (Sync)
        {
            return _state == ClientCallState.Over ? Outcome! : throw ThrowHelper.CallNotOver(what);
        }
    }

    /// <summary>Gives credit back for what the caller has taken.</summary>
    public void Consume(int bytes) => Stream?.Consume(bytes);

    /// <summary>Notes whether all of the request is on its way.</summary>
    public void MarkRequestSent(bool isSent) => IsRequestSent |= isSent;

    /// <summary>The response headers as a task, made when first asked for.</summary>
    public Task<Metadata> ResponseHeadersTask()
    {
        lock (Sync)
        {
            return ResponseHeaders is null && _state == ClientCallState.Over ? PendingHeaders.AfterEnd(Outcome!) : _responseHeaders.TaskLocked();
        }
    }

    /// <summary>The response has begun.</summary>
    public void NoteBody() => _phase = CallPhase.Body;

    /// <summary>The response headers have come.</summary>
    public void SetResponseHeaders(Metadata headers) => _responseHeaders.Set(headers);

    /// <summary>
    /// The server's status has come, or what is made of it. The stream ends by itself when this side has ended too, and is reset otherwise (gRPC over
    /// HTTP/2, "Responses").
    /// </summary>
    public void EndByServer(CallOutcome outcome)
    {
        if (outcome.IsSuccess)
        {
            outcome = CheckSuccess() ?? outcome;
        }
        else if (outcome.Status.StatusCode == StatusCode.Cancelled && _clock.IsPast)
        {
            // The server's clock was a little ahead; to the caller it is the deadline that ended the call.
            outcome = Failed(StatusCode.DeadlineExceeded, DeadlineText());
        }

        lock (Sync)
        {
            Outcome ??= outcome;
            if (!IsRequestSent)
            {
                // What the server no longer wants need not be sent; without this the stream would stay half open.
                Stream?.Reset(Http2ErrorCode.Cancel);
            }
        }
    }

    /// <summary>Ends the call because somebody answered who does not speak gRPC.</summary>
    public void EndForeign(ForeignAnswer foreign) => End(CallOutcome.Failed(
        foreign.Code, foreign.Describe(), new CallFailure { Phase = _phase, Peer = Peer, HttpStatus = foreign.HttpStatus }));

    /// <inheritdoc/>
    public void OnHeaders(in FieldBlock fields, bool endStream) => _response.OnHeaders(fields, endStream);

    /// <inheritdoc/>
    public void OnData(ReadOnlyMemory<byte> data, bool endStream) => _response.OnData(data, endStream);

    /// <inheritdoc/>
    public void OnTrailers(in FieldBlock fields) => _response.OnTrailers(fields);

    /// <inheritdoc/>
    public virtual void OnWritable() => IsRequestSent = true;

    /// <inheritdoc/>
    public void OnClosed(in Http2Error error)
    {
        lock (Sync)
        {
            Debug.Assert(_state != ClientCallState.Over, "OnClosed comes once.");
            Outcome ??= OutcomeOf(error);
            _state = ClientCallState.Over;
            ReleaseStreamLocked(Stream);
            Stream = null;
        }

        _response.Abandon();
        Finish();
    }

    /// <inheritdoc/>
    public void OnDeadline() => End(StatusCode.DeadlineExceeded, DeadlineText());

    /// <inheritdoc/>
    public abstract void Run();

    /// <summary>Writes headers and what the call has of its request.</summary>
    protected abstract void WriteRequest(Http2Stream stream, PreparedFields headers, FieldSection? moreHeaders);

    /// <summary>A message came. Called on the read loop; a lent frame is valid until return.</summary>
    /// <param name="frame">The message; becomes the callee's.</param>
    public abstract void OnMessage(in MessageFrame frame);

    /// <summary>
    /// All that a frame brought has been looked at; the place to give credit back. Where one message is due its limit is checked, so the credit goes
    /// back at once, also for a message larger than the window.
    /// </summary>
    /// <param name="length">What came, in bytes.</param>
    /// <param name="partial">What is there of a message that is not whole, in bytes.</param>
    public virtual void OnReceived(int length, int partial) => Stream?.Consume(length);

    /// <summary>The server said OK: the last moment to object. Called on the read loop.</summary>
    /// <returns>Null, or the outcome to take instead.</returns>
    protected virtual CallOutcome? CheckSuccess() => null;

    /// <summary>The call is over. Called once, on any thread; user code must not run here.</summary>
    protected abstract void OnOver();

    /// <summary>Gives the stream back where nothing else can still use it. Called under <see cref="Sync"/>.</summary>
    protected virtual void ReleaseStreamLocked(Http2Stream? stream)
    {
        // A stream whose writers may still be at work is left to the garbage collector.
    }

    /// <summary>Ends the call on this side with a code and a text.</summary>
    protected void End(StatusCode code, string text, Exception? cause = null) => End(Failed(code, text, cause));

    /// <summary>Ends the call because of a message.</summary>
    protected void End(in MessageFault fault) => End(Failed(fault));

    /// <summary>The outcome that a message's fault leads to.</summary>
    public CallOutcome Failed(in MessageFault fault) =>
        Failed(CodeOf(fault), fault.Text, fault.Cause);

    /// <summary>An outcome of this side's making with what is known of the call.</summary>
    public CallOutcome Failed(StatusCode code, string text, Exception? cause = null) =>
        CallOutcome.Failed(code, text, new CallFailure { Phase = _phase, Peer = Peer, IsRetrySafe = _phase < CallPhase.Headers }, cause);

    /// <summary>A method with one response got none with its OK (gRPC's status code document: cardinality violation).</summary>
    protected CallOutcome NoMessage() =>
        Failed(StatusCode.Unimplemented, $"The server ended {MethodName} with OK and no message; the method has one response.");

    /// <summary>A method with one response got several.</summary>
    protected CallOutcome TooManyMessages() =>
        Failed(StatusCode.Unimplemented, $"The server answered {MethodName} with more than one message; the method has one response.");

    private CallOutcome OutcomeOf(in Http2Error error)
    {
        if (error.IsNone)
        {
            return Failed(StatusCode.Internal, "The stream ended without a response.");
        }

        if (error is { Scope: ErrorScope.Connection, Origin: ErrorOrigin.User })
        {
            return Failed(StatusCode.Cancelled, "The channel was closed while the call was under way.");
        }

        StatusCode code = StatusMapping.FromError(error);
        if (code == StatusCode.Cancelled && _clock.IsPast)
        {
            return Failed(StatusCode.DeadlineExceeded, DeadlineText());
        }

        return CallOutcome.Lost(code, error, MethodName, Peer ?? Channel.Target, new CallFailure { Phase = _phase, Peer = Peer });
    }

    private string DeadlineText() => _phase switch
    {
        CallPhase.Headers => $"The deadline passed before {Peer} answered.",
        CallPhase.Body => $"The deadline passed before {Peer} had ended its answer.",
        _ => Channel.Subchannel.DescribeWait("The deadline passed"),
    };

    private void Finish()
    {
        if (!_clock.Disarm())
        {
            IsForgotten = false;
        }

        if (_cancellation != default)
        {
            IsForgotten &= _cancellation.Unregister();
            _cancellation = default;
        }

        _responseHeaders.OnOver(Outcome!);
        OnOver();
    }
}
