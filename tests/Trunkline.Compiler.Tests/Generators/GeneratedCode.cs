using System.Reflection;
using System.Runtime.Loader;
using Google.Protobuf.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
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
        var set = Descriptors.FileDescriptorSet.Read(Protoc.DescriptorSet(ProtoRoot, files));
        var request = new GeneratorRequest { Files = set.Files, FilesToGenerate = files, Parameter = parameter };
        return generator.Generate(request, CancellationToken.None);
    }

    public static string[] Sources(IGenerator generator, params string[] files) => SourcesWith(generator, "", files);

    public static string[] SourcesWith(IGenerator generator, string parameter, params string[] files)
    {
        var result = Run(generator, parameter, files);
        Assert.Null(result.Error);
        return [.. result.Files.Select(file => file.Content)];
    }

    /// <summary>What protoc itself generates.</summary>
    public static string[] ProtocSources(params string[] files) => [.. ProtocFiles(ProtoRoot, "", files).Values];

    /// <summary>What protoc itself generates, by path.</summary>
    public static Dictionary<string, string> ProtocFiles(string root, string parameter, params string[] files)
    {
        var folder = Directory.CreateTempSubdirectory("trunkline-");
        try
        {
            Protoc.Run(["-I", root, "-I", Protoc.IncludePath, $"--csharp_opt={parameter}", $"--csharp_out={folder.FullName}", .. files]);
            return folder.GetFiles("*.cs", SearchOption.AllDirectories)
                .ToDictionary(file => Path.GetRelativePath(folder.FullName, file.FullName).Replace('\\', '/'), file => File.ReadAllText(file.FullName), StringComparer.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Compiles under the strictest settings a user may have; any warning fails.</summary>
    public static Assembly Compile(params string[] sources) => Compile(LanguageVersion.Latest, sources);

    /// <summary>Compiles with a version of C#; any warning fails.</summary>
    public static Assembly Compile(LanguageVersion version, params string[] sources)
    {
        var (assembly, findings) = TryCompile(version, sources);
        Assert.True(assembly is not null, string.Join('\n', findings.Take(20)));
        return assembly;
    }

    /// <summary>Compiles with a version of C# and counts warnings as errors.</summary>
    /// <returns>The assembly, or null with what the compiler says; the name of a source's tree is its index.</returns>
    public static (Assembly? Assembly, Microsoft.CodeAnalysis.Diagnostic[] Findings) TryCompile(LanguageVersion version, params string[] sources)
    {
        var parse = CSharpParseOptions.Default.WithDocumentationMode(DocumentationMode.Diagnose).WithLanguageVersion(version);
        var options = new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary,
            nullableContextOptions: version < LanguageVersion.CSharp8 ? NullableContextOptions.Disable : NullableContextOptions.Enable,
            generalDiagnosticOption: ReportDiagnostic.Error,
            warningLevel: 9999);
        var trees = sources.Select((source, index) => CSharpSyntaxTree.ParseText(source, parse, $"{index}"));
        var compilation = CSharpCompilation.Create($"Generated{Guid.NewGuid():N}", trees, Platform.Value, options);
        using var image = new MemoryStream();
        var result = compilation.Emit(image);
        if (!result.Success)
        {
            return (null, [.. result.Diagnostics.Where(item => item.Severity == Microsoft.CodeAnalysis.DiagnosticSeverity.Error)]);
        }

        image.Position = 0;
        return (new AssemblyLoadContext(name: null).LoadFromStream(image), []);
    }

    /// <summary>The file descriptors that the assembly's generated code makes, by file name.</summary>
    public static Dictionary<string, FileDescriptor> FileDescriptors(Assembly assembly) => assembly.GetTypes()
        .Where(type => type is { IsAbstract: true, IsSealed: true } && type.Name.TrimEnd('_').EndsWith("Reflection", StringComparison.Ordinal))
        .Select(type => (FileDescriptor)type.GetProperty("Descriptor", BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)!.GetValue(null)!)
        .ToDictionary(file => file.Name, StringComparer.Ordinal);
}
