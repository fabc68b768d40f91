using Trunkline.Compiler.Generators.Python;

namespace Trunkline.Compiler;

/// <summary>
/// Generates the Python modules of messages, <c>_pb2.py</c>, for the runtime protobuf 4.21: byte for byte what protoc 3.21 writes. Options: <c>pyi_out</c> writes stub
/// files beside the modules; <c>relative_imports</c>, which protoc does not have, makes imports relative, so that the modules work below any package;
/// <c>cpp_generated_lib_linked</c> finds the types in linked C++ code. Editions files, and files that import them, are an error.
/// </summary>
public sealed class PythonGenerator : IGenerator
{
    /// <inheritdoc/>
    public GeneratedFiles Generate(GeneratorRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return PythonOptions.Parse(request.Parameter, out var error) is { } options
            ? PythonGeneration.Run(request, options, Generate, cancellationToken)
            : GeneratedFiles.Failed(error!);
    }

    private static IEnumerable<GeneratedFile> Generate(PythonFile file)
    {
        if (file.Options.WithStubs)
        {
            yield return PythonStubGenerator.Generate(file);
        }

        yield return new GeneratedFile(file.Module.PathWith(".py"), new ModuleWriter(file).Write());
    }
}
