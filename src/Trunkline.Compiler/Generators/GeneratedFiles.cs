using Trunkline.Descriptors;

namespace Trunkline.Compiler;

/// <summary>What a generator made of a request: files, or the reason why there are none.</summary>
public sealed class GeneratedFiles
{
    /// <summary>The files to write; to be ignored when <see cref="Error"/> is set.</summary>
    public IReadOnlyList<GeneratedFile> Files { get; init; } = [];

    /// <summary>Why nothing could be generated, for a person to read; null after success.</summary>
    public string? Error { get; init; }

    /// <summary>
    /// What the generator knows beside plain proto2 and proto3. <see cref="FindUnsupported"/> holds the files against it. By default all, as befits a
    /// generator that reports for itself what it cannot take.
    /// </summary>
    public PluginFeatures SupportedFeatures { get; init; } = PluginFeatures.Proto3Optional | PluginFeatures.SupportsEditions;

    /// <summary>The first edition that the generator takes; proto2 counts as one.</summary>
    public Edition MinimumEdition { get; init; } = Edition.Proto2;

    /// <summary>The last edition that the generator takes.</summary>
    public Edition MaximumEdition { get; init; } = Edition.Edition2024;

    /// <summary>A failure.</summary>
    /// <param name="error">The reason.</param>
    /// <returns>A result with no files.</returns>
    public static GeneratedFiles Failed(string error) => new() { Error = error };

    /// <summary>
    /// What the request holds that the generator does not claim to know, in protoc's words. Whoever drives a generator fails when there is something: the
    /// files were made by a program that did not understand its input.
    /// </summary>
    /// <param name="request">The request that this answers.</param>
    /// <param name="generator">The name of the generator, for the words.</param>
    /// <returns>One finding per kind; empty when all is well.</returns>
    public IReadOnlyList<string> FindUnsupported(GeneratorRequest request, string generator)
        => Generators.UnsupportedFiles.Find(this, request, generator);
}
