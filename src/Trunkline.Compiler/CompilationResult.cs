using Trunkline.Descriptors;

namespace Trunkline.Compiler;

/// <summary>What came out of one compilation.</summary>
public sealed class CompilationResult
{
    /// <summary>
    /// The files asked for and all that they import, in dependency order as protoc orders them: a file comes after its imports. Empty when there were errors.
    /// </summary>
    public required IReadOnlyList<FileDescriptorProto> Files { get; init; }

    /// <summary>
    /// The same files in the same order, with the options that are for the compiler alone (<c>retention = RETENTION_SOURCE</c>) left in. A file whose options are the same
    /// either way is the very object that is in <see cref="Files"/>. Empty without <see cref="CompilerOptions.RetainOptions"/>.
    /// </summary>
    public IReadOnlyList<FileDescriptorProto> FilesWithAllOptions { get; init; } = [];

    /// <summary>The names of the files asked for, in the order in which they were asked for.</summary>
    public required IReadOnlyList<string> RequestedFiles { get; init; }

    /// <summary>All findings, grouped by file in the order in which files were read, each group in source order.</summary>
    public required IReadOnlyList<Diagnostic> Diagnostics { get; init; }

    /// <summary>The path on disk of each file that was read from one, by virtual name; what the compiler carries itself is absent. For dependency tracking.</summary>
    public required IReadOnlyDictionary<string, string> DiskPaths { get; init; }

    /// <summary>The bytes of the files that findings point into, by name, as they were when they were compiled.</summary>
    internal IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Texts { get; init; } = new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);

    /// <summary>Whether all files compiled: no diagnostic is an error.</summary>
    public bool Succeeded => Diagnostics.All(diagnostic => diagnostic.Severity != DiagnosticSeverity.Error);

    /// <summary>The descriptors as protoc writes them with <c>--descriptor_set_out</c>.</summary>
    /// <param name="includeImports">Whether imported files are in the set too, as with <c>--include_imports</c>.</param>
    /// <param name="includeSourceInfo">Whether places and comments stay in, as with <c>--include_source_info</c>.</param>
    /// <param name="retainOptions">Whether options that are for the compiler alone stay in, as with <c>--retain_options</c>.</param>
    /// <returns>A new set; the files of this result are not changed.</returns>
    /// <exception cref="InvalidOperationException">Options are to stay in, and the compilation was not asked to retain them.</exception>
    public FileDescriptorSet ToDescriptorSet(bool includeImports, bool includeSourceInfo, bool retainOptions = false)
    {
        if (retainOptions && FilesWithAllOptions.Count < Files.Count)
        {
            throw new InvalidOperationException("These files were compiled without CompilerOptions.RetainOptions, so options that are for the compiler alone are gone.");
        }

        return Building.DescriptorSetBuilder.Build(retainOptions ? FilesWithAllOptions : Files, includeImports ? null : RequestedFiles, includeSourceInfo);
    }
}
