using System.Globalization;

namespace Trunkline.Distance;

/// <summary>What the command line asked for.</summary>
/// <param name="Rounds">Rounds measured.</param>
/// <param name="Megabytes">What one round moves, in millions of bytes.</param>
/// <param name="Rate">The rate of the link, in millions of bytes a second.</param>
/// <param name="RoundTrips">The round trips, in milliseconds.</param>
internal sealed record DistanceOptions(int Rounds, int Megabytes, int Rate, IReadOnlyList<double> RoundTrips)
{
    public const string Usage = """
        usage: Trunkline.Distance [--rounds N] [--megabytes N] [--rate MB/S] [--round-trips MS[,MS...]]
          Moves N million bytes (default 100) through a relay with a rate (default 125, which is 1 Gbit/s) and round trips (default 1,25,100), as one
          unary message and as a stream of messages, both ways, beside raw sockets, and prints a table of medians of N rounds (default 5).
        """;

    /// <summary>Reads the options; null if they are not understood.</summary>
    public static DistanceOptions? Parse(ReadOnlySpan<string> arguments)
    {
        var options = new DistanceOptions(5, 100, 125, [1, 25, 100]);
        for (; arguments.Length >= 2; arguments = arguments[2..])
        {
            switch (arguments[0])
            {
                case "--rounds" when TryParse(arguments[1], out var rounds):
                    options = options with { Rounds = rounds };
                    break;
                case "--megabytes" when TryParse(arguments[1], out var megabytes) && megabytes <= 1000:
                    options = options with { Megabytes = megabytes };
                    break;
                case "--rate" when TryParse(arguments[1], out var rate):
                    options = options with { Rate = rate };
                    break;
                case "--round-trips" when TryParseAll(arguments[1], out var roundTrips):
                    options = options with { RoundTrips = roundTrips };
                    break;
                default:
                    return null;
            }
        }

        return arguments.IsEmpty ? options : null;
    }

    private static bool TryParse(string text, out int value) => int.TryParse(text, CultureInfo.InvariantCulture, out value) && value > 0;

    private static bool TryParseAll(string text, out List<double> values)
    {
        values = [];
        foreach (var part in text.Split(','))
        {
            if (!double.TryParse(part, CultureInfo.InvariantCulture, out var value) || value < 0)
            {
                return false;
            }

            values.Add(value);
        }

        return true;
    }
}
