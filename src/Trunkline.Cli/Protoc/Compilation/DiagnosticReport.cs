using Trunkline.Cli.Protoc.Arguments;
using Trunkline.Compiler;

namespace Trunkline.Cli.Protoc.Compilation;

/// <summary>Prints what the compiler found.</summary>
internal sealed class DiagnosticReport(ProtocArguments arguments, ProtocConsole console)
{
    /// <summary>Prints all findings. A file is named by its path on disk, so that editors can open it, where it has one.</summary>
    public void Print(CompilationResult compilation)
    {
        foreach (var diagnostic in compilation.Diagnostics)
        {
            var file = compilation.DiskPaths.GetValueOrDefault(diagnostic.File);
            console.Errors.WriteLine(arguments.ErrorFormat == ErrorFormat.Msvs ? diagnostic.ToMsvsString(file) : diagnostic.ToGccString(file));
        }
    }
}
