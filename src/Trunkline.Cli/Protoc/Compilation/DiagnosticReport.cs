using Trunkline.Cli.Protoc.Arguments;
using Trunkline.Compiler;

namespace Trunkline.Cli.Protoc.Compilation;

/// <summary>
/// Prints what the compiler found: for a person at a terminal with the line of source and a hint, for everything else in the lines that tools around protoc
/// read. In both a file is named by its path on disk, so that it can be opened, where it has one.
/// </summary>
internal sealed class DiagnosticReport(ProtocArguments arguments, ProtocConsole console)
{
    // An import root that is not there, which protoc says about the command line and not about a file.
    private const string MissingRoot = "TL1208";

    /// <summary>Whether there is a warning about a file.</summary>
    public static bool HasWarnings(CompilationResult compilation) => compilation.Diagnostics.Any(diagnostic => diagnostic.Code != MissingRoot);

    /// <summary>Prints all findings.</summary>
    public void Print(CompilationResult compilation)
    {
        var format = arguments.ErrorFormat ?? (console.ErrorsAreTerminal ? ErrorFormat.Human : ErrorFormat.Gcc);
        var renderer = new DiagnosticRenderer(compilation) { UseColor = console.ErrorsAreTerminal && IsColorWelcome };
        foreach (var diagnostic in compilation.Diagnostics)
        {
            if (format == ErrorFormat.Human)
            {
                renderer.Write(diagnostic, console.Errors);
                continue;
            }

            var file = compilation.DiskPaths.GetValueOrDefault(diagnostic.File);
            console.Errors.WriteLine(format == ErrorFormat.Msvs ? diagnostic.ToMsvsString(file) : diagnostic.ToGccString(file));
        }
    }

    // https://no-color.org, and terminals that know no sequences.
    private static bool IsColorWelcome
        => Environment.GetEnvironmentVariable("NO_COLOR") is null or "" && Environment.GetEnvironmentVariable("TERM") is not "dumb";
}
