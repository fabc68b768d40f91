using System.Diagnostics;
using Trunkline.Agreement.CSharp.Sets;
using Trunkline.Agreement.Trees;

namespace Trunkline.Agreement.CSharp;

/// <summary>Runs the comparison of C# over trees, prints a line for each, and holds what differs against the declared list.</summary>
internal static class CSharpRun
{
    private const string List = "declared-csharp.txt";

    /// <summary>Compares and prints.</summary>
    /// <returns>Whether all differences are declared, and all that is declared for these trees differs.</returns>
    public static bool Run(string repository, CSharpChoices choices, TextWriter output)
    {
        output.WriteLine($"{"tree",-24} {"files",6} {"API lines",10} {"types",7} {"inputs",8} {"differ",7} {"seconds",8}");
        var all = new Findings();
        IReadOnlyCollection<string> declared = DeclaredList.Read(repository, List).Inputs;
        SourceTree[] trees = [.. CSharpTrees.Find(repository, choices)];
        foreach (SourceTree tree in trees)
        {
            long began = Stopwatch.GetTimestamp();
            var findings = new Findings();
            var comparison = new SetComparison(choices, findings);
            foreach (FileSet set in SetPlan.Of(tree, choices, file => declared.Contains($"{file}: protoc's code does not compile", StringComparer.Ordinal)))
            {
                comparison.Run(set);
            }

            output.WriteLine(
                $"{tree.Name,-24} {findings.Files,6} {findings.Members,10} {findings.Types,7} {findings.Inputs,8} {findings.Differences.Count,7} {Stopwatch.GetElapsedTime(began).TotalSeconds,8:F1}");
            all.Add(findings);
        }

        int count = DeclaredList.Check(repository, List, choices, all, output);

        output.WriteLine($"{count} undeclared differences in the C# of {all.Files} files: {all.Members} API lines, {all.Inputs} inputs of {all.Types} types");
        return count == 0;
    }
}
