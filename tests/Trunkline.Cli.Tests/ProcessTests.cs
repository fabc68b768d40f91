using System.Diagnostics;
using Trunkline.Cli.Protoc;

namespace Trunkline.Cli.Tests;

/// <summary>The program as a process: streams, exit codes and the working directory.</summary>
public sealed class ProcessTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public void Protoc_RunsInTheWorkingDirectory()
    {
        Assert.Equal((0, "", ""), Start("protoc", "-I=.", "--csharp_out=out", "greeter.proto"));
        Assert.Equal(["Greeter.cs"], _workspace.Written());
    }

    [Fact]
    public void Errors_GoToTheErrorStreamWithExitCode1() =>
        Assert.Equal((1, "", "Missing input file.\n"), Start("protoc", "--csharp_out=out"));

    [Fact]
    public void Protoc_KeepsItsOwnFlagsFromTheOuterTool()
    {
        var (exitCode, output, _) = Start("protoc", "--version");
        Assert.Equal(0, exitCode);
        Assert.StartsWith("libprotoc ", output, StringComparison.Ordinal);
    }

    [Fact]
    public void OuterTool_ListsItsCommands()
    {
        var (exitCode, output, _) = Start("--help");
        Assert.Equal(0, exitCode);
        Assert.Contains("protoc", output, StringComparison.Ordinal);
        Assert.NotEqual(0, Start("no-such-command").ExitCode);
    }

    private (int ExitCode, string Output, string Errors) Start(params string[] arguments)
    {
        var program = typeof(ProtocCommand).Assembly.Location;
        var start = new ProcessStartInfo("dotnet", [program, .. arguments])
        {
            WorkingDirectory = _workspace.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, errors.GetAwaiter().GetResult().ReplaceLineEndings("\n"));
    }
}
