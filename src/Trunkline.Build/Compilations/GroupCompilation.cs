using Trunkline.Build.Items;
using Trunkline.Build.Reports;
using Trunkline.Build.States;
using Trunkline.Compiler;
using Trunkline.Descriptors;

namespace Trunkline.Build.Compilations;

/// <summary>One run of the compiler over files that search the same folders, and what a later build must know of it.</summary>
internal sealed class GroupCompilation
{
    private readonly TrackedSources _sources;
    private readonly string _group;

    private GroupCompilation(ProtobufItem first, CompilationResult result, TrackedSources sources)
    {
        _group = first.Group;
        _sources = sources;
        Result = result;
        var reader = new DiagnosticReader(result, sources);
        Findings = [.. result.Diagnostics.Select(reader.Read), .. ShadowedImports.Find(result, first.ImportDirectories)];
    }

    /// <summary>What the compiler made.</summary>
    public CompilationResult Result { get; }

    /// <summary>What it had to say.</summary>
    public IReadOnlyList<Finding> Findings { get; }

    /// <summary>Where it looked in vain.</summary>
    public ICollection<string> Absent => _sources.Absent;

    /// <summary>Compiles the files of items that have the same import directories.</summary>
    public static GroupCompilation Run(IReadOnlyList<ProtobufItem> items, CancellationToken cancellationToken)
    {
        var sources = new TrackedSources();
        var options = new CompilerOptions
        {
            ImportRoots = [.. items[0].ImportDirectories.Select(directory => new ImportRoot(directory))],
            Files = [.. items.Select(item => item.FullPath)],
            Sources = sources,
        };
        return new GroupCompilation(items[0], ProtoCompiler.Compile(options, cancellationToken), sources);
    }

    /// <summary>The names under which the compiler knows the files of items, by path.</summary>
    public Dictionary<string, string> NamesByPath()
    {
        var names = new Dictionary<string, string>(Paths.Comparer);
        foreach (var name in Result.RequestedFiles)
        {
            if (Result.DiskPaths.TryGetValue(name, out var path))
            {
                names[Path.GetFullPath(path)] = name;
            }
        }

        return names;
    }

    /// <summary>A record for each file that was read from disk.</summary>
    public IEnumerable<SourceRecord> Sources()
    {
        foreach (var file in Result.Files)
        {
            if (Result.DiskPaths.TryGetValue(file.Name!, out var path) && _sources.Find(path) is { } source)
            {
                yield return new SourceRecord(
                    _group, Path.GetFullPath(path), source.Stamp, FileStamp.Hash(source.Content.Span), ImportsOf(file), Declarations.Of(file));
            }
        }
    }

    // What the compiler carries itself changes with the compiler only.
    private string[] ImportsOf(FileDescriptorProto file)
        => [.. file.Dependencies.Concat(file.OptionDependencies)
            .Where(Result.DiskPaths.ContainsKey)
            .Select(name => Path.GetFullPath(Result.DiskPaths[name]))];
}
