using System.Text;
using Trunkline.Harness.Peers;

namespace Trunkline.Compiler.Tests.Generators.Python;

/// <summary>Runs the Python generators, over files on disk or over texts.</summary>
internal static class PythonCode
{
    public static string ProtoRoot { get; } = Path.Combine(AppContext.BaseDirectory, "Generators", "Python", "Protos");

    /// <summary>All files below <see cref="ProtoRoot"/>.</summary>
    public static string[] ProtoFiles { get; } =
        [.. Directory.EnumerateFiles(ProtoRoot, "*.proto", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(ProtoRoot, path)).Order(StringComparer.Ordinal)];

    public static CompilationResult Compile(string root, params string[] files) => ProtoCompiler.Compile(new CompilerOptions
    {
        ImportRoots = [new ImportRoot(root), new ImportRoot(Protoc.IncludePath)],
        Files = files,
        IncludeSourceInfo = true,
        RetainOptions = true,
    });

    /// <summary>Compiles texts; the first alone is asked for.</summary>
    public static CompilationResult CompileTexts(params (string Name, string Text)[] texts)
    {
        var sources = new MemorySourceProvider();
        foreach (var (name, text) in texts)
        {
            sources.Add(name, text);
        }

        return ProtoCompiler.Compile(new CompilerOptions { Files = [texts[0].Name], Sources = sources, IncludeSourceInfo = true, RetainOptions = true });
    }

    public static GeneratedFiles Run(IGenerator generator, CompilationResult compilation, string parameter = "")
    {
        Assert.True(compilation.Succeeded, string.Join('\n', compilation.Diagnostics));
        var request = new GeneratorRequest
        {
            Files = compilation.Files,
            FilesWithAllOptions = compilation.FilesWithAllOptions,
            FilesToGenerate = compilation.RequestedFiles,
            Parameter = parameter,
        };
        return generator.Generate(request, CancellationToken.None);
    }

    /// <summary>What all three make, by path.</summary>
    public static SortedDictionary<string, byte[]> MakeAll(CompilationResult compilation, string messages = "", string services = "")
    {
        var made = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var (generator, parameter) in new (IGenerator, string)[] { (new PythonGenerator(), messages), (new PythonStubGenerator(), ""), (new PythonGrpcGenerator(), services) })
        {
            GeneratedFiles generated = Run(generator, compilation, parameter);
            Assert.Null(generated.Error);
            foreach (GeneratedFile file in generated.Files)
            {
                made.Add(file.Name, file.Bytes.ToArray());
            }
        }

        return made;
    }

    public static void AssertSame(SortedDictionary<string, byte[]> theirs, SortedDictionary<string, byte[]> ours)
    {
        Assert.Equal(theirs.Keys, ours.Keys);
        foreach (var (name, bytes) in theirs)
        {
            // As text first, so that a failure shows where.
            Assert.Equal($"{name}\n{Encoding.UTF8.GetString(bytes)}", $"{name}\n{Encoding.UTF8.GetString(ours[name])}");
            Assert.Equal(bytes, ours[name]);
        }
    }
}
