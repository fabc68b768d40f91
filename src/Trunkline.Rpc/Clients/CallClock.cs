using Trunkline.Http2;
using Trunkline.Rpc.Deadlines;
using Trunkline.Rpc.Headers;

namespace Trunkline.Rpc.Clients;

/// <summary>The deadline of a call: on the channel's timer, on the wire as <c>grpc-timeout</c>, and asked for when a call ends. A call without one touches no timer.</summary>
internal sealed class CallClock(IDeadlineOwner owner)
{
    private Deadline? _node;
    private DeadlineTimer _timer = null!;
    private TimeProvider _time = null!;
    private DateTime _due;
    private bool _isSet;

    /// <summary>True when the call has a deadline and it has passed.</summary>
    public bool IsPast => _isSet && Remaining <= TimeSpan.Zero;

    private TimeSpan Remaining => _due - _time.GetUtcNow().UtcDateTime;

    /// <summary>Forgets the deadline of an earlier call.</summary>
    public void Clear() => _isSet = false;

    /// <summary>Sets the deadline; none where it is null or never.</summary>
    /// <returns>False when it has passed already.</returns>
    public bool TryArm(DateTime? deadline, DeadlineTimer timer, TimeProvider time)
    {
        if (deadline is not { } due || due == DateTime.MaxValue)
        {
            return true;
        }

        _time = time;
        _timer = timer;
        _due = due.ToUniversalTime();
        TimeSpan remaining = Remaining;
        if (remaining <= TimeSpan.Zero)
        {
            return false;
        }

        _node ??= new Deadline(owner);
        _isSet = true;
        timer.Schedule(_node, remaining);
        return true;
    }

    /// <summary>Adds <c>grpc-timeout</c>, where there is a deadline, with what is left of it.</summary>
    /// <returns>False when nothing is left.</returns>
    public bool TryWriteTimeout(FieldSection fields)
    {
        if (!_isSet)
        {
            return true;
        }

        TimeSpan remaining = Remaining;
        if (remaining <= TimeSpan.Zero)
        {
            return false;
        }

        Span<byte> value = stackalloc byte[GrpcTimeout.MaxLength];
        fields.Add("grpc-timeout"u8, value[..GrpcTimeout.Write(remaining, value)], Indexing.Without);
        return true;
    }

    /// <summary>Takes the deadline off the timer.</summary>
    /// <returns>False when the timer may still name the call.</returns>
    public bool Disarm() => !_isSet || _timer.Cancel(_node!);
}
