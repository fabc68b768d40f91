using Trunkline.Descriptors;

namespace Trunkline.Compiler.Syntax;

/// <summary>The editions that a file can name.</summary>
internal static class SourceEditions
{
    /// <summary>The newest edition that files may be written in.</summary>
    public const Edition Newest = Edition.Edition2024;

    /// <summary>
    /// The edition that a file names; null for what is none. proto2 and proto3 have names too, and are written with <c>syntax</c> instead.
    /// </summary>
    public static Edition? Find(string name)
        => EditionNames.Find(name) is { } edition and not (Edition.Unknown or Edition.Proto2 or Edition.Proto3) ? edition : null;
}
