using Trunkline.Cli.Protoc.Arguments;
using Trunkline.Cli.Protoc.Coding;
using Trunkline.Cli.Protoc.Compilation;
using Trunkline.Cli.Protoc.Generation;
using Trunkline.Cli.Protoc.Outputs;
using Trunkline.Cli.Protoc.Reports;
using Trunkline.Compiler;
using Trunkline.Descriptors;

namespace Trunkline.Cli.Protoc;

/// <summary>
/// <c>trunkline protoc</c>: protoc's command line over our compiler. As with protoc, errors go to the error stream and the exit code is 0 or 1. A run with an
/// error writes no file.
/// </summary>
internal sealed class ProtocCommand(ProtocConsole console)
{
    private const int Success = 0;
    private const int Failure = 1;

    /// <summary>Runs it.</summary>
    /// <param name="words">The command line behind <c>protoc</c>.</param>
    /// <param name="cancellationToken">Ends the run early.</param>
    /// <returns>The exit code.</returns>
    public int Run(IReadOnlyList<string> words, CancellationToken cancellationToken)
    {
        if (words.Count == 0)
        {
            return Show(ProtocHelp.Text);
        }

        if (ResponseFiles.Expand(words, out var error) is not { } expanded || ArgumentParser.Parse(expanded, out error) is not { } arguments)
        {
            return Fail(error!);
        }

        try
        {
            return Run(arguments, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            return Fail("Cancelled.");
        }
    }

    private int Run(ProtocArguments arguments, CancellationToken cancellationToken) => arguments.Mode switch
    {
        ProtocMode.Help => Show(ProtocHelp.Text),
        ProtocMode.Version => Show(ProtocHelp.Version),
        ProtocMode.Notices => Show(ProtocHelp.Notices),
        ProtocMode.Decode when arguments.CodecType.Length == 0 => End(new MessageCoding(arguments, console).DecodeRaw()),
        _ => Compile(arguments, cancellationToken),
    };

    private int Compile(ProtocArguments arguments, CancellationToken cancellationToken)
    {
        foreach (var remark in ArgumentRules.Remarks(arguments))
        {
            console.Errors.WriteLine(remark);
        }

        if (DescriptorSets.Read(arguments, out var error) is not { } sets)
        {
            return Fail(error!);
        }

        var result = Compile(arguments, sets, cancellationToken);
        new DiagnosticReport(arguments, console).Print(result);
        if (!result.Succeeded || (arguments.FatalWarnings && DiagnosticReport.HasWarnings(result)))
        {
            return Failure;
        }

        var violations = InputRules.Check(arguments, result);
        if (violations.Count > 0)
        {
            return Fail(string.Join('\n', violations));
        }

        if (arguments.Mode == ProtocMode.PrintFreeFieldNumbers)
        {
            FreeFieldNumbers.Print(result, console.Output);
            return Success;
        }

        return arguments.Mode is ProtocMode.Encode or ProtocMode.Decode
            ? End(new MessageCoding(arguments, console).Run(result.Files))
            : Write(arguments, result, cancellationToken);
    }

    private CompilationResult Compile(ProtocArguments arguments, List<FileDescriptorSet> sets, CancellationToken cancellationToken)
    {
        var sources = new CountingSources();
        var options = new CompilerOptions
        {
            ImportRoots = arguments.ImportRoots,
            DescriptorSets = sets,
            Files = arguments.InputFiles,
            Sources = sources,
            IncludeSourceInfo = arguments.IncludeSourceInfo || arguments.Outputs.Count > 0,
            RetainOptions = arguments.RetainOptions || arguments.Outputs.Count > 0,
        };
        using var progress = ProgressLine.Start(console, () => $"trunkline protoc: {sources.Count} files read");
        return ProtoCompiler.Compile(options, cancellationToken);
    }

    private int Write(ProtocArguments arguments, CompilationResult result, CancellationToken cancellationToken)
    {
        var places = new OutputPlaces(arguments.AllowsOutputEscape);
        var problem = new CodeGeneration(arguments, result, console).Run(places, cancellationToken)
            ?? DependencyFile.Add(arguments, result, places)
            ?? DescriptorSetFile.Add(arguments, result, places)
            ?? EditionDefaultsFile.Add(arguments, result, places)
            ?? places.Write(console.OpenOutput);
        return End(problem);
    }

    private int End(string? problem) => problem is null ? Success : Fail(problem);

    private int Show(string text)
    {
        console.Output.WriteLine(text);
        return Success;
    }

    private int Fail(string message)
    {
        console.Errors.WriteLine(message);
        return Failure;
    }
}
