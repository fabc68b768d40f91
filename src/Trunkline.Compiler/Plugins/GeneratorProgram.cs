using System.Reflection;
using Trunkline.Compiler.Plugins;

namespace Trunkline.Compiler;

/// <summary>
/// Makes a plugin of a generator: a program that protoc, buf and <c>trunkline protoc</c> start for <c>--NAME_out</c> when it is called <c>protoc-gen-NAME</c>. Its
/// main is <c>return GeneratorProgram.Run(new MyGenerator());</c>.
/// </summary>
/// <remarks>
/// A generator that cannot take the files says so in <see cref="GeneratedFiles.Error"/>: that reaches the user through the compiler, in the compiler's way. A request
/// that is none, and a generator that throws, are faults of the programs: they go to the standard error and the exit code is 1, as plugin.proto asks.
/// </remarks>
public static class GeneratorProgram
{
    private const int Success = 0;
    private const int Failure = 1;

    /// <summary>Answers the request on the standard input.</summary>
    /// <param name="generator">What makes the files.</param>
    /// <returns>The exit code of the process.</returns>
    public static int Run(IGenerator generator)
    {
        string name = Assembly.GetEntryAssembly()?.GetName().Name ?? "plugin";
        if (!Console.IsInputRedirected)
        {
            Console.Error.WriteLine($"{name}: this is a plugin for a compiler of .proto files: protoc, buf or `trunkline protoc` starts it and sends it what to do.");
            return Failure;
        }

        using Stream input = Console.OpenStandardInput();
        using Stream output = Console.OpenStandardOutput();
        return Run(generator, name, input, output, Console.Error, CancellationToken.None);
    }

    /// <summary>Answers the request on a stream.</summary>
    /// <param name="generator">What makes the files.</param>
    /// <param name="name">What the program is called, for <paramref name="errors"/>.</param>
    /// <param name="input">Has the request, and nothing after it.</param>
    /// <param name="output">Gets the answer, once it is whole.</param>
    /// <param name="errors">Gets what stands in the way of an answer.</param>
    /// <param name="cancellationToken">Ends a long generation early.</param>
    /// <returns>The exit code that the process should have.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static int Run(IGenerator generator, string name, Stream input, Stream output, TextWriter errors, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(generator);
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(errors);
        try
        {
            var bytes = new MemoryStream();
            input.CopyTo(bytes);
            if (!PluginRequest.TryRead(bytes.GetBuffer().AsSpan(0, (int)bytes.Length), out GeneratorRequest? request, out string? problem))
            {
                errors.WriteLine($"{name}: {problem}");
                return Failure;
            }

            output.Write(PluginAnswer.Write(generator.Generate(request, cancellationToken)).Written);
            output.Flush();
            return Success;
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // Whatever it is, the compiler and its user see which program it was and where, not a crash dump.
            errors.WriteLine($"{name}: {failure}");
            return Failure;
        }
    }
}
