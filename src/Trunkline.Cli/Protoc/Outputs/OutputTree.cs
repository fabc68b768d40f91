using Trunkline.Compiler;

namespace Trunkline.Cli.Protoc.Outputs;

/// <summary>
/// The files that will lie in one place, by name. All generators that write to the place share it, so that one can insert into what another before it made.
/// </summary>
internal sealed class OutputTree
{
    private readonly SortedDictionary<string, byte[]> _files = new(StringComparer.Ordinal);

    /// <summary>The files by name, in the order of their names.</summary>
    public IReadOnlyDictionary<string, byte[]> Files => _files;

    /// <summary>Adds what a generator made.</summary>
    /// <returns>What is wrong with it, or null.</returns>
    public string? Add(GeneratedFile file)
    {
        if (file.InsertionPoint is not { Length: > 0 } point)
        {
            return _files.TryAdd(file.Name, file.Bytes.ToArray()) ? null : $"{file.Name}: Tried to write the same file twice.";
        }

        if (!_files.TryGetValue(file.Name, out var target))
        {
            return $"{file.Name}: Tried to insert into file that doesn't exist.";
        }

        if (Insertion.TryInsert(target, point, file.Bytes.Span) is not { } changed)
        {
            return $"{file.Name}: insertion point \"{point}\" not found.";
        }

        _files[file.Name] = changed;
        return null;
    }
}
