namespace Trunkline.Compiler;

/// <summary>One file that a generator wants written.</summary>
/// <param name="Name">The path below the output directory, with forward slashes.</param>
/// <param name="Content">The whole text.</param>
public sealed record GeneratedFile(string Name, string Content);
