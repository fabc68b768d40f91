using Trunkline.Agreement.Trees;
using Trunkline.Compiler;

namespace Trunkline.Agreement.Python;

/// <summary>Our Python generators, in this process.</summary>
internal static class OurPython
{
    private static readonly IGenerator[] Generators = [new PythonGenerator(), new PythonStubGenerator(), new PythonGrpcGenerator()];

    /// <summary>What they make of files, by path; null when the files are refused, which <c>Errors</c> then says why.</summary>
    public static (SortedDictionary<string, byte[]>? Made, string Errors) Make(SourceTree tree, IReadOnlyList<string> files)
    {
        CompilationResult result = ProtoCompiler.Compile(new CompilerOptions
        {
            ImportRoots = [.. tree.Roots.Select(root => new ImportRoot(root))],
            Files = files,
            IncludeSourceInfo = true,
            RetainOptions = true,
        });
        if (!result.Succeeded)
        {
            return (null, string.Join('\n', result.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)));
        }

        var request = new GeneratorRequest { Files = result.Files, FilesWithAllOptions = result.FilesWithAllOptions, FilesToGenerate = result.RequestedFiles };
        var made = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (IGenerator generator in Generators)
        {
            GeneratedFiles generated = generator.Generate(request, CancellationToken.None);
            if (generated.Error is { } error)
            {
                return (null, error);
            }

            foreach (GeneratedFile file in generated.Files)
            {
                made.Add(file.Name, file.Bytes.ToArray());
            }
        }

        return (made, "");
    }
}
