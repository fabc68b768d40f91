using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Trunkline.Fuzz.Running;

/// <summary>What the program does.</summary>
internal enum FuzzCommand
{
    /// <summary>Fuzz.</summary>
    Run,

    /// <summary>Make a corpus small.</summary>
    Distill,
}

/// <summary>The command line.</summary>
internal sealed record RunOptions
{
    public required FuzzCommand Command { get; init; }

    /// <summary>The name of a target, or <c>all</c>.</summary>
    public required string Target { get; init; }

    public TimeSpan Time { get; init; }

    public int Seed { get; init; } = 1;

    public string? Corpus { get; init; }

    public string? Keep { get; init; }

    public string Findings { get; init; } = Path.Combine("artifacts", "fuzz");

    public string? Log { get; init; }

    public string? State { get; init; }

    public string? Replay { get; init; }

    public static bool TryParse(string[] args, [NotNullWhen(true)] out RunOptions? options, out string problem)
    {
        options = null;
        problem = "";
        if (args is not [("run" or "distill") and var command, var target, ..])
        {
            problem = "Say what to do with which target.";
            return false;
        }

        var result = new RunOptions { Command = command == "run" ? FuzzCommand.Run : FuzzCommand.Distill, Target = target };
        for (int i = 2; i < args.Length; i += 2)
        {
            if (i + 1 == args.Length || result.With(args[i], args[i + 1]) is not { } next)
            {
                problem = $"{args[i]} is unknown or lacks its value.";
                return false;
            }

            result = next;
        }

        options = result;
        return true;
    }

    private RunOptions? With(string name, string value) => name switch
    {
        "--seconds" when double.TryParse(value, CultureInfo.InvariantCulture, out double seconds) => this with { Time = TimeSpan.FromSeconds(seconds) },
        "--seed" when int.TryParse(value, CultureInfo.InvariantCulture, out int seed) => this with { Seed = seed },
        "--corpus" => this with { Corpus = value },
        "--keep" => this with { Keep = value },
        "--findings" => this with { Findings = value },
        "--log" => this with { Log = value },
        "--state" => this with { State = value },
        "--replay" => this with { Replay = value },
        _ => null,
    };
}
