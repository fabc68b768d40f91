using Trunkline.Compiler;

namespace Trunkline.Cli.Protoc;

/// <summary>
/// <c>trunkline protoc</c>: protoc's command line over our compiler. As with protoc, errors go to the error stream, the exit code is 0 or 1, and a run
/// with an error writes no file.
/// </summary>
internal sealed class ProtocCommand(TextWriter output, TextWriter errors)
{
    private const int Success = 0;
    private const int Failure = 1;

    /// <summary>Runs it.</summary>
    /// <param name="words">The command line behind <c>protoc</c>.</param>
    /// <param name="cancellationToken">Ends the run early.</param>
    /// <returns>The exit code.</returns>
    public int Run(IReadOnlyList<string> words, CancellationToken cancellationToken)
    {
        if (ResponseFiles.Expand(words, out var error) is not { } expanded || ArgumentParser.Parse(expanded, out error) is not { } arguments)
        {
            return Fail(error!);
        }

        if (arguments.Help || expanded.Count == 0)
        {
            output.WriteLine(ProtocHelp.Text);
            return Success;
        }

        if (arguments.Version)
        {
            output.WriteLine(ProtocHelp.Version);
            return Success;
        }

        try
        {
            return CheckArguments(arguments) is { } problem ? Fail(problem) : Compile(arguments, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            return Fail("Cancelled.");
        }
    }

    private static IGenerator? GeneratorFor(string flag) => flag switch
    {
        "--csharp_out" => new CSharpGenerator(),
        "--grpc_out" => new CSharpGrpcGenerator(),
        _ => null,
    };

    private string? CheckArguments(ProtocArguments arguments)
    {
        if (arguments.InputFiles.Count == 0)
        {
            return "Missing input file.";
        }

        if (arguments.Outputs.Count == 0 && arguments.DescriptorSetOut is null)
        {
            return "Missing output directives.";
        }

        if (arguments.Outputs.Find(output => GeneratorFor(output.Flag) is null) is { } unknown)
        {
            return $"{unknown.Flag}: this version has no such generator. It has --csharp_out, --grpc_out and --descriptor_set_out.";
        }

        if (arguments.DescriptorSetOut is null)
        {
            WarnOfIdleFlag(arguments.IncludeImports, "--include_imports");
            WarnOfIdleFlag(arguments.IncludeSourceInfo, "--include_source_info");
        }

        return null;
    }

    private void WarnOfIdleFlag(bool given, string flag)
    {
        if (given)
        {
            errors.WriteLine($"{flag} only makes sense when combined with --descriptor_set_out.");
        }
    }

    private int Compile(ProtocArguments arguments, CancellationToken cancellationToken)
    {
        var result = ProtoCompiler.Compile(
            new CompilerOptions { ImportRoots = arguments.ImportRoots, Files = arguments.InputFiles }, cancellationToken);
        foreach (var diagnostic in result.Diagnostics)
        {
            // Visual Studio opens what it reads, so there the path on disk is wanted.
            errors.WriteLine(arguments.MsvsErrors ? diagnostic.ToMsvsString(result.DiskPaths.GetValueOrDefault(diagnostic.File)) : diagnostic.ToGccString());
        }

        if (!result.Succeeded || (arguments.FatalWarnings && result.Diagnostics.Count > 0))
        {
            return Failure;
        }

        var files = new OutputFiles();
        var problem = Generate(arguments, result, files, cancellationToken) ?? AddDescriptorSet(arguments, result, files) ?? files.Write();
        return problem is null ? Success : Fail(problem);
    }

    private static string? Generate(ProtocArguments arguments, CompilationResult result, OutputFiles files, CancellationToken cancellationToken)
    {
        foreach (var directive in arguments.Outputs)
        {
            if (!Directory.Exists(directive.Directory))
            {
                return $"{directive.Directory}/: No such file or directory";
            }

            var request = new GeneratorRequest
            {
                Files = result.Files,
                FilesToGenerate = result.RequestedFiles,
                Parameter = arguments.ParameterOf(directive),
            };
            var generated = GeneratorFor(directive.Flag)!.Generate(request, cancellationToken);
            if (generated.Error is { } error)
            {
                return $"{directive.Flag}: {error}";
            }

            foreach (var file in generated.Files)
            {
                if (files.Add(directive.Directory, file) is { } problem)
                {
                    return problem;
                }
            }
        }

        return null;
    }

    private static string? AddDescriptorSet(ProtocArguments arguments, CompilationResult result, OutputFiles files)
    {
        if (arguments.DescriptorSetOut is not { } path)
        {
            return null;
        }

        if (Path.GetDirectoryName(path) is { Length: > 0 } directory && !Directory.Exists(directory))
        {
            return $"{path}: No such file or directory";
        }

        files.Add(path, result.ToDescriptorSet(arguments.IncludeImports, arguments.IncludeSourceInfo).ToByteArray());
        return null;
    }

    private int Fail(string message)
    {
        errors.WriteLine(message);
        return Failure;
    }
}
