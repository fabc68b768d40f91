using Trunkline.Agreement.Trees;
using Trunkline.Descriptors;

namespace Trunkline.Agreement.CSharp.Sets;

/// <summary>Files of a tree that are generated for and compiled together, with all that they import.</summary>
/// <param name="Tree">Where the files are from.</param>
/// <param name="Files">The files that the comparison is about.</param>
internal sealed record FileSet(SourceTree Tree, IReadOnlyList<string> Files)
{
    // Their code is in Google.Protobuf itself.
    private const string InRuntime = "google/protobuf/";

    /// <summary>The name of the first file and how many more there are.</summary>
    public string Name => Files.Count == 1 ? $"{Tree.Name}/{Files[0]}" : $"{Tree.Name}/{Files[0]} and {Files.Count - 1} more";

    /// <summary>The files to generate for: those of the set and what they import, without what Google.Protobuf brings.</summary>
    public static IReadOnlyList<string> Generated(IEnumerable<FileDescriptorProto> all) => [.. all.Select(file => file.Name!).Where(IsGenerated)];

    /// <summary>Whether a file has code of its own to compare.</summary>
    public static bool IsGenerated(string file) => !file.StartsWith(InRuntime, StringComparison.Ordinal);

    /// <summary>The set in two halves.</summary>
    public IEnumerable<FileSet> Halves() => [this with { Files = [.. Files.Take(Files.Count / 2)] }, this with { Files = [.. Files.Skip(Files.Count / 2)] }];
}
