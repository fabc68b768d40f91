using System.Text;

namespace Trunkline.Compiler;

/// <summary>Source files in memory, for tests and for editors with unsaved text.</summary>
public sealed class MemorySourceProvider : ISourceProvider
{
    private readonly Dictionary<string, ReadOnlyMemory<byte>> _files = new(StringComparer.Ordinal);

    /// <summary>Adds or replaces a file.</summary>
    /// <param name="path">The path, with forward slashes.</param>
    /// <param name="text">The text, stored as UTF-8.</param>
    public void Add(string path, string text) => Add(path, Encoding.UTF8.GetBytes(text));

    /// <summary>Adds or replaces a file.</summary>
    /// <param name="path">The path, with forward slashes.</param>
    /// <param name="content">The bytes; they must not change afterwards.</param>
    public void Add(string path, ReadOnlyMemory<byte> content) => _files[Normalize(path)] = content;

    /// <inheritdoc/>
    public SourceReadResult TryRead(string path, out ReadOnlyMemory<byte> content)
        => _files.TryGetValue(Normalize(path), out content) ? SourceReadResult.Found : SourceReadResult.Absent;

    /// <inheritdoc/>
    public bool Exists(string path) => _files.ContainsKey(Normalize(path));

    /// <inheritdoc/>
    public bool DirectoryExists(string path)
    {
        string prefix = Normalize(path);
        return prefix.Length == 0 || _files.Keys.Any(file => file.StartsWith(prefix + "/", StringComparison.Ordinal));
    }

    private static string Normalize(string path)
    {
        string normalized = path.Replace('\\', '/');
        while (normalized.StartsWith("./", StringComparison.Ordinal))
        {
            normalized = normalized[2..];
        }

        return normalized == "." ? "" : normalized.TrimEnd('/');
    }
}
