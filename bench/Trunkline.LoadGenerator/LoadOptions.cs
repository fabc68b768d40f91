using System.Globalization;
using Trunkline.LoadContract;

namespace Trunkline.LoadGenerator;

/// <summary>What the command line asked for.</summary>
internal sealed record LoadOptions(int Rounds, TimeSpan Length, IReadOnlyList<Work> Works)
{
    public const string Usage = """
        usage: Trunkline.LoadGenerator [--rounds N] [--seconds S] [--work NAME[,NAME...]]
          Measures Trunkline and the Kestrel + SocketsHttpHandler peer in turn and prints a table: medians of N rounds (default 5) of S seconds
          (default 2). Works: unary1 unary50 pingpong50 pour1 pour4 echo1m; default all.
        """;

    /// <summary>Reads the options; null if they are not understood.</summary>
    public static LoadOptions? Parse(ReadOnlySpan<string> arguments)
    {
        var options = new LoadOptions(5, TimeSpan.FromSeconds(2), Work.All);
        for (; arguments.Length >= 2; arguments = arguments[2..])
        {
            switch (arguments[0])
            {
                case "--rounds" when int.TryParse(arguments[1], CultureInfo.InvariantCulture, out var rounds) && rounds > 0:
                    options = options with { Rounds = rounds };
                    break;
                case "--seconds" when double.TryParse(arguments[1], CultureInfo.InvariantCulture, out var seconds) && seconds > 0:
                    options = options with { Length = TimeSpan.FromSeconds(seconds) };
                    break;
                case "--work" when arguments[1].Split(',').All(name => Work.All.Any(work => work.Name == name)):
                    options = options with { Works = [.. arguments[1].Split(',').Select(Work.ByName)] };
                    break;
                default:
                    return null;
            }
        }

        return arguments.IsEmpty ? options : null;
    }
}
