using Trunkline.Harness.Peers;
using Trunkline.Harness.Verdicts;

namespace Trunkline.Compiler.Tests;

/// <summary>Our verdict on every bad input beside protoc's. Where they differ, a list beside the inputs says why; the lists are checked both ways.</summary>
public class VerdictAgreementTests
{
    private static readonly Lazy<IReadOnlyDictionary<(string Root, string File), Verdict>> ByProtoc
        = new(() => ProtocVerdicts.JudgeAll(BadInput.All.Select(input => (input.Root, input.File))));

    [Fact]
    public void BadInputs_AreAtLeastFiveHundred() => Assert.True(BadInput.All.Length >= 500, $"{BadInput.All.Length} inputs");

    [ProtocFact]
    public void Verdicts_EqualProtocs()
        => AssertDeclared("verdict-differences.txt", (ours, theirs) => ours.Compiles == theirs.Compiles);

    /// <summary>The words that tools parse; an input is here when protoc's first error is not among ours.</summary>
    [ProtocFact]
    public void FirstErrorsOfProtoc_AreSaidToo()
        => AssertDeclared("wording-differences.txt", (ours, theirs) => ours.Compiles != theirs.Compiles || ours.SaysFirstWordsOf(theirs));

    /// <summary>An input is here when protoc's first error is among ours, but about another place.</summary>
    [ProtocFact]
    public void FirstErrorsOfProtoc_AreAboutThatPlace()
        => AssertDeclared(
            "place-differences.txt",
            (ours, theirs) => ours.Compiles != theirs.Compiles || !ours.SaysFirstWordsOf(theirs) || ours.SaysFirstErrorOf(theirs));

    /// <summary>What both accept, both turn into the same bytes.</summary>
    [ProtocFact]
    public void DescriptorsOfGoodInputs_EqualProtocs()
    {
        List<string> different = [];
        foreach (BadInput input in BadInput.All.Where(input => ByProtoc.Value[(input.Root, input.File)].Compiles))
        {
            CompilationResult result = input.Compile();
            if (result.Succeeded && !result.ToDescriptorSet(includeImports: false, includeSourceInfo: true).ToByteArray().AsSpan().SequenceEqual(input.CompileByProtoc()))
            {
                different.Add(input.Name);
            }
        }

        // Comments that are not UTF-8 become text here.
        Assert.Equal(["lexical/invalid_utf8", "lexical/latin1_in_line_comment"], different);
    }

    [Fact]
    public void VerdictDifferences_AreInTheDocumentation()
    {
        string documentation = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "protoc-differences.md"));
        Assert.All(Declared("verdict-differences.txt").Inputs, input => Assert.Contains($"`{input}`", documentation, StringComparison.Ordinal));
    }

    private static DeclaredDifferences Declared(string list) => DeclaredDifferences.Read(Path.Combine(BadInput.Folder, list));

    private static void AssertDeclared(string list, Func<Verdict, Verdict, bool> agree)
    {
        var found = new Dictionary<string, string>();
        foreach (BadInput input in BadInput.All)
        {
            Verdict ours = input.Judge();
            Verdict theirs = ByProtoc.Value[(input.Root, input.File)];
            if (!agree(ours, theirs))
            {
                found.Add(input.Name, $"\n    ours:   {ours}\n    protoc: {theirs}");
            }
        }

        IReadOnlyList<string> complaints = Declared(list).Check(found);
        Assert.True(complaints.Count == 0, string.Join('\n', complaints));
    }
}
