using Trunkline.Agreement.Trees;
using Trunkline.Compiler;

namespace Trunkline.Agreement.Plugins;

/// <summary>Files to run plugins over: those of a tree that compile, a share of them where there are many, and files of editions by themselves.</summary>
internal static class PluginInputs
{
    // Where a plugin knows no editions, one file of an edition would keep it from all others.
    private const int FilesAtOnce = 300;
    private const int ManyFiles = 200;

    /// <summary>Groups of files, each for one run.</summary>
    /// <param name="tree">The tree.</param>
    /// <param name="share">Every how manyth file of a large tree to take; above 1 only those files that compile together, which are nearly all.</param>
    public static IEnumerable<string[]> Groups(SourceTree tree, int share)
    {
        string[] files = tree.Files.Count < ManyFiles ? [.. tree.Files] : [.. tree.Files.Where((_, index) => index % share == 0)];
        return Together(tree, files).Take(share == 1 ? int.MaxValue : 1).SelectMany(set => Levels(Compile(tree, set)));
    }

    /// <summary>Compiles as for a generator.</summary>
    public static CompilationResult Compile(SourceTree tree, IReadOnlyList<string> files) => ProtoCompiler.Compile(new CompilerOptions
    {
        ImportRoots = [.. tree.Roots.Select(root => new ImportRoot(root))],
        Files = files,
        IncludeSourceInfo = true,
        RetainOptions = true,
    });
    // Files may be good each by itself and declare the same name: what does not go with the others goes into a set after them.
    private static IEnumerable<string[]> Together(SourceTree tree, string[] files)
    {
        // The large trees are made to go together, and hold a few files that are broken by themselves.
        if (files.Length >= ManyFiles)
        {
            var broken = Compile(tree, files).Diagnostics.Where(finding => finding.Severity == DiagnosticSeverity.Error).Select(finding => finding.File).ToHashSet(StringComparer.Ordinal);
            files = [.. files.Where(file => !broken.Contains(file))];
            if (Compile(tree, files).Succeeded)
            {
                return [files];
            }
        }

        var sets = new List<List<string>>();
        foreach (string file in files)
        {
            if (sets.Find(set => Compile(tree, [.. set, file]).Succeeded) is { } fitting)
            {
                fitting.Add(file);
            }
            else if (Compile(tree, [file]).Succeeded)
            {
                sets.Add([file]);
            }
        }

        return sets.Select(set => set.ToArray());
    }

    private static IEnumerable<string[]> Levels(CompilationResult result)
    {
        var files = result.Files.ToDictionary(file => file.Name!, StringComparer.Ordinal);
        return result.RequestedFiles.GroupBy(name => files[name].Syntax == "editions").SelectMany(level => level.Chunk(FilesAtOnce));
    }
}
