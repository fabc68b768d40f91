using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Trunkline.Descriptors;
using Trunkline.Harness.Peers;

namespace Trunkline.Compiler.Tests.Generators;

/// <summary>Runs generators over the descriptors that protoc makes of this folder's files, and compiles what comes out.</summary>
internal static class GeneratedCode
{
    private static readonly Lazy<MetadataReference[]> Platform = new(() =>
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path))]);

    public static string ProtoRoot { get; } = Path.Combine(AppContext.BaseDirectory, "Generators", "Protos");

    public static GeneratedFiles Run(IGenerator generator, string parameter, params string[] files)
    {
        var set = FileDescriptorSet.Read(Protoc.DescriptorSet(ProtoRoot, files));
        var request = new GeneratorRequest { Files = set.Files, FilesToGenerate = files, Parameter = parameter };
        return generator.Generate(request, CancellationToken.None);
    }

    public static string[] Sources(IGenerator generator, params string[] files)
    {
        var result = Run(generator, "", files);
        Assert.Null(result.Error);
        return [.. result.Files.Select(file => file.Content)];
    }

    /// <summary>What protoc itself generates.</summary>
    public static string[] ProtocSources(params string[] files)
    {
        var folder = Directory.CreateTempSubdirectory("trunkline-");
        try
        {
            Protoc.Run(["-I", ProtoRoot, "-I", Protoc.IncludePath, $"--csharp_out={folder.FullName}", .. files]);
            return [.. folder.GetFiles("*.cs").Select(file => File.ReadAllText(file.FullName))];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Compiles under the strictest settings a user may have; any warning fails.</summary>
    public static Assembly Compile(params string[] sources)
    {
        var parse = CSharpParseOptions.Default.WithDocumentationMode(DocumentationMode.Diagnose);
        var options = new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary,
            nullableContextOptions: NullableContextOptions.Enable,
            generalDiagnosticOption: ReportDiagnostic.Error,
            warningLevel: 9999);
        var trees = sources.Select((source, index) => CSharpSyntaxTree.ParseText(source, parse, $"{index}.cs"));
        var compilation = CSharpCompilation.Create($"Generated{Guid.NewGuid():N}", trees, Platform.Value, options);
        using var image = new MemoryStream();
        var result = compilation.Emit(image);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics.Where(item => item.Severity >= Microsoft.CodeAnalysis.DiagnosticSeverity.Warning).Take(20)));
        image.Position = 0;
        return new AssemblyLoadContext(name: null).LoadFromStream(image);
    }
}
