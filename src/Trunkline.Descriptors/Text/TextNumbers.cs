using System.Globalization;

namespace Trunkline.Descriptors.Text;

/// <summary>
/// Floating-point numbers as the text form has them: few digits (15 for double, 6 for float) where they read back as the same number, else
/// enough for any number (17 and 9); exponents as C writes them.
/// </summary>
internal static class TextNumbers
{
    // Halfway between the largest float and the next power of two: what lies above is infinite, and what lies below is the largest float.
    private const double FloatOverflow = 3.4028235677973366e+38;

    public static string Print(double value) => PrintSpecial(value)
        ?? (PrintDigits(value, 15) is var text && double.Parse(text, CultureInfo.InvariantCulture) == value ? text : PrintDigits(value, 17));

    // protoc takes the few digits of a subnormal float as not readable, whatever they are.
    public static string Print(float value) => PrintSpecial(value)
        ?? (!float.IsSubnormal(value) && PrintDigits(value, 6) is var text && float.Parse(text, CultureInfo.InvariantCulture) == value
            ? text
            : PrintDigits(value, 9));

    /// <summary>The nearest float.</summary>
    public static float ToFloat(double value)
        => Math.Abs(value) is > float.MaxValue and <= FloatOverflow ? MathF.CopySign(float.MaxValue, (float)value) : (float)value;

    private static string? PrintSpecial(double value)
        => double.IsNaN(value) ? "nan" : double.IsPositiveInfinity(value) ? "inf" : double.IsNegativeInfinity(value) ? "-inf" : null;

    /// <summary>The form that C's <c>%.*g</c> gives.</summary>
    private static string PrintDigits(double value, int precision)
    {
        var (digits, exponent) = Round(Math.Abs(value), precision);
        digits = digits.TrimEnd('0');
        digits = digits.Length == 0 ? "0" : digits;
        var sign = double.IsNegative(value) ? "-" : "";
        if (exponent < -4 || exponent >= precision)
        {
            var fraction = digits.Length > 1 ? "." + digits[1..] : "";
            return string.Create(CultureInfo.InvariantCulture, $"{sign}{digits[0]}{fraction}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}");
        }

        if (exponent < 0)
        {
            return $"{sign}0.{new string('0', -exponent - 1)}{digits}";
        }

        return digits.Length <= exponent + 1 ? sign + digits.PadRight(exponent + 1, '0') : $"{sign}{digits[..(exponent + 1)]}.{digits[(exponent + 1)..]}";
    }

    /// <summary>The first digits of a number, and the power of ten of the first one.</summary>
    private static (string Digits, int Exponent) Round(double value, int precision)
    {
        var (digits, exponent) = Split(value, precision);

        // Exactly halfway C rounds to the even digit and .NET up. Only then does one more digit come out as 5 with nothing behind it; no
        // double has more than 767 digits.
        if (Split(value, precision + 1) is var (longer, longerExponent) && longer[^1] == '5'
            && Split(value, 767).Digits.AsSpan(precision + 1).TrimEnd('0').IsEmpty && (longer[precision - 1] - '0') % 2 == 0)
        {
            return (longer[..precision], longerExponent);
        }

        return (digits, exponent);
    }

    private static (string Digits, int Exponent) Split(double value, int precision)
    {
        var text = value.ToString("E" + (precision - 1).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        var mark = text.IndexOf('E', StringComparison.Ordinal);
        return (text[0] + (mark > 2 ? text[2..mark] : ""), int.Parse(text.AsSpan(mark + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture));
    }
}
