using System.Diagnostics;

namespace Trunkline.BuildTimes;

/// <summary>The task as its package brings it: compiled ahead for this platform.</summary>
internal static class PublishedTask
{
    public static string Publish(string runtime)
    {
        string output = Path.GetFullPath(Path.Combine("artifacts", "build-times"));
        string[] words =
        [
            "publish", "src/Trunkline.Build", "-c", "Release", "-r", runtime, "--self-contained", "false", "-p:PublishReadyToRun=true", "-o", output, "-v", "q", "--nologo",
        ];
        using Process process = Process.Start(new ProcessStartInfo("dotnet", words) { UseShellExecute = false })!;
        process.WaitForExit();
        string task = Path.Combine(output, "Trunkline.Build.dll");
        return process.ExitCode == 0 && File.Exists(task) ? task : throw new InvalidOperationException("dotnet publish failed; it says why above");
    }
}
