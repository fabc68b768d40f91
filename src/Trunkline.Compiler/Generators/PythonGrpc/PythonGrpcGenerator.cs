using Trunkline.Compiler.Generators.Python;
using Trunkline.Compiler.Generators.PythonGrpc;
using Trunkline.Descriptors;

namespace Trunkline.Compiler;

/// <summary>
/// Generates the Python modules of services, <c>_pb2_grpc.py</c>, for grpcio: byte for byte what <c>grpc_python_plugin</c> 1.51 writes. Options: <c>grpc_2_0</c>, which
/// is the default; <c>grpc_1_0</c> adds the classes of gRPC's first releases to the message modules; <c>relative_imports</c>, which that plugin does not have, must be the
/// same as for the messages. Editions files, and files that import them, are an error.
/// </summary>
public sealed class PythonGrpcGenerator : IGenerator
{
    private const string SourceExtension = ".proto";

    /// <inheritdoc/>
    public GeneratedFiles Generate(GeneratorRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (PythonGrpcOptions.Parse(request.Parameter, out var error) is not { } options)
        {
            return GeneratedFiles.Failed(error!);
        }

        if (EditionsInPython.Refuse(request) is { } refusal)
        {
            return GeneratedFiles.Failed(refusal);
        }

        var types = new PythonTypes(request);
        List<GeneratedFile> files = [];
        foreach (FileDescriptorProto file in request.FilesToGenerate.Select(types.File))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!file.Name!.EndsWith(SourceExtension, StringComparison.Ordinal))
            {
                return GeneratedFiles.Failed($"{file.Name}: Invalid proto file name. Proto file must end with {SourceExtension}");
            }

            files.AddRange(Generate(file, types, options));
        }

        return new GeneratedFiles { Files = files };
    }

    private static IEnumerable<GeneratedFile> Generate(FileDescriptorProto file, PythonTypes types, PythonGrpcOptions options)
    {
        // Unlike the name of the module, the path keeps its dots: so the plugin has it.
        var stem = file.Name![..^SourceExtension.Length].Replace('-', '_') + "_pb2";
        IReadOnlyList<PythonService> services = PythonService.AllOf(file, types);
        if (options.WithBeta)
        {
            yield return new GeneratedFile(stem + ".py", GrpcModuleWriter.WriteBeta(file, services)) { InsertionPoint = "module_scope" };
        }

        yield return new GeneratedFile(stem + "_grpc.py", GrpcModuleWriter.Write(file, services, options));
    }
}
