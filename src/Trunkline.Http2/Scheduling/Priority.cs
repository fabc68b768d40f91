using System.Runtime.InteropServices;
using Trunkline.Http2.Scheduling;

namespace Trunkline.Http2;

/// <summary>
/// How urgent a stream is (RFC 9218 4): what the <c>priority</c> field and PRIORITY_UPDATE say. The default value is urgency 3, not incremental.
/// </summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Priority
{
    /// <summary>The urgency of a stream for which nobody has asked for another one: 3 (RFC 9218 4.1).</summary>
    public const int DefaultUrgency = 3;

    /// <summary>The least urgent: 7, for work in the background (RFC 9218 4.1).</summary>
    public const int LeastUrgent = 7;

    /// <summary>The most bytes that <see cref="Format"/> writes.</summary>
    public const int MaxFormattedLength = 6;

    // Kept relative to the default, so that default(Priority) is the protocol's default.
    private readonly sbyte _urgencyOffset;

    /// <summary>Makes a priority.</summary>
    /// <param name="urgency">0, the most urgent, to 7.</param>
    /// <param name="incremental">Whether a part of the content is of use before the rest is there.</param>
    /// <exception cref="ArgumentOutOfRangeException">The urgency is not from 0 to 7.</exception>
    public Priority(int urgency, bool incremental = false)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)urgency, (uint)LeastUrgent, nameof(urgency));
        _urgencyOffset = (sbyte)(urgency - DefaultUrgency);
        Incremental = incremental;
    }

    /// <summary>0, the most urgent, to 7; 3 by default (RFC 9218 4.1).</summary>
    public int Urgency => DefaultUrgency + _urgencyOffset;

    /// <summary>
    /// Whether a part of the content is of use before the rest is there; false by default (RFC 9218 4.2). Incremental streams of one urgency share
    /// the connection, the others come one after the other.
    /// </summary>
    public bool Incremental { get; }

    /// <summary>Reads the value of a <c>priority</c> field. What it does not say, or says wrongly, has its default; unknown keys are passed over.</summary>
    /// <param name="value">The value: a dictionary as RFC 8941 3.2 has it.</param>
    /// <param name="priority">What the value says; the default when it is no dictionary.</param>
    /// <returns>False when the value is no dictionary, and so counts as absent (RFC 9218 4).</returns>
    public static bool TryParse(ReadOnlySpan<byte> value, out Priority priority)
    {
        bool isDictionary = PriorityField.TryParse(value, out PrioritySignal signal);
        priority = signal.ToPriority();
        return isDictionary;
    }

    /// <summary>Writes the value of a <c>priority</c> field, such as <c>u=1, i</c>.</summary>
    /// <param name="destination">At least <see cref="MaxFormattedLength"/> bytes.</param>
    /// <returns>The bytes written.</returns>
    public int Format(Span<byte> destination)
    {
        if (Incremental && Urgency == DefaultUrgency)
        {
            destination[0] = (byte)'i';
            return 1;
        }

        "u=0"u8.CopyTo(destination);
        destination[2] += (byte)Urgency;
        if (!Incremental)
        {
            return 3;
        }

        ", i"u8.CopyTo(destination[3..]);
        return MaxFormattedLength;
    }

    /// <summary>The value of a <c>priority</c> field.</summary>
    public override string ToString()
    {
        Span<byte> value = stackalloc byte[MaxFormattedLength];
        return System.Text.Encoding.ASCII.GetString(value[..Format(value)]);
    }
}
