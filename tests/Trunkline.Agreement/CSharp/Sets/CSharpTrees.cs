using Trunkline.Agreement.Trees;

namespace Trunkline.Agreement.CSharp.Sets;

/// <summary>The trees whose C# is compared: those of the other comparisons, and the files that the generators' own tests have.</summary>
internal static class CSharpTrees
{
    // Between them these have every form; the others are more of the same, for whoever has the time.
    private static readonly string[] Usual = ["our corpus", "grpc-proto", "google-proto-files"];

    /// <summary>The trees that the words choose: all by <c>--whole</c>, one by its name, or the usual ones.</summary>
    public static IEnumerable<SourceTree> Find(string repository, CSharpChoices choices)
    {
        string tests = Path.Combine(repository, "tests");
        SourceTree?[] own =
        [
            SourceTree.Below("generator protos", Path.Combine(tests, "Trunkline.Compiler.Tests", "Generators", "Protos")),
            SourceTree.Below("generated tests", Path.Combine(tests, "Trunkline.Generated.Tests", "Protos")),
            SourceTree.Below("interop", Path.Combine(tests, "Trunkline.Interop", "Protos")),
        ];
        IEnumerable<SourceTree> others = SourceTrees.Find(repository).Reverse().Where(tree => choices.Whole || choices.Tree is not null || Usual.Contains(tree.Name, StringComparer.Ordinal));
        return own.OfType<SourceTree>().Concat(others).Where(tree => choices.Tree is null || tree.Name == choices.Tree);
    }
}
