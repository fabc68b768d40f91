using Trunkline.Build.Items;
using Trunkline.Build.Reports;
using Trunkline.Compiler;

namespace Trunkline.Build.Compilations;

/// <summary>
/// Imports have one space of names. A file of another project may import a name that it has beside it and that this project has, too: then the compiler takes this
/// project's file for it, and what comes out fits nothing. The compiler cannot tell whose file is whose; import folders do.
/// </summary>
internal static class ShadowedImports
{
    /// <summary>Finds them.</summary>
    /// <param name="result">The compilation.</param>
    /// <param name="roots">The import folders; the first is the project's own.</param>
    public static IEnumerable<Finding> Find(CompilationResult result, IReadOnlyList<string> roots)
    {
        var reported = new HashSet<string>(Paths.Comparer);
        foreach (var file in result.Files)
        {
            // Most files come from the first folder, where nothing can stand before them.
            if (RootOf(file.Name!) is not { } home || Paths.Comparer.Equals(home, roots[0]))
            {
                continue;
            }

            foreach (var import in file.Dependencies)
            {
                if (RootOf(import) is { } root && !Paths.Comparer.Equals(root, home) && File.Exists(Path.Combine(home, import)) && reported.Add(Path.Combine(root, import)))
                {
                    yield return Finding.Warning(
                        BuildCodes.ImportShadowed,
                        Path.GetFullPath(result.DiskPaths[import]),
                        $"\"{import}\" is imported by {Path.Combine(home, file.Name!)}, too, which means {Path.Combine(home, import)}, and this file is taken for it. "
                            + "Put one of them into a folder of its own and import it with that.");
                }
            }
        }

        string? RootOf(string name) => result.DiskPaths.TryGetValue(name, out var path)
            ? roots.FirstOrDefault(root => Paths.Comparer.Equals(Path.GetFullPath(Path.Combine(root, name)), Path.GetFullPath(path)))
            : null;
    }
}
