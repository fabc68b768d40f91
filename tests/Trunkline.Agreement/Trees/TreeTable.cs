using System.Diagnostics;
using Trunkline.Agreement.Compilers;
using Trunkline.Harness.Verdicts;

namespace Trunkline.Agreement.Trees;

/// <summary>Runs the comparison over trees and prints a line for each.</summary>
internal static class TreeTable
{
    /// <summary>Compares and prints.</summary>
    /// <returns>Whether all differences are declared, and all that is declared differs.</returns>
    public static bool Run(string repository, string? only, TextWriter output)
    {
        IReadOnlyList<SourceTree> trees = [.. SourceTrees.Find(repository).Where(tree => only is null || tree.Name == only)];
        output.WriteLine($"{"tree",-24} {"files",6} {"both accept",12} {"both refuse",12} {"differ",7} {"seconds",8}");
        var differences = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (SourceTree tree in trees)
        {
            long began = Stopwatch.GetTimestamp();
            var comparison = new TreeComparison(tree, DescriptorForm.All);
            comparison.Run();
            output.WriteLine(
                $"{tree.Name,-24} {tree.Files.Count,6} {comparison.Accepted,12} {comparison.Refused,12} {comparison.Differences.Count,7} {Stopwatch.GetElapsedTime(began).TotalSeconds,8:F1}");
            foreach ((string file, string what) in comparison.Differences)
            {
                differences.Add($"{tree.Name}/{file}", what.ReplaceLineEndings("\n    "));
            }
        }

        IReadOnlyList<string> complaints = DeclaredDifferences.Read(Path.Combine(repository, "tests", "Trunkline.Agreement", "declared-differences.txt")).Check(differences);
        foreach (string complaint in complaints)
        {
            output.WriteLine(complaint);
        }

        output.WriteLine($"{complaints.Count} undeclared differences in {trees.Sum(tree => tree.Files.Count)} files, each in {DescriptorForm.All.Count} forms");
        return complaints.Count == 0;
    }
}
