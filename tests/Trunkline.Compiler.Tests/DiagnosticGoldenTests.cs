using System.Text;

namespace Trunkline.Compiler.Tests;

/// <summary>
/// Each bad input has what the compiler says about it beside it. A new case is a new file; TRUNKLINE_REFRESH_GOLDEN=1 writes what is said now, to be read before it
/// is committed.
/// </summary>
public class DiagnosticGoldenTests
{
    public static TheoryData<string> Inputs => [.. Corpus.Names(Corpus.BadInputs)];

    [Theory]
    [MemberData(nameof(Inputs))]
    public void BadInput_IsReportedAsExpected(string file)
    {
        string said = Describe(file);
        string expected = Path.ChangeExtension(file, ".expected");
        if (Environment.GetEnvironmentVariable("TRUNKLINE_REFRESH_GOLDEN") == "1")
        {
            File.WriteAllText(Path.Combine(SourceFolder(), expected), said);
            return;
        }

        Assert.Equal(File.ReadAllText(Path.Combine(Corpus.BadInputs, expected)), said);
    }

    [Fact]
    public void BadInputs_AreAtLeastForty() => Assert.True(Inputs.Count >= 40, $"{Inputs.Count} inputs");

    [Theory]
    [MemberData(nameof(Inputs))]
    public void BadInput_NamesAPlaceInsideTheFile(string file)
    {
        int lines = File.ReadAllBytes(Path.Combine(Corpus.BadInputs, file)).Count(value => value == '\n') + 1;
        foreach (Diagnostic diagnostic in Compile(file).Diagnostics.Where(diagnostic => diagnostic.File == file))
        {
            Assert.InRange(diagnostic.Line, 1, lines);
            Assert.True(diagnostic.Column >= 1);
            Assert.True((diagnostic.Span.EndLine, diagnostic.Span.EndColumn).CompareTo((diagnostic.Line, diagnostic.Column)) >= 0);
        }
    }

    [Fact]
    public void Codes_AreUniqueToTheirKind()
    {
        var kinds = Corpus.Names(Corpus.BadInputs).SelectMany(file => Compile(file).Diagnostics).Select(diagnostic => (diagnostic.Code, diagnostic.GetType())).Distinct();
        Assert.DoesNotContain(kinds.GroupBy(kind => kind.Code), group => group.Count() > 1);
    }

    private static CompilationResult Compile(string file)
        => ProtoCompiler.Compile(new CompilerOptions
        {
            ImportRoots = [new ImportRoot("", "")],
            Files = [file],
            Sources = new FolderSource(Corpus.BadInputs),
        });

    private static string Describe(string file)
    {
        CompilationResult result = Compile(file);
        Assert.Equal(result.Succeeded, result.Files.Count > 0);
        var text = new StringBuilder();
        foreach (Diagnostic diagnostic in result.Diagnostics)
        {
            text.Append(diagnostic.Code).Append(' ').Append(diagnostic.ToGccString()).Append('\n');
        }

        return text.ToString();
    }

    private static string SourceFolder([System.Runtime.CompilerServices.CallerFilePath] string self = "") => Path.Combine(Path.GetDirectoryName(self)!, "BadInputs");

    /// <summary>The disk, seen from one folder, so that no path of this machine gets into what is said.</summary>
    private sealed class FolderSource(string folder) : ISourceProvider
    {
        public SourceReadResult TryRead(string path, out ReadOnlyMemory<byte> content) => DiskSourceProvider.Instance.TryRead(Path.Combine(folder, path), out content);

        public bool Exists(string path) => DiskSourceProvider.Instance.Exists(Path.Combine(folder, path));

        public bool DirectoryExists(string path) => DiskSourceProvider.Instance.DirectoryExists(Path.Combine(folder, path));
    }
}
