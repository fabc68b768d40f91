using System.Buffers.Text;

namespace Trunkline.Rpc.Headers;

/// <summary>
/// The value of <c>grpc-timeout</c>: at most eight digits and a unit (gRPC over HTTP/2, "Requests", Timeout). Rounding never shortens a deadline, and
/// one that is too long for <see cref="TimeSpan"/> saturates.
/// </summary>
internal static class GrpcTimeout
{
    /// <summary>The longest value in bytes.</summary>
    public const int MaxLength = 9;

    private const long MaxDigits = 99_999_999;
    private const long NanosecondsPerTick = 100;

    /// <summary>The units that are a whole number of ticks (100 ns), finest first.</summary>
    private static readonly (byte Letter, long Ticks)[] Units =
    [
        ((byte)'u', TimeSpan.TicksPerMicrosecond),
        ((byte)'m', TimeSpan.TicksPerMillisecond),
        ((byte)'S', TimeSpan.TicksPerSecond),
        ((byte)'M', TimeSpan.TicksPerMinute),
        ((byte)'H', TimeSpan.TicksPerHour),
    ];

    /// <summary>Writes a value in the finest unit in which it fits.</summary>
    /// <param name="remaining">The time left; more than zero.</param>
    /// <param name="destination">At least <see cref="MaxLength"/> bytes.</param>
    /// <returns>The bytes written.</returns>
    public static int Write(TimeSpan remaining, Span<byte> destination)
    {
        long ticks = remaining.Ticks;
        if (ticks <= MaxDigits / NanosecondsPerTick)
        {
            return Write(ticks * NanosecondsPerTick, (byte)'n', destination);
        }

        foreach ((byte letter, long unit) in Units)
        {
            long value = (ticks / unit) + (ticks % unit == 0 ? 0 : 1);
            if (value <= MaxDigits)
            {
                return Write(value, letter, destination);
            }
        }

        return Write(MaxDigits, (byte)'H', destination);
    }

    /// <summary>Reads a value.</summary>
    /// <param name="value">The field's value.</param>
    /// <param name="timeout">The time; <see cref="TimeSpan.MaxValue"/> for more than that can hold.</param>
    /// <returns>False for a value that is not well formed.</returns>
    public static bool TryRead(ReadOnlySpan<byte> value, out TimeSpan timeout)
    {
        timeout = default;
        if (value.Length is < 2 or > MaxLength || value[..^1].ContainsAnyExceptInRange((byte)'0', (byte)'9'))
        {
            return false;
        }

        _ = Utf8Parser.TryParse(value[..^1], out long number, out _);
        if (value[^1] == (byte)'n')
        {
            timeout = TimeSpan.FromTicks((number + NanosecondsPerTick - 1) / NanosecondsPerTick);
            return true;
        }

        foreach ((byte letter, long unit) in Units)
        {
            if (letter == value[^1])
            {
                timeout = number > TimeSpan.MaxValue.Ticks / unit ? TimeSpan.MaxValue : TimeSpan.FromTicks(number * unit);
                return true;
            }
        }

        return false;
    }

    private static int Write(long value, byte letter, Span<byte> destination)
    {
        _ = Utf8Formatter.TryFormat(value, destination, out int written);
        destination[written] = letter;
        return written + 1;
    }
}
