using Trunkline.Compiler;

namespace Trunkline.Plugin;

/// <summary>
/// The C# generators as one: messages and gRPC in one run, unless <c>messages_only</c> or <c>services_only</c> is among the options. The other options are
/// those of the two generators.
/// </summary>
internal sealed class CSharpPlugin : IGenerator
{
    private const string MessagesOnly = "messages_only";
    private const string ServicesOnly = "services_only";

    public GeneratedFiles Generate(GeneratorRequest request, CancellationToken cancellationToken)
    {
        string[] options = request.Parameter.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var (hasMessages, hasServices) = (!options.Contains(ServicesOnly), !options.Contains(MessagesOnly));
        if (!hasMessages && !hasServices)
        {
            return GeneratedFiles.Failed($"{MessagesOnly} and {ServicesOnly} together leave nothing to generate; without both there are messages and services.");
        }

        var generator = new JointGenerator(
        [
            .. hasMessages ? [new CSharpGenerator()] : (IGenerator[])[],
            .. hasServices ? [new CSharpGrpcGenerator()] : (IGenerator[])[],
        ]);
        return generator.Generate(
            new GeneratorRequest
            {
                Files = request.Files,
                FilesWithAllOptions = request.FilesWithAllOptions,
                FilesToGenerate = request.FilesToGenerate,
                Parameter = string.Join(',', options.Where(option => option is not (MessagesOnly or ServicesOnly))),
            },
            cancellationToken);
    }
}
