using System.Text.Json;

namespace Trunkline.Fuzz.Running;

/// <summary>How far a run is. Written once a minute, so that an interrupted run goes on from where it was.</summary>
internal sealed class RunState
{
    public string Target { get; set; } = "";

    public int Seed { get; set; }

    /// <summary>When the run first began, in UTC.</summary>
    public DateTimeOffset Started { get; set; }

    /// <summary>Time spent fuzzing, over all starts.</summary>
    public TimeSpan Spent { get; set; }

    /// <summary>Inputs run, those of the corpus included. The next input's random numbers follow from it and the seed.</summary>
    public long Executions { get; set; }

    /// <summary>Findings that differ.</summary>
    public List<string> Findings { get; set; } = [];

    /// <summary>Failures that a second execution of the same input did not show.</summary>
    public int Unrepeated { get; set; }

    /// <summary>Loads a run's state, or begins a new one when there is none.</summary>
    public static RunState LoadOrBegin(string? file, string target, int seed, DateTimeOffset now)
    {
        if (file is not null && File.Exists(file))
        {
            RunState? state = JsonSerializer.Deserialize<RunState>(File.ReadAllText(file));
            if (state?.Target == target)
            {
                return state;
            }

            throw new InvalidDataException($"{file} is not the state of a run of '{target}'.");
        }

        return new RunState { Target = target, Seed = seed, Started = now };
    }

    /// <summary>Writes the state, whole or not at all.</summary>
    public void Save(string? file)
    {
        if (file is null)
        {
            return;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        File.WriteAllText(file + ".new", JsonSerializer.Serialize(this));
        File.Move(file + ".new", file, overwrite: true);
    }
}
