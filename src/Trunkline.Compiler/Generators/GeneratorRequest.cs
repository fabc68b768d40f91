using Trunkline.Descriptors;

namespace Trunkline.Compiler;

/// <summary>What a generator is given.</summary>
public sealed class GeneratorRequest
{
    /// <summary>All files in dependency order: a file comes after everything that it imports.</summary>
    public required IReadOnlyList<FileDescriptorProto> Files { get; init; }

    /// <summary>
    /// The same files with the options that are for the compiler alone; plugins are given those of the files to generate in this form, too. Empty, which is the
    /// default, when there are no such options.
    /// </summary>
    public IReadOnlyList<FileDescriptorProto> FilesWithAllOptions { get; init; } = [];

    /// <summary>The names of those files to generate output for, in the order in which they were asked for.</summary>
    public required IReadOnlyList<string> FilesToGenerate { get; init; }

    /// <summary>The generator's own options as the user wrote them, e.g. <c>internal_access,base_namespace=A.B</c>; empty when there are none.</summary>
    public string Parameter { get; init; } = "";
}
