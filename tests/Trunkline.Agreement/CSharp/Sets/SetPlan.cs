using Trunkline.Agreement.Trees;

namespace Trunkline.Agreement.CSharp.Sets;

/// <summary>Which files go through together.</summary>
internal static class SetPlan
{
    private const int FilesAtOnce = 120;

    // A tree of thousands of files is taken in part: these folders, between them, have every style that its authors know.
    private const int BigTree = 1000;

    private static readonly string[] PartOfBigTree =
    [
        "google/api/", "google/type/", "google/rpc/", "google/longrunning/", "google/pubsub/", "google/logging/", "google/firestore/v1/", "google/storage/v2/",
        "google/cloud/speech/v1/",
    ];

    /// <summary>The same with files in a set of their own that are known to stand in the way: whatever they share a set with would be compiled again without them.</summary>
    public static IEnumerable<FileSet> Of(SourceTree tree, CSharpChoices choices, Predicate<string> isInTheWay)
    {
        FileSet[] sets = [.. Of(tree, choices)];
        IEnumerable<FileSet> apart = [new FileSet(tree, [.. sets.SelectMany(set => set.Files).Where(file => isInTheWay($"{tree.Name}/{file}"))])];
        return sets.Select(set => set with { Files = [.. set.Files.Where(file => !isInTheWay($"{tree.Name}/{file}"))] }).Concat(apart).Where(set => set.Files.Count > 0);
    }

    /// <summary>The files of a tree, folder by folder; small neighbours share a set.</summary>
    public static IEnumerable<FileSet> Of(SourceTree tree, CSharpChoices choices)
    {
        List<string> files = [];
        bool isPart = tree.Files.Count > BigTree && !choices.Whole && choices.Folder.Length == 0;
        var folders = tree.Files
            .Where(file => FileSet.IsGenerated(file) && file.StartsWith(choices.Folder, StringComparison.Ordinal))
            .Where(file => !isPart || Array.Exists(PartOfBigTree, folder => file.StartsWith(folder, StringComparison.Ordinal)))
            .GroupBy(FolderOf, StringComparer.Ordinal);
        foreach (IGrouping<string, string> group in folders)
        {
            if (files.Count > 0 && files.Count + group.Count() > FilesAtOnce)
            {
                yield return new FileSet(tree, files);
                files = [];
            }

            files.AddRange(group);
        }

        if (files.Count > 0)
        {
            yield return new FileSet(tree, files);
        }
    }

    private static string FolderOf(string file) => file[..(file.LastIndexOf('/') + 1)];
}
