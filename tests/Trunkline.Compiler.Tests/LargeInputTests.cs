namespace Trunkline.Compiler.Tests;

/// <summary>Files that a program wrote, or somebody who means harm: what takes quadratic time elsewhere must not here. Each would run for minutes if it did.</summary>
public class LargeInputTests
{
    private const int Many = 60_000;

    // Behind the numbers that belong to implementations.
    private const int Base = 20_000;

    [Fact]
    public void ReservedNumbers_Many_BesideManyFields()
        => AssertCompiles($"message M {{ reserved {Join(i => $"{Base + (2 * i)}")}; {Lines(i => $"int32 f{i} = {Base + (2 * i) + 1};")} }}");

    [Fact]
    public void FieldNumber_SharedByAll_IsReportedUpToTheBound()
        => Assert.Equal(1000, Errors($"message M {{ {Lines(i => $"int32 f{i} = 1;")} }}"));

    [Fact]
    public void FieldNumber_NoneIsFree_EndsAndSaysSo()
        => Assert.Equal(1, Errors("message M { reserved 3 to max; int32 a = 1; int32 b = 2; int32 c = 2; }"));

    [Fact]
    public void ReservedNumbers_OverlappingInPairs_AreReportedUpToTheBound()
        => Assert.Equal(1000, Errors($"message M {{ reserved {Join(i => $"{(i * 4) + 1} to {(i * 4) + 2}")}, {Join(i => $"{(i * 4) + 2} to {(i * 4) + 3}")}; }}"));

    [Fact]
    public void ReservedNumbers_AllUsed_AreReportedUpToTheBound()
        => Assert.Equal(1000, Errors($"message M {{ reserved {Join(i => $"{Base + (2 * i)}")}; {Lines(i => $"int32 f{i} = {Base + (2 * i)};")} }}"));

    [Fact]
    public void EnumNumber_SharedByAll_IsReportedUpToTheBound()
        => Assert.Equal(1000, Errors($"enum E {{ {Lines(i => $"V{i} = 0;")} }}"));

    [Fact]
    public void EnumNumbers_Many_BesideManyReserved()
        => AssertCompiles($"enum E {{ {Lines(i => $"V{i} = {2 * i};")} reserved {Join(i => $"{(2 * i) + 1}")}; }}");

    [Fact]
    public void Names_ManyThatNothingHas_AreReportedUpToTheBound()
        => Assert.Equal(1000, Errors($"message M {{ {Lines(i => $"N{i} f{i} = {Base + i};", count: 15_000)} }}"));

    [Fact]
    public void Imports_ManyThatAreNotThere_AreReportedUpToTheBound()
        => Assert.Equal(1000, Errors(Lines(i => $"import \"no{i}.proto\";\n", count: 15_000)));

    private static string Lines(Func<int, string> line, int count = Many) => string.Concat(Enumerable.Range(0, count).Select(line));

    private static string Join(Func<int, string> item) => string.Join(',', Enumerable.Range(0, Many).Select(item));

    private static void AssertCompiles(string text) => Assert.DoesNotContain(Compile(text).Diagnostics, diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);

    private static int Errors(string text) => Compile(text).Diagnostics.Count(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);

    private static CompilationResult Compile(string text) => Corpus.CompileText("syntax = \"proto3\";\n" + text);
}
