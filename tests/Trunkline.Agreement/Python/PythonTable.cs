using System.Diagnostics;
using Trunkline.Agreement.Trees;
using Trunkline.Harness.Peers;

namespace Trunkline.Agreement.Python;

/// <summary>Runs the comparison over trees and prints a line for each.</summary>
internal static class PythonTable
{
    /// <summary>Compares and prints.</summary>
    /// <returns>Whether nothing differs.</returns>
    public static bool Run(string repository, string? only, TextWriter output)
    {
        if (PythonProtoc.MissingReason is { } missing)
        {
            output.WriteLine(missing);
            return false;
        }

        output.WriteLine($"{"tree",-24} {"files",6} {"equal",6} {"outputs",8} {"not read by 3.21",17} {"differ",7} {"seconds",8}");
        var differences = 0;
        foreach (SourceTree tree in SourceTrees.Find(repository).Where(tree => only is null || tree.Name == only))
        {
            long began = Stopwatch.GetTimestamp();
            var comparison = new PythonComparison(tree);
            comparison.Run();
            output.WriteLine($"{tree.Name,-24} {tree.Files.Count,6} {comparison.Equal,6} {comparison.OutputFiles,8} {comparison.Unread,17} "
                + $"{comparison.Differences.Count,7} {Stopwatch.GetElapsedTime(began).TotalSeconds,8:F1}");
            foreach ((string file, string what) in comparison.Differences)
            {
                output.WriteLine($"{tree.Name}/{file}: {what.ReplaceLineEndings("\n    ")}");
            }

            differences += comparison.Differences.Count;
        }

        output.WriteLine($"{differences} files whose Python code differs from that of protoc 3.21 and grpc_python_plugin 1.51");
        return differences == 0;
    }
}
