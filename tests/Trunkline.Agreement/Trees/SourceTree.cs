namespace Trunkline.Agreement.Trees;

/// <summary>Files of one origin and the import roots that they need. Files are named relative to the first root that has them.</summary>
internal sealed record SourceTree(string Name, IReadOnlyList<string> Roots, IReadOnlyList<string> Files)
{
    /// <summary>All .proto files below the first root; the others are only imported from. Null when the first root is not there.</summary>
    public static SourceTree? Below(string name, string root, params string[] others)
        => Directory.Exists(root)
            ? new SourceTree(name, [root, .. others, Harness.Peers.Protoc.IncludePath], FilesBelow(root))
            : null;

    private static string[] FilesBelow(string root)
        => [.. Directory.EnumerateFiles(root, "*.proto", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(root, path).Replace('\\', '/'))

            // A package may carry the packages that it needs, which are trees of their own.
            .Where(name => !name.StartsWith("node_modules/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)];
}
