using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Trunkline.Chaos;

/// <summary>The command line of a run.</summary>
internal sealed record ChaosOptions
{
    public TimeSpan Time { get; init; } = TimeSpan.FromMinutes(20);

    public int Seed { get; init; } = 1;

    /// <summary>Connections that misbehave at any moment.</summary>
    public int Attackers { get; init; } = 24;

    public string? Log { get; init; }

    public string? State { get; init; }

    /// <summary>The one attack to run, by name; all when null.</summary>
    public string? Only { get; init; }

    public static bool TryParse(string[] args, [NotNullWhen(true)] out ChaosOptions? options)
    {
        options = new ChaosOptions();
        for (int i = 0; i < args.Length && options is not null; i += 2)
        {
            options = i + 1 < args.Length ? options.With(args[i], args[i + 1]) : null;
        }

        return options is not null;
    }

    private ChaosOptions? With(string name, string value) => name switch
    {
        "--minutes" when double.TryParse(value, CultureInfo.InvariantCulture, out double minutes) => this with { Time = TimeSpan.FromMinutes(minutes) },
        "--seed" when int.TryParse(value, CultureInfo.InvariantCulture, out int seed) => this with { Seed = seed },
        "--attackers" when int.TryParse(value, CultureInfo.InvariantCulture, out int attackers) => this with { Attackers = attackers },
        "--log" => this with { Log = value },
        "--state" => this with { State = value },
        "--only" => this with { Only = value },
        _ => null,
    };
}
