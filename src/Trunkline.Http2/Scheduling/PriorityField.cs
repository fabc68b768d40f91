using System.Buffers;
using Trunkline.Http2.Fields;

namespace Trunkline.Http2.Scheduling;

/// <summary>Reads the <c>priority</c> field (RFC 9218 4, 5) out of a value or out of all its lines in a header block.</summary>
internal static class PriorityField
{
    /// <summary>The field's name.</summary>
    public static ReadOnlySpan<byte> Name => "priority"u8;

    /// <summary>Reads a value. A key of a wrong type, or an urgency out of range, is as if it were not there; the last of several counts.</summary>
    /// <param name="value">The value.</param>
    /// <param name="signal">What it says; nothing when it is no dictionary.</param>
    /// <returns>False when it is no dictionary (RFC 8941 4.2: the whole field is to be ignored).</returns>
    public static bool TryParse(ReadOnlySpan<byte> value, out PrioritySignal signal)
    {
        signal = PrioritySignal.None;
        var members = new StructuredDictionary(value);
        while (members.MoveNext())
        {
            if (members.Key is [(byte)'u'])
            {
                signal = signal.WithUrgency(members.Type == StructuredType.Integer ? members.Number : null);
            }
            else if (members.Key is [(byte)'i'])
            {
                signal = signal.WithIncremental(members.Type == StructuredType.Boolean ? members.Number == 1 : null);
            }
        }

        signal = members.IsMalformed ? PrioritySignal.None : signal;
        return !members.IsMalformed;
    }

    /// <summary>Reads a value; nothing is said by one that is no dictionary.</summary>
    public static PrioritySignal Parse(ReadOnlySpan<byte> value) => TryParse(value, out PrioritySignal signal) ? signal : PrioritySignal.None;

    /// <summary>Reads all lines of the field in a block, as one value with commas between the lines (RFC 8941 4.2).</summary>
    public static PrioritySignal Read(in FieldBlock fields)
    {
        int lines = 0;
        int length = 0;
        PrioritySignal signal = PrioritySignal.None;
        foreach (Field field in fields)
        {
            if (field.Known == FieldName.Priority)
            {
                lines++;
                length += field.Value.Length + Separator.Length;
                signal = Parse(field.Value);
            }
        }

        return lines <= 1 ? signal : ReadJoined(fields, length);
    }

    private static ReadOnlySpan<byte> Separator => ", "u8;

    private static PrioritySignal ReadJoined(in FieldBlock fields, int length)
    {
        byte[] joined = ArrayPool<byte>.Shared.Rent(length);
        int used = 0;
        foreach (Field field in fields)
        {
            if (field.Known == FieldName.Priority)
            {
                Separator.CopyTo(joined.AsSpan(used));
                field.Value.CopyTo(joined.AsSpan(used + Separator.Length));
                used += Separator.Length + field.Value.Length;
            }
        }

        PrioritySignal signal = Parse(joined.AsSpan(Separator.Length, used - Separator.Length));
        ArrayPool<byte>.Shared.Return(joined);
        return signal;
    }
}
