using Trunkline.Cli.Protoc.Arguments;
using Trunkline.Compiler;

namespace Trunkline.Cli.Protoc.Outputs;

/// <summary>All that a run will write, by place. Nothing reaches the disk before everything is known.</summary>
internal sealed class OutputPlaces(bool allowsEscape)
{
    private readonly Dictionary<string, OutputTree> _trees = new(StringComparer.Ordinal);
    private readonly Dictionary<string, byte[]> _files = new(StringComparer.Ordinal);

    // In the order of their names, as protoc writes and lists them.
    private IEnumerable<string> Places => _trees.Keys.Order(StringComparer.Ordinal);

    /// <summary>The paths of all generated files; those in an archive follow its path.</summary>
    public IEnumerable<string> GeneratedPaths => Places.SelectMany(place => _trees[place].Files.Keys.Select(name => place + name));

    /// <summary>Takes the files that one directive asked for.</summary>
    /// <returns>What is wrong with them, or null.</returns>
    public string? Add(OutputDirective directive, IReadOnlyList<GeneratedFile> files)
    {
        var place = PlaceOf(directive);
        if (!_trees.TryGetValue(place, out var tree))
        {
            tree = new OutputTree();
            _trees.Add(place, tree);
        }

        foreach (var file in files)
        {
            if ((OutputName.Check(file.Name, allowsEscape && !OutputArchive.IsArchive(place)) ?? tree.Add(file)) is { } problem)
            {
                return problem;
            }
        }

        return null;
    }

    /// <summary>Adds a file by its path.</summary>
    public void Add(string path, byte[] content) => _files[path] = content;

    /// <summary>Writes all.</summary>
    /// <param name="standardOutput">Opens what stands for the standard output; <c>/dev/stdout</c> goes there on every system.</param>
    /// <returns>What went wrong, or null.</returns>
    public string? Write(Func<Stream> standardOutput)
    {
        foreach (var place in Places)
        {
            if (CheckPlace(place) is { } problem)
            {
                return problem;
            }
        }

        foreach (var place in Places)
        {
            var tree = _trees[place];
            if ((OutputArchive.IsArchive(place) ? OutputArchive.Write(place, tree) : OutputFolder.Write(place, tree)) is { } problem)
            {
                return problem;
            }
        }

        foreach (var path in _files.Keys)
        {
            if (OutputFolder.WriteFile(path, _files[path], standardOutput) is { } problem)
            {
                return problem;
            }
        }

        return null;
    }


    private static string? CheckPlace(string place)
    {
        if (OutputArchive.IsArchive(place))
        {
            return OutputFolder.CheckParent(place);
        }

        return Directory.Exists(place) ? null : File.Exists(place.TrimEnd('/')) ? $"{place}: Not a directory" : $"{place}: No such file or directory";
    }

    // "out" and "out/" are one place.
    private static string PlaceOf(OutputDirective directive)
    {
        var place = directive.Place;
        return place.Length == 0 || place.EndsWith('/') || OutputArchive.IsArchive(place) || (OperatingSystem.IsWindows() && place.EndsWith('\\')) ? place : place + "/";
    }
}
