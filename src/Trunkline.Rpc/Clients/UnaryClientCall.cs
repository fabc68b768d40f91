using System.Collections.Concurrent;
using Trunkline.Http2;
using Trunkline.Rpc.Messages;

namespace Trunkline.Rpc.Clients;

/// <summary>
/// One request, one response. The object is pooled: user code holds a <see cref="PendingUnaryCall{TResponse}"/>, or is blocked in
/// <see cref="Block"/>, and never this.
/// </summary>
internal sealed class UnaryClientCall<TRequest, TResponse> : ClientCall
    where TRequest : class
    where TResponse : class
{
    /// <summary>Objects kept for reuse, which is the number of calls under way at once that allocate nothing.</summary>
    private const int MaxSpare = 256;

    /// <summary>The starting thread has left the object, and the result has been taken: after both it may be used again.</summary>
    private const int VotesToRecycle = 2;

    private static readonly ConcurrentQueue<UnaryClientCall<TRequest, TResponse>> Spares = new();
    private static int _spareCount;

    private readonly SingleRequest<TRequest> _request = new();
    private SingleResponse<TResponse> _response;
    private Method<TRequest, TResponse> _method = null!;
    private PendingUnaryCall<TResponse>? _pending;
    private Http2Stream? _releasable;
    private bool _isOver;
    private int _votes;

    /// <summary>Starts a call to be awaited.</summary>
    public static PendingUnaryCall<TResponse> Start(
        Channel channel, Method<TRequest, TResponse> method, string? host, in CallOptions options, TRequest request)
    {
        UnaryClientCall<TRequest, TResponse> call = Rent(channel, method, host, options, request);
        var pending = new PendingUnaryCall<TResponse>(call);
        call._pending = pending;
        call.Submit(options.CancellationToken);
        call.Vote();
        return pending;
    }

    /// <summary>Makes a call and waits for its end; woken directly by whoever finds the end, so that a starved thread pool does not matter.</summary>
    public static TResponse Block(Channel channel, Method<TRequest, TResponse> method, string? host, in CallOptions options, TRequest request)
    {
        UnaryClientCall<TRequest, TResponse> call = Rent(channel, method, host, options, request);
        call.Submit(options.CancellationToken);
        call.WaitUntilOver();
        (TResponse? response, CallOutcome outcome) = call.TakeResult();
        call.Vote();
        call.Vote();
        return outcome.IsSuccess ? response! : throw outcome.ToException();
    }

    /// <inheritdoc/>
    public override void PrepareToWait()
    {
        base.PrepareToWait();
        MessageFault fault = _request.Serialize(RequestCoding, Channel.MaxSendMessageSize);
        if (!fault.IsNone)
        {
            End(fault);
        }
    }

    /// <summary>Takes the result to whoever awaits it.</summary>
    public override void Run()
    {
        PendingUnaryCall<TResponse> pending = _pending!;
        _pending = null;
        (TResponse? response, CallOutcome outcome) = TakeResult();
        Metadata? headers = ResponseHeaders;
        pending.Forget();
        Vote();
        pending.Complete(response, outcome, headers);
    }

    /// <inheritdoc/>
    protected override void WriteRequest(Http2Stream stream, PreparedFields headers, FieldSection? moreHeaders)
    {
        MessageFault fault = _request.Write(stream, headers, moreHeaders, RequestCoding, Channel.MaxSendMessageSize, out WriteOutcome outcome);
        IsRequestSent |= outcome == WriteOutcome.Sent;
        if (!fault.IsNone)
        {
            End(fault);
        }
    }

    /// <inheritdoc/>
    public override void OnMessage(in MessageFrame frame)
    {
        if (_response.HasMessage)
        {
            frame.Release();
            End(TooManyMessages());
            return;
        }

        MessageFault fault = _response.Receive(_method.ResponseMarshaller, frame);
        if (!fault.IsNone)
        {
            End(fault);
        }
    }

    /// <inheritdoc/>
    protected override CallOutcome? CheckSuccess() => _response.HasMessage ? null : NoMessage();

    /// <inheritdoc/>
    protected override void ReleaseStreamLocked(Http2Stream? stream) => _releasable = stream;

    /// <inheritdoc/>
    protected override void OnOver()
    {
        if (_pending is not null)
        {
            Channel.Completions.Gather(this);
            return;
        }

        lock (Sync)
        {
            _isOver = true;
            Monitor.PulseAll(Sync);
        }
    }

    private static UnaryClientCall<TRequest, TResponse> Rent(
        Channel channel, Method<TRequest, TResponse> method, string? host, in CallOptions options, TRequest request)
    {
        if (Spares.TryDequeue(out UnaryClientCall<TRequest, TResponse>? call))
        {
            Interlocked.Decrement(ref _spareCount);
        }
        else
        {
            call = new UnaryClientCall<TRequest, TResponse>();
        }

        call.Begin(channel, method, host, options);
        call._method = method;
        call._request.Set(method.RequestMarshaller, request);
        call._isOver = false;
        call._votes = 0;
        return call;
    }

    private void WaitUntilOver()
    {
        lock (Sync)
        {
            while (!_isOver)
            {
                Monitor.Wait(Sync);
            }
        }
    }

    private (TResponse? Response, CallOutcome Outcome) TakeResult()
    {
        CallOutcome outcome = Outcome!;
        MessageFault fault = _response.Take(
            _method.ResponseMarshaller, Coding, Channel.MaxReceiveMessageSize, outcome.IsSuccess, out TResponse? response);
        return (response, fault.IsNone ? outcome : Failed(fault));
    }

    /// <summary>Counts who has left the object; the last one puts it and its stream where they can be used again.</summary>
    private void Vote()
    {
        if (Interlocked.Increment(ref _votes) != VotesToRecycle)
        {
            return;
        }

        if (!IsForgotten)
        {
            // Whoever took the call out of the channel's queue may be about to write its request: neither the call nor its stream may begin another
            // life under that thread's hands. Both are left to the garbage collector.
            return;
        }

        _request.Clear();
        _releasable?.Release();
        _releasable = null;

        if (Interlocked.Increment(ref _spareCount) <= MaxSpare)
        {
            Spares.Enqueue(this);
        }
        else
        {
            Interlocked.Decrement(ref _spareCount);
        }
    }
}
