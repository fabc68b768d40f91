using Trunkline.Descriptors;

namespace Trunkline.Compiler.Generators.Python;

/// <summary>What the Python generators do alike: refuse what the runtime cannot read, then go through the files.</summary>
internal static class PythonGeneration
{
    /// <summary>Generates.</summary>
    /// <param name="request">The request.</param>
    /// <param name="options">Its options, read.</param>
    /// <param name="generate">Makes what there is for one file.</param>
    /// <param name="cancellationToken">Ends the generation early.</param>
    public static GeneratedFiles Run(
        GeneratorRequest request, PythonOptions options, Func<PythonFile, IEnumerable<GeneratedFile>> generate, CancellationToken cancellationToken)
    {
        if (EditionsInPython.Refuse(request) is { } refusal)
        {
            return GeneratedFiles.Failed(refusal);
        }

        var types = new PythonTypes(request);
        List<GeneratedFile> files = [];
        foreach (FileDescriptorProto descriptor in request.FilesToGenerate.Select(types.File))
        {
            cancellationToken.ThrowIfCancellationRequested();
            files.AddRange(generate(new PythonFile(new EmbeddedFile(descriptor), types, options)));
        }

        return new GeneratedFiles { Files = files };
    }
}
