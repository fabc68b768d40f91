using Trunkline.Compiler.Generators.Python;
using Trunkline.Compiler.Generators.Python.Stubs;

namespace Trunkline.Compiler;

/// <summary>
/// Generates the stub files of Python modules, <c>_pb2.pyi</c>, byte for byte as protoc 3.21 does. Option: <c>relative_imports</c>, which must be the same as for
/// the modules. Editions files, and files that import them, are an error.
/// </summary>
public sealed class PythonStubGenerator : IGenerator
{
    /// <inheritdoc/>
    public GeneratedFiles Generate(GeneratorRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return PythonOptions.ParseForStubs(request.Parameter, out var error) is { } options
            ? PythonGeneration.Run(request, options, file => [Generate(file)], cancellationToken)
            : GeneratedFiles.Failed(error!);
    }

    internal static GeneratedFile Generate(PythonFile file) => new(file.Module.PathWith(".pyi"), StubWriter.Write(file));
}
