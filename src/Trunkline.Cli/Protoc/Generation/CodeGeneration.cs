using Trunkline.Cli.Protoc.Arguments;
using Trunkline.Cli.Protoc.Outputs;
using Trunkline.Compiler;

namespace Trunkline.Cli.Protoc.Generation;

/// <summary>Runs the generators that a command line asks for, in its order, since later ones may insert into files of earlier ones.</summary>
internal sealed class CodeGeneration(ProtocArguments arguments, CompilationResult compilation, ProtocConsole console)
{
    /// <summary>Runs all; the files are in <paramref name="places"/> afterwards.</summary>
    /// <returns>What went wrong, or null.</returns>
    public string? Run(OutputPlaces places, CancellationToken cancellationToken)
    {
        foreach (var output in arguments.Outputs)
        {
            if (Run(output, places, cancellationToken) is { } problem)
            {
                return problem;
            }
        }

        return null;
    }

    private string? Run(OutputDirective output, OutputPlaces places, CancellationToken cancellationToken)
    {
        var request = new GeneratorRequest
        {
            Files = compilation.Files,
            FilesWithAllOptions = compilation.FilesWithAllOptions,
            FilesToGenerate = compilation.RequestedFiles,
            Parameter = arguments.ParameterOf(output),
        };
        var generator = GeneratorTable.Find(arguments, output, console.Errors);
        var generated = generator.Generate(request, cancellationToken);
        var unsupported = generated.Error is null ? generated.FindUnsupported(request, GeneratorTable.PluginPrefix + output.Generator) : [];
        foreach (var finding in unsupported)
        {
            console.Errors.WriteLine(finding);
        }

        if (generated.Error is not null || unsupported.Count > 0)
        {
            return $"{output.Flag}: {generated.Error}";
        }

        // What is wrong with a name or an insertion is the fault of somebody's program, so its user reads whose.
        var problem = places.Add(output, generated.Files);
        return problem is not null && generator is PluginGenerator ? $"{output.Flag}: {GeneratorTable.PluginPrefix}{output.Generator}: {problem}" : problem;
    }
}
