using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Trunkline.Agreement.CSharp.Generation;

/// <summary>Compiles generated code and loads it, each time into a load context of its own, so that equal names do not meet.</summary>
internal static class CodeCompiler
{
    private const int ErrorsShown = 5;

    private static readonly Lazy<MetadataReference[]> References = new(() =>
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path))]);

    /// <summary>As a project with nullable annotations, documentation and warnings as errors would compile it.</summary>
    public static CompiledCode CompileStrictly(GeneratedSources sources, string name)
        => Compile(
            sources,
            name,
            CSharpParseOptions.Default.WithDocumentationMode(DocumentationMode.Diagnose),
            Options.WithNullableContextOptions(NullableContextOptions.Enable).WithGeneralDiagnosticOption(ReportDiagnostic.Error).WithWarningLevel(9999));

    /// <summary>As it comes, without a look at warnings or comments.</summary>
    public static CompiledCode Compile(GeneratedSources sources, string name)
        => Compile(sources, name, CSharpParseOptions.Default.WithDocumentationMode(DocumentationMode.None), Options.WithGeneralDiagnosticOption(ReportDiagnostic.Suppress));

    private static CSharpCompilationOptions Options => new(OutputKind.DynamicallyLinkedLibrary, concurrentBuild: true);

    private static CompiledCode Compile(GeneratedSources sources, string name, CSharpParseOptions parse, CSharpCompilationOptions options)
    {
        SyntaxTree[] trees = [.. sources.Files.AsParallel().AsOrdered().Select(file => CSharpSyntaxTree.ParseText(file.Value, parse, file.Key))];
        var compilation = CSharpCompilation.Create(name, trees, References.Value, options);
        using var image = new MemoryStream();
        var result = compilation.Emit(image);
        if (!result.Success)
        {
            Diagnostic[] errors = [.. result.Diagnostics.Where(found => found.Severity == DiagnosticSeverity.Error)];
            return new CompiledCode(null, string.Join('\n', errors.Take(ErrorsShown).Select(found => found.ToString())))
            {
                FilesWithErrors = new HashSet<string>(errors.Select(found => found.Location.SourceTree?.FilePath).OfType<string>(), StringComparer.Ordinal),
            };
        }

        image.Position = 0;
        var context = new AssemblyLoadContext(name, isCollectible: true);
        return new CompiledCode(new LoadedCode(context, context.LoadFromStream(image)), "");
    }
}

/// <summary>An assembly, or the first errors.</summary>
internal sealed record CompiledCode(LoadedCode? Loaded, string Errors)
{
    /// <summary>The paths of the files in which the errors are.</summary>
    public IReadOnlySet<string> FilesWithErrors { get; init; } = new HashSet<string>(StringComparer.Ordinal);
}

/// <summary>An assembly that can be unloaded.</summary>
internal sealed record LoadedCode(AssemblyLoadContext Context, Assembly Assembly) : IDisposable
{
    /// <summary>Lets the assembly go when nothing of it is in use any more.</summary>
    public void Dispose() => Context.Unload();
}
