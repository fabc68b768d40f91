namespace Trunkline.Agreement.Plugins;

/// <summary>What came out of a plugin under one compiler: files by name, or why there are none.</summary>
internal sealed record PluginOutput(IReadOnlyDictionary<string, byte[]> Files, string? Refusal)
{
    /// <summary>A refusal; line ends do not count, since protoc leaves some out. Its warnings about the inputs are not the plugin's.</summary>
    public static PluginOutput OfRefusal(string words)
        => new(
            new Dictionary<string, byte[]>(StringComparer.Ordinal),
            string.Concat(words.Split('\n').Where(line => !line.Contains(": warning: ", StringComparison.Ordinal)).Select(line => line.Trim())).Trim());
}
