using Trunkline.Compiler;
using Trunkline.Harness.Verdicts;

namespace Trunkline.Agreement.Inputs;

/// <summary>The bad inputs of the compiler's tests, where they lie in the repository: a folder for each family, which is the import root of its inputs.</summary>
internal sealed class BadInputs(string repository)
{
    public string Folder { get; } = Path.Combine(Path.GetRelativePath(Directory.GetCurrentDirectory(), repository), "tests", "Trunkline.Compiler.Tests", "BadInputs");

    public IEnumerable<string> Families => Directory.EnumerateDirectories(Folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal);

    public IEnumerable<string> FilesOf(string family)
        => Directory.EnumerateFiles(RootOf(family), "*.proto").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal);

    public string RootOf(string family) => Path.Combine(Folder, family);

    /// <summary>Compiles one input under the names that its family knows.</summary>
    public CompilationResult Compile(string family, string file)
        => ProtoCompiler.Compile(new CompilerOptions { ImportRoots = [new ImportRoot(RootOf(family))], Files = [Path.Combine(RootOf(family), file)] });

    public Verdict Judge(string family, string file)
    {
        CompilationResult result = Compile(family, file);
        return Verdict.Of(result.Succeeded, result.Diagnostics.Select(diagnostic => diagnostic.ToGccString()));
    }
}
