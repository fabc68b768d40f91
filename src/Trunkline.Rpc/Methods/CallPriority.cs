using Trunkline.Http2;

namespace Trunkline;

/// <summary>
/// How urgent a call is beside the other calls of its connection (RFC 9218 4). It decides whose messages leave first where a connection cannot carry all
/// at once; a call that nobody has marked is of urgency 3 and shares with others like it. The default value is urgency 3, not incremental.
/// </summary>
public readonly record struct CallPriority
{
    private readonly Priority _value;

    /// <summary>Makes a priority.</summary>
    /// <param name="urgency">0, the most urgent, to 7, for work in the background.</param>
    /// <param name="incremental">True where calls of this urgency are to share the connection, false where they are to be served one after the other.</param>
    /// <exception cref="ArgumentOutOfRangeException">The urgency is not from 0 to 7.</exception>
    public CallPriority(int urgency, bool incremental = false)
        : this(new Priority(urgency, incremental))
    {
    }

    internal CallPriority(Priority value) => _value = value;

    /// <summary>0, the most urgent, to 7; 3 by default.</summary>
    public int Urgency => _value.Urgency;

    /// <summary>
    /// Whether calls of this urgency share the connection, a frame each in turn; false by default: they are served in the order in which they began, which
    /// brings each answer soonest where only whole answers are of use.
    /// </summary>
    public bool Incremental => _value.Incremental;

    /// <summary>As the stream has it.</summary>
    internal Priority OfStream => _value;

    /// <summary>As the <c>priority</c> field says it, such as <c>u=1, i</c>.</summary>
    public override string ToString() => _value.ToString();
}
