using Trunkline.Compiler.Plugins;
using Trunkline.Descriptors;

namespace Trunkline.Compiler;

/// <summary>
/// A generator that is a program of its own: it gets a CodeGeneratorRequest on its standard input and answers with a CodeGeneratorResponse on its standard
/// output. What it writes to its standard error goes to whoever asked. Whatever it does, generating ends with files or with an error that names it.
/// </summary>
/// <param name="name">The name, such as <c>protoc-gen-go</c>, for errors.</param>
/// <param name="program">The path of the program; null searches the PATH for <paramref name="name"/>.</param>
/// <param name="messages">Gets what the program writes to its standard error, as it comes.</param>
/// <param name="limits">What the program may use; null for the defaults.</param>
/// <param name="time">The clock of those limits; null for the system's.</param>
public sealed class PluginGenerator(string name, string? program, TextWriter messages, PluginLimits? limits = null, TimeProvider? time = null) : IGenerator
{
    /// <inheritdoc/>
    public GeneratedFiles Generate(GeneratorRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (PluginProgram.Find(program ?? name, searchesPath: program is null) is not { } found)
        {
            return NotRunnable();
        }

        byte[] bytes = PluginRequest.Build(request).ToByteArray();
        PluginRun run = PluginProcess.Run(found, bytes, messages, limits ?? PluginLimits.Default, time ?? TimeProvider.System, cancellationToken);
        return run.IsStarted ? Read(run) : NotRunnable();
    }

    private GeneratedFiles Read(PluginRun run)
    {
        if (run.Fault is { } fault)
        {
            return Failed(fault);
        }

        try
        {
            PluginResponse response = PluginResponse.Read(run.Output.Span);
            return response.ToGeneratedFiles() ?? Failed("First file chunk returned by plugin did not specify a file name.");
        }
        catch (DescriptorFormatException)
        {
            return Failed($"Plugin output is unparseable: {PluginOutput.Quote(run.Output.Span)}");
        }
    }

    private GeneratedFiles Failed(string what) => GeneratedFiles.Failed($"{name}: {what}");

    // In protoc these two lines come from the forked child that could not become the plugin, and the failure from its exit.
    private GeneratedFiles NotRunnable()
    {
        messages.WriteLine($"{program ?? name}: program not found or is not executable");
        messages.WriteLine("Please specify a program using absolute path or make sure the program is available in your PATH system variable");
        return Failed("Plugin failed with status code 1.");
    }
}
