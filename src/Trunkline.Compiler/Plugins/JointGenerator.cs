namespace Trunkline.Compiler;

/// <summary>
/// Several generators that answer as one. Each option goes to all of them that take it, so that one that two know, such as <c>internal_access</c>, is said
/// once; an option that none takes is an error. What is supported is what all support.
/// </summary>
/// <param name="generators">The generators, in the order of their output: a later one may insert into files of an earlier one.</param>
public sealed class JointGenerator(params IReadOnlyList<IGenerator> generators) : IGenerator
{
    /// <inheritdoc/>
    public GeneratedFiles Generate(GeneratorRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (Distribute(request.Parameter, cancellationToken, out List<string>[] options) is { } error)
        {
            return GeneratedFiles.Failed(error);
        }

        var joint = new GeneratedFiles();
        for (int i = 0; i < generators.Count; i++)
        {
            GeneratedFiles generated = generators[i].Generate(WithOptions(request, options[i]), cancellationToken);
            if (generated.Error is not null)
            {
                return generated;
            }

            joint = Join(joint, generated);
        }

        return joint;
    }

    private static GeneratorRequest WithOptions(GeneratorRequest request, List<string> options) => new()
    {
        Files = request.Files,
        FilesWithAllOptions = request.FilesWithAllOptions,
        FilesToGenerate = request.FilesToGenerate,
        Parameter = string.Join(',', options),
    };

    private static GeneratedFiles Join(GeneratedFiles first, GeneratedFiles second) => new()
    {
        Files = [.. first.Files, .. second.Files],
        SupportedFeatures = first.SupportedFeatures & second.SupportedFeatures,
        MinimumEdition = first.MinimumEdition > second.MinimumEdition ? first.MinimumEdition : second.MinimumEdition,
        MaximumEdition = first.MaximumEdition < second.MaximumEdition ? first.MaximumEdition : second.MaximumEdition,
    };

    /// <summary>Who takes an option is asked by generating nothing with it: only the generator itself knows.</summary>
    /// <returns>What is wrong with an option that nobody takes, or null.</returns>
    private string? Distribute(string parameter, CancellationToken cancellationToken, out List<string>[] options)
    {
        options = [.. generators.Select(_ => new List<string>())];
        foreach (string option in parameter.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var question = new GeneratorRequest { Files = [], FilesToGenerate = [], Parameter = option };
            string?[] refusals = [.. generators.Select(generator => generator.Generate(question, cancellationToken).Error)];
            if (refusals.All(refusal => refusal is not null))
            {
                return string.Join('\n', refusals.Distinct(StringComparer.Ordinal));
            }

            for (int i = 0; i < refusals.Length; i++)
            {
                if (refusals[i] is null)
                {
                    options[i].Add(option);
                }
            }
        }

        return null;
    }
}
