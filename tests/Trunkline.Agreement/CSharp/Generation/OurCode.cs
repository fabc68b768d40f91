using Trunkline.Agreement.CSharp.Sets;
using Trunkline.Compiler;

namespace Trunkline.Agreement.CSharp.Generation;

/// <summary>The generators under test, in this process.</summary>
internal static class OurCode
{
    /// <summary>Compiles the files of a set to descriptors, with comments.</summary>
    public static CompilationResult Compile(FileSet set)
        => ProtoCompiler.Compile(new CompilerOptions { ImportRoots = [.. set.Tree.Roots.Select(root => new ImportRoot(root))], Files = set.Files });

    /// <summary>Generates code for some of the compiled files.</summary>
    public static GeneratedSources Generate(IGenerator generator, CompilationResult compiled, IReadOnlyList<string> files, string parameter)
    {
        GeneratedFiles result = generator.Generate(
            new GeneratorRequest { Files = compiled.Files, FilesToGenerate = files, Parameter = parameter }, CancellationToken.None);

        // Files of different folders with one namespace: whoever writes them to a disk refuses, and so does protoc.
        string? twice = result.Files.GroupBy(file => file.Name, StringComparer.Ordinal).FirstOrDefault(same => same.Skip(1).Any())?.Key;
        return (result.Error ?? (twice is null ? null : $"{twice} is made twice")) is { } error
            ? GeneratedSources.Failed(error)
            : new GeneratedSources(result.Files.ToDictionary(file => file.Name, file => file.Content, StringComparer.Ordinal), Error: null);
    }
}
