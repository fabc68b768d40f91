using Trunkline.Harness.Peers;

namespace Trunkline.Compiler.Tests;

/// <summary>The .proto files beside the tests, found in the output folder.</summary>
internal static class Corpus
{
    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "Corpus");

    public static string[] Files { get; } = [.. Names(Folder)];

    public static IEnumerable<string> Names(string folder)
        => Directory.EnumerateFiles(folder, "*.proto").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal);

    /// <summary>Compiles files below <paramref name="folder"/> with the well-known types from where protoc has them, so that their comments agree too.</summary>
    public static CompilationResult Compile(string folder, params string[] files)
        => ProtoCompiler.Compile(new CompilerOptions
        {
            ImportRoots = [new ImportRoot(folder), new ImportRoot(Protoc.IncludePath)],
            Files = files,
            RetainOptions = true,
        });

    /// <summary>Compiles text that needs no other file than the well-known ones.</summary>
    public static CompilationResult CompileText(string text)
    {
        var sources = new MemorySourceProvider();
        sources.Add("x.proto", text);
        return ProtoCompiler.Compile(new CompilerOptions { Files = ["x.proto"], Sources = sources });
    }
}
