namespace Trunkline.Cli.Protoc.Arguments;

/// <summary>Replaces <c>@file</c> by the lines of the file, each one word; files named in it are not opened again.</summary>
internal static class ResponseFiles
{
    /// <summary>Replaces all.</summary>
    /// <returns>The words, or null with the reason in <paramref name="error"/>.</returns>
    public static List<string>? Expand(IReadOnlyList<string> words, out string? error)
    {
        var expanded = new List<string>(words.Count);
        foreach (var word in words)
        {
            if (!word.StartsWith('@'))
            {
                expanded.Add(word);
                continue;
            }

            try
            {
                expanded.AddRange(File.ReadLines(word[1..]));
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
            {
                error = $"Failed to open argument file: {word[1..]}";
                return null;
            }
        }

        error = null;
        return expanded;
    }
}
