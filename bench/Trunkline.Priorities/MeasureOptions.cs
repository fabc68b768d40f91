using System.Globalization;

namespace Trunkline.Priorities;

/// <summary>What the command line asked for.</summary>
/// <param name="Rates">Rates of the link, in bits a second.</param>
/// <param name="Calls">Urgent calls measured in each case.</param>
/// <param name="Downloads">Downloads beside them.</param>
/// <param name="Queue">What may wait before the link, in bytes.</param>
internal sealed record MeasureOptions(IReadOnlyList<long> Rates, int Calls, int Downloads, int Queue)
{
    public const string Usage = """
        usage: Trunkline.Priorities [--mbit N[,N...]] [--calls N] [--downloads N] [--queue BYTES]
          Measures small urgent calls beside downloads on one connection through a rate-limited relay and prints a table: rates of the link in
          Mbit/s (default 10,100), N calls in each case (default 500), N downloads (default 1), and what may wait before the link (default 4096).
        """;

    private const long Mega = 1_000_000;

    /// <summary>Reads the options; null if they are not understood.</summary>
    public static MeasureOptions? Parse(ReadOnlySpan<string> arguments)
    {
        var options = new MeasureOptions([10 * Mega, 100 * Mega], 500, 1, 4096);
        for (; arguments.Length >= 2; arguments = arguments[2..])
        {
            if (!TryParseNumbers(arguments[1], out long[] numbers))
            {
                return null;
            }

            switch (arguments[0])
            {
                case "--mbit":
                    options = options with { Rates = [.. numbers.Select(number => number * Mega)] };
                    break;
                case "--calls":
                    options = options with { Calls = (int)numbers[0] };
                    break;
                case "--downloads":
                    options = options with { Downloads = (int)numbers[0] };
                    break;
                case "--queue":
                    options = options with { Queue = (int)numbers[0] };
                    break;
                default:
                    return null;
            }
        }

        return arguments.IsEmpty ? options : null;
    }

    private static bool TryParseNumbers(string text, out long[] numbers)
    {
        string[] parts = text.Split(',');
        numbers = [.. parts.Select(part => long.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : 0)];
        return numbers.All(number => number is > 0 and < int.MaxValue);
    }
}
