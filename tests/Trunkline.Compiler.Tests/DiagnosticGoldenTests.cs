using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace Trunkline.Compiler.Tests;

/// <summary>
/// Each bad input has what the compiler says about it beside it. A new case is a new file; TRUNKLINE_REFRESH_GOLDEN=1 writes what is said now, to be read before it
/// is committed.
/// </summary>
public class DiagnosticGoldenTests
{
    public static TheoryData<string> Inputs => [.. BadInput.All.Select(input => input.Name)];

    [Theory]
    [MemberData(nameof(Inputs))]
    public void BadInput_IsReportedAsExpected(string name)
    {
        BadInput input = BadInput.Named(name);
        string said = Describe(input);
        if (Environment.GetEnvironmentVariable("TRUNKLINE_REFRESH_GOLDEN") == "1")
        {
            File.WriteAllText(Path.Combine(SourceFolder(), input.ExpectedPath), said);
            return;
        }

        Assert.Equal(File.ReadAllText(Path.Combine(BadInput.Folder, input.ExpectedPath)), said);
    }

    [Theory]
    [MemberData(nameof(Inputs))]
    public void BadInput_NamesAPlaceInsideTheFile(string name)
    {
        BadInput input = BadInput.Named(name);
        int lines = input.Text.Count(value => value == '\n') + 1;
        foreach (Diagnostic diagnostic in input.Compile().Diagnostics.Where(diagnostic => diagnostic.File == input.File))
        {
            Assert.InRange(diagnostic.Line, 1, lines);
            Assert.True(diagnostic.Column >= 1);
            Assert.True((diagnostic.Span.EndLine, diagnostic.Span.EndColumn).CompareTo((diagnostic.Line, diagnostic.Column)) >= 0);
        }
    }

    [Fact]
    public void Expectations_BelongToInputs()
    {
        HashSet<string> known = [.. BadInput.All.Select(input => input.ExpectedPath)];
        Assert.DoesNotContain(
            Directory.EnumerateFiles(SourceFolder(), "*.expected", SearchOption.AllDirectories),
            file => !known.Contains(Path.GetRelativePath(SourceFolder(), file)));
    }

    [Fact]
    public void Codes_AreUniqueToTheirKind()
    {
        var kinds = BadInput.All.SelectMany(input => input.Compile().Diagnostics).Select(diagnostic => (diagnostic.Code, diagnostic.GetType())).Distinct();
        Assert.DoesNotContain(kinds.GroupBy(kind => kind.Code), group => group.Count() > 1);
    }

    private static string Describe(BadInput input)
    {
        CompilationResult result = input.Compile();
        Assert.Equal(result.Succeeded, result.Files.Count > 0);
        var text = new StringBuilder();
        foreach (Diagnostic diagnostic in result.Diagnostics)
        {
            text.Append(diagnostic.Code).Append(' ').Append(diagnostic.ToGccString()).Append('\n');
            foreach (RelatedSpan related in diagnostic.Related)
            {
                text.Append(CultureInfo.InvariantCulture, $"    --> {related.Span.File}:{related.Span.Line}:{related.Span.Column}: {related.Note}\n");
            }

            text.Append(diagnostic.Hint is null ? "" : $"    hint: {diagnostic.Hint}\n");
        }

        return text.ToString();
    }

    private static string SourceFolder([CallerFilePath] string self = "") => Path.Combine(Path.GetDirectoryName(self)!, "BadInputs");
}
