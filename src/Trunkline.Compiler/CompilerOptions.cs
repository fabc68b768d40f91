using Trunkline.Descriptors;

namespace Trunkline.Compiler;

/// <summary>What to compile and where to look.</summary>
public sealed class CompilerOptions
{
    /// <summary>The import path, searched in order. Empty means the current directory alone.</summary>
    public IReadOnlyList<ImportRoot> ImportRoots { get; init; } = [];

    /// <summary>
    /// The files asked for: a path on disk below one of the roots, or a name relative to a root. Each is compiled under its name relative to the root.
    /// </summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>
    /// Files that are compiled already, for what the import path does not have; the first set that has a file wins. With sets and no roots nothing is looked for
    /// on the disk. None by default.
    /// </summary>
    public IReadOnlyList<FileDescriptorSet> DescriptorSets { get; init; } = [];

    /// <summary>Where bytes come from. The disk by default.</summary>
    public ISourceProvider Sources { get; init; } = DiskSourceProvider.Instance;

    /// <summary>Whether warnings, such as an unused import, are reported. True by default.</summary>
    public bool Warnings { get; init; } = true;

    /// <summary>Whether the descriptors carry source info (places and comments). True by default: generators turn comments into documentation.</summary>
    public bool IncludeSourceInfo { get; init; } = true;

    /// <summary>
    /// Whether the result has descriptors with the options that are for the compiler alone (<c>retention = RETENTION_SOURCE</c>), too: false by default. It costs time and
    /// memory for files that have custom options.
    /// </summary>
    public bool RetainOptions { get; init; }
}
