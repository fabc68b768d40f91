using System.Text.Json;

namespace Trunkline.Chaos;

/// <summary>What a run has come to, over all its starts.</summary>
internal sealed class ChaosState
{
    public DateTimeOffset Started { get; set; }

    public TimeSpan Spent { get; set; }

    public int Starts { get; set; }

    public long Succeeded { get; set; }

    public long Failed { get; set; }

    public long PythonSucceeded { get; set; }

    public long PythonFailed { get; set; }

    /// <summary>Resident memory of the server before the first attack, in MiB.</summary>
    public long MemoryAtStart { get; set; }

    /// <summary>The most resident memory of any of its starts, in MiB.</summary>
    public long PeakMemory { get; set; }

    public TimeSpan ProcessorTime { get; set; }

    /// <summary>Attacks run, by name and end.</summary>
    public SortedDictionary<string, SortedDictionary<string, long>> Attacks { get; set; } = new(StringComparer.Ordinal);

    public static ChaosState LoadOrBegin(string? file)
    {
        ChaosState? state = file is not null && File.Exists(file) ? JsonSerializer.Deserialize<ChaosState>(File.ReadAllText(file)) : null;
        return state ?? new ChaosState { Started = TimeProvider.System.GetUtcNow() };
    }

    /// <summary>Notes how an attack ended.</summary>
    public void Note(string attack, string end)
    {
        lock (Attacks)
        {
            if (!Attacks.TryGetValue(attack, out SortedDictionary<string, long>? ends))
            {
                Attacks[attack] = ends = new(StringComparer.Ordinal);
            }

            ends[end] = ends.GetValueOrDefault(end) + 1;
        }
    }

    public void Save(string? file)
    {
        if (file is null)
        {
            return;
        }

        lock (Attacks)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
            File.WriteAllText(file + ".new", JsonSerializer.Serialize(this));
        }

        File.Move(file + ".new", file, overwrite: true);
    }
}
