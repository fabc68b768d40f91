namespace Trunkline.TableGen;

/// <summary>A source file that this program writes.</summary>
/// <param name="RepositoryPath">Where the file lives, from the root of the repository, with forward slashes.</param>
/// <param name="Text">The whole file.</param>
public sealed record GeneratedTable(string RepositoryPath, string Text)
{
    /// <summary>Every table in the repository that is generated.</summary>
    public static IReadOnlyList<GeneratedTable> All { get; } = [new("src/Trunkline.Http2/Hpack/HuffmanTables.cs", HuffmanTableWriter.Write())];
}
