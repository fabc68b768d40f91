using Trunkline.Build.Compilations;
using Trunkline.Build.Items;
using Trunkline.Build.Reports;
using Trunkline.Compiler;

namespace Trunkline.Build.Generations;

/// <summary>
/// Runs the generators over a compilation. Items with equal options go into one request, since a generator first has to look at all types that there are.
/// </summary>
internal sealed class CodeGeneration(GroupCompilation compilation, GeneratorSet generators, CancellationToken cancellationToken)
{
    private readonly Dictionary<string, string> _names = compilation.NamesByPath();

    /// <summary>The files that came out.</summary>
    public List<GeneratedCode> Code { get; } = [];

    /// <summary>Why some did not.</summary>
    public List<Finding> Errors { get; } = [];

    /// <summary>Generates the code of items.</summary>
    public void Run(IReadOnlyList<ProtobufItem> items)
    {
        foreach (var batch in items.GroupBy(item => item.Parameter, StringComparer.Ordinal))
        {
            Run(generators.Messages, "csharp", batch.Key, [.. batch], item => item.OutputDirectory);
        }

        foreach (var batch in items.Where(item => item.GrpcParameter is not null).GroupBy(item => item.GrpcParameter!, StringComparer.Ordinal))
        {
            Run(generators.Services, "grpc", batch.Key, [.. batch], item => item.GrpcOutputDirectory);
        }
    }

    private void Run(IGenerator generator, string name, string parameter, ProtobufItem[] items, Func<ProtobufItem, string> folderOf)
    {
        var byName = items.ToDictionary(item => _names[item.FullPath], StringComparer.Ordinal);
        var request = new GeneratorRequest { Files = compilation.Result.Files, FilesToGenerate = [.. byName.Keys], Parameter = parameter };
        var generated = generator.Generate(request, cancellationToken);
        var findings = generated.Error is null ? generated.FindUnsupported(request, name) : [generated.Error];
        if (findings.Count > 0)
        {
            Errors.AddRange(findings.Select(text => Finding.Error(BuildCodes.NotGenerated, Blamed(text, byName, items[0]).FullPath, text)));
            return;
        }

        foreach (var file in generated.Files)
        {
            var item = byName[file.Source ?? throw new InvalidOperationException($"The generator {name} does not say what {file.Name} came from.")];
            Code.Add(new GeneratedCode(item, Path.GetFullPath(Path.Combine(folderOf(item), file.Name)), file.Bytes));
        }
    }

    /// <summary>The item that a generator means: it begins with the name of the file where it is about one.</summary>
    private static ProtobufItem Blamed(string text, Dictionary<string, ProtobufItem> byName, ProtobufItem first)
        => byName.FirstOrDefault(pair => text.StartsWith(pair.Key + ":", StringComparison.Ordinal)).Value ?? first;
}
