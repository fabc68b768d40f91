namespace Trunkline.Rpc.Deadlines;

/// <summary>Whoever is told that a deadline has passed.</summary>
internal interface IDeadlineOwner
{
    /// <summary>The deadline has passed. Called on the timer's thread, outside its lock; must neither block nor throw.</summary>
    void OnDeadline();
}

/// <summary>
/// One deadline: a node of the lists of <see cref="DeadlineTimer"/>, made once by its owner and scheduled as often as needed, but only once at a
/// time. All fields belong to the timer's lock.
/// </summary>
internal sealed class Deadline(IDeadlineOwner owner)
{
    internal IDeadlineOwner Owner { get; } = owner;

    internal Deadline? Next { get; set; }

    internal Deadline? Previous { get; set; }

    /// <summary>The tick at which it passes.</summary>
    internal long Due { get; set; }

    internal int Level { get; set; }

    internal int Slot { get; set; }

    internal bool IsScheduled { get; set; }
}
