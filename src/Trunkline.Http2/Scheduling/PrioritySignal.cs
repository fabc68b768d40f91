using System.Numerics;

namespace Trunkline.Http2.Scheduling;

/// <summary>
/// What one side has said about a stream's priority, key by key: a key that is not there leaves the decision to others. One byte, so that each stream
/// can keep what both sides have said.
/// </summary>
internal readonly record struct PrioritySignal
{
    private const byte UrgencyMask = 0b000111;
    private const byte HasUrgency = 0b001000;
    private const byte IncrementalFlag = 0b010000;
    private const byte HasIncremental = 0b100000;

    private readonly byte _bits;

    private PrioritySignal(int bits) => _bits = (byte)bits;

    /// <summary>Nothing was said.</summary>
    public static PrioritySignal None => default;

    /// <summary>Whether nothing was said.</summary>
    public bool IsNone => (_bits & (HasUrgency | HasIncremental)) == 0;

    /// <summary>A signal with both keys.</summary>
    public static PrioritySignal Of(Priority priority) => None.WithUrgency(priority.Urgency).WithIncremental(priority.Incremental);

    /// <summary>
    /// The urgency that stands for a weight of the deprecated scheme: halving the weight is one step less urgent, and the weight that nobody chose, 16,
    /// is the default urgency. 128 and more is 0, 1 is 7. Weights divide a connection, so such streams share (RFC 9113 5.3).
    /// </summary>
    /// <param name="weight">1 to 256.</param>
    public static PrioritySignal OfWeight(int weight) =>
        None.WithUrgency(Priority.LeastUrgent - Math.Min(BitOperations.Log2((uint)weight), Priority.LeastUrgent)).WithIncremental(true);

    /// <summary>The same with an urgency; without one where the number is not from 0 to 7 (RFC 9218 4.1).</summary>
    public PrioritySignal WithUrgency(long? urgency)
    {
        int others = _bits & ~(UrgencyMask | HasUrgency);
        return new PrioritySignal(urgency is >= 0 and <= Priority.LeastUrgent ? others | HasUrgency | (int)urgency : others);
    }

    /// <summary>The same with another word, or none, on being incremental.</summary>
    public PrioritySignal WithIncremental(bool? incremental)
    {
        int others = _bits & ~(IncrementalFlag | HasIncremental);
        return new PrioritySignal(incremental is { } value ? others | HasIncremental | (value ? IncrementalFlag : 0) : others);
    }

    /// <summary>This signal where the other one says nothing, the other one where it does: how a server's word goes over the client's (RFC 9218 8).</summary>
    public PrioritySignal OverriddenBy(PrioritySignal other)
    {
        int mask = ((other._bits & HasUrgency) != 0 ? UrgencyMask | HasUrgency : 0)
            | ((other._bits & HasIncremental) != 0 ? IncrementalFlag | HasIncremental : 0);
        return new PrioritySignal((_bits & ~mask) | (other._bits & mask));
    }

    /// <summary>The priority, with defaults for what was not said.</summary>
    public Priority ToPriority() =>
        new((_bits & HasUrgency) != 0 ? _bits & UrgencyMask : Priority.DefaultUrgency, (_bits & IncrementalFlag) != 0);

    /// <summary>
    /// Where the stream stands when turns are given. A stream of which nobody has said anything shares with others like it, so that one long stream does
    /// not hold back all that came after it; once a signal is there, being incremental is what it says, or false (RFC 9218 4.2).
    /// </summary>
    public TurnClass ToTurnClass()
    {
        Priority priority = ToPriority();
        return new TurnClass((byte)priority.Urgency, IsSequential: !IsNone && !priority.Incremental);
    }
}
