using Trunkline.Agreement.CSharp;
using Trunkline.Agreement.CSharp.Generation;
using Trunkline.Agreement.CSharp.Sets;
using Trunkline.Compiler;
using Trunkline.Descriptors;

namespace Trunkline.Agreement.CSharpGrpc;

/// <summary>Compares what our generator and grpc_csharp_plugin write for the services of a tree, line of API by line of API.</summary>
internal sealed class ServiceComparison(string parameter, Findings findings)
{
    /// <summary>How many lines of each kind only our code has.</summary>
    public SortedDictionary<string, int> OwnLines { get; } = new(StringComparer.Ordinal);

    public int Services { get; private set; }

    public int Methods { get; private set; }

    public void Run(FileSet set)
    {
        CompilationResult compiled = OurCode.Compile(set);
        if (!compiled.Succeeded)
        {
            // What does not compile is the business of the other comparisons.
            if (set.Files.Count > 1)
            {
                RunHalves(set);
            }

            return;
        }

        var wanted = new HashSet<string>(set.Files, StringComparer.Ordinal);
        FileDescriptorProto[] files = [.. compiled.Files.Where(file => wanted.Contains(file.Name!) && file.Services.Count > 0)];
        if (files.Length == 0)
        {
            return;
        }

        string[] names = [.. files.Select(file => file.Name!)];
        GeneratedSources ours = OurCode.Generate(new CSharpGrpcGenerator(), compiled, names, parameter);
        GeneratedSources theirs = ProtocCode.Services(set.Tree, names, parameter);
        if ((ours.Error is null) != (theirs.Error is null) || ours.Error is not null)
        {
            JudgeErrors(set, ours, theirs);
            return;
        }

        findings.Files += files.Length;
        Services += files.Sum(file => file.Services.Count);
        Methods += files.Sum(file => file.Services.Sum(service => service.Methods.Count));
        foreach (string path in theirs.Files.Keys.Union(ours.Files.Keys, StringComparer.Ordinal))
        {
            Compare($"{set.Tree.Name}/{path}", ours.Files.GetValueOrDefault(path), theirs.Files.GetValueOrDefault(path));
        }
    }

    private void Compare(string path, string? ours, string? theirs)
    {
        if (ours is null || theirs is null)
        {
            findings.Add($"{path}: only {(ours is null ? "the plugin" : "Trunkline")} writes this file", "");
            return;
        }

        if (ApiSyntax.FindError(theirs) is { } error)
        {
            findings.Add($"{path}: the plugin's code is no C#", error);
            return;
        }

        HashSet<string> mine = ApiSyntax.Of(ours), other = ApiSyntax.Of(theirs);
        findings.Members += other.Count;
        foreach (string line in other.Where(line => !mine.Contains(line)))
        {
            findings.Add($"{path}: grpc - {line}", "only the plugin's code has it");
        }

        foreach (string line in mine.Where(line => !other.Contains(line)))
        {
            if (OwnForms.KindOf(line) is { } kind)
            {
                OwnLines[kind] = OwnLines.GetValueOrDefault(kind) + 1;
            }
            else
            {
                findings.Add($"{path}: grpc + {line}", "only our code has it");
            }
        }
    }

    private void JudgeErrors(FileSet set, GeneratedSources ours, GeneratedSources theirs)
    {
        if (set.Files.Count > 1)
        {
            RunHalves(set);
        }
        else if ((ours.Error is null) != (theirs.Error is null))
        {
            findings.Add($"{set.Tree.Name}/{set.Files[0]}: only {(ours.Error is null ? "the plugin" : "Trunkline")} refuses", $"{ours.Error}{theirs.Error}");
        }
    }

    private void RunHalves(FileSet set)
    {
        foreach (FileSet half in set.Halves())
        {
            Run(half);
        }
    }
}
