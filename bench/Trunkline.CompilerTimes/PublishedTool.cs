using System.Diagnostics;

namespace Trunkline.CompilerTimes;

/// <summary>The tool as a user has it: compiled ahead for this platform.</summary>
internal static class PublishedTool
{
    public static string Publish(string runtime)
    {
        string output = Path.Combine("artifacts", "compiler-times");
        string[] words = ["publish", "src/Trunkline.Cli", "-c", "Release", "-r", runtime, "--self-contained", "false", "-o", output, "-v", "q", "--nologo"];
        using Process process = Process.Start(new ProcessStartInfo("dotnet", words))!;
        process.WaitForExit();
        string program = Path.Combine(output, OperatingSystem.IsWindows() ? "trunkline.exe" : "trunkline");
        return process.ExitCode == 0 && File.Exists(program) ? Path.GetFullPath(program) : throw new InvalidOperationException("dotnet publish failed; it says why above");
    }
}
