using System.Diagnostics.CodeAnalysis;
using Trunkline.Http2;
using Trunkline.Rpc.Messages;

namespace Trunkline.Rpc.Clients;

/// <summary>
/// Writes the requests of a streaming call, from any thread. A write is accepted at once while less than <see cref="MaxWaiting"/> waits in the
/// stream; above that its task completes when the waiting bytes have gone. Before the call has a stream the messages are held here under the same bound.
/// </summary>
internal sealed class RequestWriter<TRequest>(ClientCall call, Marshaller<TRequest> marshaller, MessageCoding? coding, int maxLength)
    : IClientStreamWriter<TRequest>
{
    /// <summary>What may wait before writers are held back, in bytes: a few messages, so that many streams take little memory.</summary>
    public const int MaxWaiting = 64 * 1024;

    private readonly Lock _lock = new();
    private readonly InlineMessage<TRequest> _inline = new();

    // Guarded by _lock. _waiting is what the stream, or _held, has not let go of.
    private List<PooledBuffer>? _held;
    private Http2Stream? _stream;
    private CallOutcome? _over;
    private TaskCompletionSource? _room;
    private long _waiting;
    private bool _isCompleted;

    public WriteOptions? WriteOptions { get; set; }

    public Task WriteAsync(TRequest message)
    {
        if (message is null)
        {
            throw new ArgumentNullException(nameof(message));
        }

        MessageCoding? used = WriteOptions?.Flags.HasFlag(WriteFlags.NoCompress) == true ? null : coding;
        if (used is null && TryWriteInline(message, out Task? written))
        {
            return written;
        }

        MessageFault fault = MessageSerializer.Serialize(marshaller, message, used, maxLength, out PooledBuffer? framed);
        if (!fault.IsNone)
        {
            // Nothing was sent, so the call goes on; the writer of the message is told.
            return Task.FromException(new RpcException(new Status(call.CodeOf(fault), fault.Text, fault.Cause)));
        }

        lock (_lock)
        {
            if (IsRefusedLocked(out Task? refusal))
            {
                framed!.Dispose();
                return refusal;
            }

            return WriteLocked(framed!);
        }
    }

    public Task WriteAsync(TRequest message, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            call.Cancel("A write was cancelled by its caller.");
        }

        Task written = WriteAsync(message);
        return !cancellationToken.CanBeCanceled || written.IsCompleted ? written : WaitAsync(written, cancellationToken);
    }

    public Task CompleteAsync()
    {
        lock (_lock)
        {
            if (_isCompleted)
            {
                return Task.FromException(ThrowHelper.RequestsCompleted());
            }

            _isCompleted = true;
            if (_stream is null || _over is not null)
            {
                // The half-close follows with the stream, or the server has ended the call: nothing is left to say.
                return Task.CompletedTask;
            }

            return Accepted(_stream.Write(new Outgoing { EndStream = true }), length: 0, endsRequest: true);
        }
    }

    /// <summary>The call has its stream: headers and what was held go out.</summary>
    public void Attach(Http2Stream stream, PreparedFields headers, FieldSection? moreHeaders)
    {
        TaskCompletionSource? room;
        lock (_lock)
        {
            _stream = stream;
            bool endsRequest = _isCompleted;
            List<PooledBuffer> held = _held ?? [];
            _held = null;
            WriteOutcome outcome = stream.Write(
                new Outgoing { Headers = headers, MoreHeaders = moreHeaders, EndStream = endsRequest && held.Count == 0 });
            for (int i = 0; i < held.Count; i++)
            {
                outcome = stream.Write(new Outgoing { Data = held[i], EndStream = endsRequest && i == held.Count - 1 });
            }

            call.MarkRequestSent(endsRequest && outcome == WriteOutcome.Sent);
            room = outcome == WriteOutcome.Sent ? TakeRoomLocked() : null;
        }

        room?.TrySetResult();
    }

    /// <summary>All that waited has gone.</summary>
    public void OnWritable()
    {
        TaskCompletionSource? room;
        lock (_lock)
        {
            call.MarkRequestSent(_isCompleted);
            room = TakeRoomLocked();
        }

        room?.TrySetResult();
    }

    /// <summary>The call is over: writers that wait fail with its status.</summary>
    public void OnOver(CallOutcome outcome)
    {
        TaskCompletionSource? room;
        lock (_lock)
        {
            _over = outcome;
            room = TakeRoomLocked();
            _held?.ForEach(static buffer => buffer.Dispose());
            _held = null;
        }

        if (room is not null)
        {
            room.TrySetException(outcome.ToException());

            // A writer that nobody awaits is told by the call's own result.
            _ = room.Task.Exception;
        }
    }

    private bool TryWriteInline(TRequest message, [NotNullWhen(true)] out Task? written)
    {
        lock (_lock)
        {
            if (IsRefusedLocked(out written))
            {
                return true;
            }

            if (_stream is null || !_inline.TrySet(marshaller, message, maxLength))
            {
                return false;
            }

            int length = _inline.Length;
            WriteOutcome outcome = _stream.Write(new Outgoing { InlinePayload = _inline });
            _inline.Clear();
            written = Accepted(outcome, length, endsRequest: false);
            return true;
        }
    }

    private bool IsRefusedLocked([NotNullWhen(true)] out Task? refusal)
    {
        Exception? reason = _over is { } over ? over.ToException() : _isCompleted ? ThrowHelper.RequestsCompleted() : null;
        refusal = reason is null ? null : Task.FromException(reason);
        return reason is not null;
    }

    private Task WriteLocked(PooledBuffer framed)
    {
        int length = (int)framed.Length;
        if (_stream is null)
        {
            (_held ??= []).Add(framed);
            return Accepted(WriteOutcome.Waiting, length, endsRequest: false);
        }

        return Accepted(_stream.Write(new Outgoing { Data = framed }), length, endsRequest: false);
    }

    private Task Accepted(WriteOutcome outcome, int length, bool endsRequest)
    {
        switch (outcome)
        {
            case WriteOutcome.Sent:
                call.MarkRequestSent(endsRequest);
                return Task.CompletedTask;
            case WriteOutcome.Waiting:
                _waiting += length;
                return _waiting <= MaxWaiting ? Task.CompletedTask : RoomLocked();
            default:
                // The stream is over; the call's end, which says why, is on its way.
                return RoomLocked();
        }
    }

    private Task RoomLocked()
    {
        _room ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return _room.Task;
    }

    private TaskCompletionSource? TakeRoomLocked()
    {
        _waiting = 0;
        TaskCompletionSource? room = _room;
        _room = null;
        return room;
    }

    private async Task WaitAsync(Task written, CancellationToken cancellationToken)
    {
        await using (cancellationToken.UnsafeRegister(
            static state => ((ClientCall)state!).Cancel("A write was cancelled by its caller."), call).ConfigureAwait(false))
        {
            await written.ConfigureAwait(false);
        }
    }
}
