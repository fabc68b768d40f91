namespace Trunkline.Compiler;

/// <summary>What a generator made of a request: files, or the reason why there are none.</summary>
public sealed class GeneratedFiles
{
    /// <summary>The files to write; empty when <see cref="Error"/> is set.</summary>
    public IReadOnlyList<GeneratedFile> Files { get; init; } = [];

    /// <summary>Why nothing could be generated, for a person to read; null after success.</summary>
    public string? Error { get; init; }

    /// <summary>A failure.</summary>
    /// <param name="error">The reason.</param>
    /// <returns>A result with no files.</returns>
    public static GeneratedFiles Failed(string error) => new() { Error = error };
}
