using System.Globalization;

namespace Trunkline.Descriptors.Json;

/// <summary>Timestamps and durations as text. Both are whole seconds and nanoseconds; text has 0, 3, 6 or 9 digits behind the point.</summary>
internal static class TimeText
{
    private const int NanosPerSecond = 1_000_000_000;

    // 0001-01-01T00:00:00Z and 9999-12-31T23:59:59Z.
    private const long FirstSecond = -62_135_596_800;
    private const long LastSecond = 253_402_300_799;

    // Ten thousand years of 365.25 days.
    private const long LongestSeconds = 315_576_000_000;

    /// <summary>RFC 3339 in UTC; null when the time is out of range.</summary>
    public static string? PrintTimestamp(long seconds, int nanos)
    {
        if (seconds is < FirstSecond or > LastSecond || nanos is < 0 or >= NanosPerSecond)
        {
            return null;
        }

        var time = DateTimeOffset.FromUnixTimeSeconds(seconds).ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture);
        return $"{time}{Fraction(nanos)}Z";
    }

    /// <summary>Reads RFC 3339 with any offset.</summary>
    public static bool TryParseTimestamp(string text, out long seconds, out int nanos)
    {
        const int SecondsEnd = 19;
        (seconds, nanos) = (0, 0);
        if (text.Length <= SecondsEnd
            || !DateTime.TryParseExact(text.AsSpan(0, SecondsEnd), "yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            || !TryTakeFraction(text.AsSpan(SecondsEnd), out nanos, out var offset)
            || !TryParseOffset(offset, out var offsetSeconds))
        {
            return false;
        }

        seconds = ((time.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerSecond) - offsetSeconds;
        return seconds is >= FirstSecond and <= LastSecond;
    }

    /// <summary>Seconds with the suffix s; null when the duration is out of range or its parts differ in sign.</summary>
    public static string? PrintDuration(long seconds, int nanos)
    {
        var isInRange = seconds is >= -LongestSeconds and <= LongestSeconds && nanos is > -NanosPerSecond and < NanosPerSecond;
        if (!isInRange || (seconds < 0 && nanos > 0) || (seconds > 0 && nanos < 0))
        {
            return null;
        }

        var sign = seconds < 0 || nanos < 0 ? "-" : "";
        return $"{sign}{Math.Abs(seconds)}{Fraction(Math.Abs(nanos))}s";
    }

    /// <summary>Reads seconds with the suffix s.</summary>
    public static bool TryParseDuration(string text, out long seconds, out int nanos)
    {
        (seconds, nanos) = (0, 0);
        var isNegative = text.StartsWith('-');
        var number = text.AsSpan(isNegative ? 1 : 0);
        var digits = number.IndexOfAnyExceptInRange('0', '9');
        if (digits < 1 || !long.TryParse(number[..digits], NumberStyles.None, CultureInfo.InvariantCulture, out seconds) || seconds > LongestSeconds
            || !TryTakeFraction(number[digits..], out nanos, out var unit) || unit is not "s")
        {
            return false;
        }

        (seconds, nanos) = isNegative ? (-seconds, -nanos) : (seconds, nanos);
        return true;
    }

    private static string Fraction(int nanos) => nanos switch
    {
        0 => "",
        _ when nanos % 1_000_000 == 0 => $".{nanos / 1_000_000:000}",
        _ when nanos % 1_000 == 0 => $".{nanos / 1_000:000000}",
        _ => $".{nanos:000000000}",
    };

    /// <summary>Takes a point and one to nine digits, if a point is there.</summary>
    private static bool TryTakeFraction(ReadOnlySpan<char> text, out int nanos, out ReadOnlySpan<char> rest)
    {
        nanos = 0;
        rest = text;
        if (text is not ['.', ..])
        {
            return true;
        }

        var length = text[1..].IndexOfAnyExceptInRange('0', '9');
        if (length is < 1 or > 9)
        {
            return false;
        }

        nanos = int.Parse(text.Slice(1, length), NumberStyles.None, CultureInfo.InvariantCulture);
        for (var digit = length; digit < 9; digit++)
        {
            nanos *= 10;
        }

        rest = text[(length + 1)..];
        return true;
    }

    private static bool TryParseOffset(ReadOnlySpan<char> text, out int seconds)
    {
        seconds = 0;
        if (text is "Z")
        {
            return true;
        }

        if (text is not ['+' or '-', _, _, ':', _, _]
            || !int.TryParse(text.Slice(1, 2), NumberStyles.None, CultureInfo.InvariantCulture, out var hours) || hours > 23
            || !int.TryParse(text[4..], NumberStyles.None, CultureInfo.InvariantCulture, out var minutes) || minutes > 59)
        {
            return false;
        }

        seconds = ((hours * 60) + minutes) * 60 * (text[0] == '-' ? -1 : 1);
        return true;
    }
}
