namespace Trunkline.Agreement.CSharp.Generation;

/// <summary>What a generator made: C# by path, or why there is none.</summary>
internal sealed record GeneratedSources(IReadOnlyDictionary<string, string> Files, string? Error)
{
    public static GeneratedSources Failed(string error) => new(new Dictionary<string, string>(StringComparer.Ordinal), error);

    /// <summary>These files and those.</summary>
    public GeneratedSources With(GeneratedSources more)
        => new(new Dictionary<string, string>(Files.Concat(more.Files), StringComparer.Ordinal), Error ?? more.Error);

    /// <summary>The .proto file that a file was made from, as its first lines say it.</summary>
    public string? ProtoOf(string path)
    {
        foreach (string line in Files[path].Split('\n').Take(6))
        {
            string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (Array.Find(words, word => word.TrimEnd('.').EndsWith(".proto", StringComparison.Ordinal)) is { } name)
            {
                return name.TrimEnd('.');
            }
        }

        return null;
    }
}
