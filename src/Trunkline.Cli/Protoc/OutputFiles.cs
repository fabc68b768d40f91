using Trunkline.Compiler;

namespace Trunkline.Cli.Protoc;

/// <summary>Collects everything that is to be written, and writes it only when nothing can go wrong any more but the disk.</summary>
internal sealed class OutputFiles
{
    private readonly Dictionary<string, byte[]> _files = new(StringComparer.Ordinal);

    /// <summary>Adds a generated file below a directory.</summary>
    /// <returns>What is wrong with it, or null.</returns>
    public string? Add(string directory, GeneratedFile file)
    {
        var path = Path.Combine(directory, file.Name);
        return _files.TryAdd(path, System.Text.Encoding.UTF8.GetBytes(file.Content)) ? null : $"{file.Name}: Tried to write the same file twice.";
    }

    /// <summary>Adds a file by its path.</summary>
    public void Add(string path, byte[] content) => _files[path] = content;

    /// <summary>Writes all.</summary>
    /// <returns>What went wrong, or null.</returns>
    public string? Write()
    {
        foreach (var (path, content) in _files)
        {
            try
            {
                if (Path.GetDirectoryName(path) is { Length: > 0 } directory)
                {
                    Directory.CreateDirectory(directory);
                }

                File.WriteAllBytes(path, content);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
            {
                return $"{path}: {failure.Message}";
            }
        }

        return null;
    }
}
