namespace Trunkline.Compiler;

/// <summary>Turns descriptors into source files. Built-in generators and external plugins stand behind it alike.</summary>
public interface IGenerator
{
    /// <summary>Generates the output for the files asked for.</summary>
    /// <param name="request">The descriptors, and which of them to generate for.</param>
    /// <param name="cancellationToken">Ends a long generation early.</param>
    /// <returns>The files, or an error. Throws only <see cref="OperationCanceledException"/>.</returns>
    GeneratedFiles Generate(GeneratorRequest request, CancellationToken cancellationToken);
}
