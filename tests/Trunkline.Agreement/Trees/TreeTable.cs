using System.Diagnostics;
using Trunkline.Agreement.Compilers;

namespace Trunkline.Agreement.Trees;

/// <summary>Runs the comparison over trees and prints a line for each.</summary>
internal static class TreeTable
{
    /// <returns>How many files differ in an undeclared way.</returns>
    public static int Run(string repository, string? only, TextWriter output)
    {
        IReadOnlyList<SourceTree> trees = [.. SourceTrees.Find(repository).Where(tree => only is null || tree.Name == only)];
        DeclaredDifferences declared = DeclaredDifferences.Read(Path.Combine(repository, "tests", "Trunkline.Agreement", "declared-differences.txt"));
        output.WriteLine($"{"tree",-24} {"files",6} {"both accept",12} {"both refuse",12} {"declared",9} {"differ",7} {"seconds",8}");
        int undeclared = 0;
        foreach (SourceTree tree in trees)
        {
            long began = Stopwatch.GetTimestamp();
            var comparison = new TreeComparison(tree, DescriptorForm.All);
            comparison.Run();
            ILookup<bool, (string File, string What)> differences = comparison.Differences.ToLookup(difference => declared.Contains(tree.Name, difference.File));
            undeclared += differences[false].Count();
            output.WriteLine(
                $"{tree.Name,-24} {tree.Files.Count,6} {comparison.Accepted,12} {comparison.Refused,12} {differences[true].Count(),9} {differences[false].Count(),7} {Stopwatch.GetElapsedTime(began).TotalSeconds,8:F1}");
            foreach ((string file, string what) in differences[false])
            {
                output.WriteLine($"  {file}: {what.ReplaceLineEndings("\n    ")}");
            }

            foreach (string vanished in declared.Of(tree.Name).Except(differences[true].Select(difference => difference.File), StringComparer.Ordinal))
            {
                undeclared++;
                output.WriteLine($"  {vanished}: declared to differ, and does not");
            }
        }

        output.WriteLine(undeclared == 0 ? "no undeclared difference" : $"{undeclared} undeclared differences");
        return undeclared;
    }
}
