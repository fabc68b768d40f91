using System.Diagnostics;
using Trunkline.Agreement.CSharp;
using Trunkline.Agreement.CSharp.Sets;
using Trunkline.Agreement.Trees;

namespace Trunkline.Agreement.CSharpGrpc;

/// <summary>Runs the comparison of gRPC code over trees, with every option of the plugin's over the small ones, and prints a line for each.</summary>
internal static class ServiceRun
{
    private const int SmallTree = 300;

    // "base_namespace=" puts files into folders by namespace: files of different folders may have one name.
    private static readonly string[] Parameters =
    [
        "base_namespace=", "base_namespace=,no_client", "base_namespace=,no_server", "base_namespace=,internal_access", "base_namespace=,file_suffix=.g.cs",
        "base_namespace=,append_async_suffix=true",
    ];

    /// <summary>Compares and prints.</summary>
    /// <returns>Whether our code has all that the plugin's has, and beyond that nothing but what is meant to be there.</returns>
    public static bool Run(string repository, CSharpChoices choices, TextWriter output)
    {
        output.WriteLine($"{"tree",-24} {"option",-26} {"files",6} {"services",8} {"methods",8} {"API lines",10} {"differ",7} {"seconds",8}");
        var all = new Findings();
        var own = new SortedDictionary<string, int>(StringComparer.Ordinal);
        int services = 0;
        foreach (SourceTree tree in CSharpTrees.Find(repository, choices))
        {
            foreach (string parameter in tree.Files.Count > SmallTree ? Parameters[..1] : Parameters)
            {
                long began = Stopwatch.GetTimestamp();
                var findings = new Findings();
                var comparison = new ServiceComparison(parameter, findings);
                foreach (FileSet set in SetPlan.Of(tree, choices))
                {
                    comparison.Run(set);
                }

                output.WriteLine(
                    $"{tree.Name,-24} {parameter["base_namespace=".Length..].TrimStart(','),-26} {findings.Files,6} {comparison.Services,8} {comparison.Methods,8} {findings.Members,10} {findings.Differences.Count,7} {Stopwatch.GetElapsedTime(began).TotalSeconds,8:F1}");
                all.Add(findings);
                services += comparison.Services;
                foreach ((string kind, int lines) in comparison.OwnLines)
                {
                    own[kind] = own.GetValueOrDefault(kind) + lines;
                }
            }
        }

        foreach ((string kind, int lines) in own)
        {
            output.WriteLine($"only ours, and meant to be: {lines} lines of {kind}");
        }

        int complaints = DeclaredList.Check(repository, "declared-csharp-grpc.txt", choices, all, output);
        output.WriteLine($"{complaints} undeclared differences in the gRPC code of {services} services: {all.Members} API lines");
        return complaints == 0;
    }
}
