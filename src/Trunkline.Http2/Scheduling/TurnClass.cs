using System.Runtime.InteropServices;

namespace Trunkline.Http2.Scheduling;

/// <summary>Where a stream stands when turns are given.</summary>
/// <param name="Urgency">0, served first, to 7.</param>
/// <param name="IsSequential">True to be served whole before the next sequential stream of the urgency; false to share with others turn by turn.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct TurnClass(byte Urgency, bool IsSequential)
{
    /// <summary>The number of urgencies.</summary>
    public const int Urgencies = Priority.LeastUrgent + 1;

    /// <summary>Where a stream stands of which nobody has said anything.</summary>
    public static TurnClass Unmarked => new(Priority.DefaultUrgency, IsSequential: false);
}
