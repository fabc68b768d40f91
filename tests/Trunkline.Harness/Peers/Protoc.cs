using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text;

namespace Trunkline.Harness.Peers;

/// <summary>protoc 35.1 and its C# plugin out of the package Grpc.Tools: what our compiler and generators are compared with.</summary>
public static class Protoc
{
    private static readonly string PackagePath = typeof(Protoc).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => string.Equals(attribute.Key, "GrpcToolsPath", StringComparison.Ordinal)).Value!;

    /// <summary>The program, or the path where it would be.</summary>
    public static string Program => ToolPath("protoc");

    /// <summary>The plugin that writes C# gRPC code.</summary>
    public static string CSharpPlugin => ToolPath("grpc_csharp_plugin");

    /// <summary>The folder that holds <c>google/protobuf/*.proto</c>.</summary>
    public static string IncludePath => Path.Combine(PackagePath, "build", "native", "include");

    /// <summary>Why protoc cannot run here, or null when it can.</summary>
    public static string? MissingReason => File.Exists(Program) ? null : $"protoc for this platform is not at {Program}";

    /// <summary>Runs protoc and fails with what it printed when it fails.</summary>
    public static void Run(params string[] arguments)
    {
        var (exitCode, errors) = TryRun(arguments);
        if (exitCode != 0)
        {
            throw new InvalidOperationException($"protoc {string.Join(' ', arguments)} ended with {exitCode}: {errors}");
        }
    }

    /// <summary>Runs protoc.</summary>
    /// <returns>Its exit code and what it printed as errors.</returns>
    public static (int ExitCode, string Errors) TryRun(params string[] arguments)
    {
        var start = new ProcessStartInfo(Program, arguments) { RedirectStandardError = true, UseShellExecute = false };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, errors);
    }

    /// <summary>Runs protoc with <paramref name="input"/> on its standard input.</summary>
    /// <returns>Its exit code and what it wrote to its streams.</returns>
    public static async Task<(int ExitCode, byte[] Output, string Errors)> ConvertAsync(byte[] input, params string[] arguments)
    {
        var start = new ProcessStartInfo(Program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,

            // What protoc quotes need not be UTF-8; this way every byte is a character.
            StandardErrorEncoding = Encoding.Latin1,
        };
        using var process = Process.Start(start)!;
        using var output = new MemoryStream();
        var reading = process.StandardOutput.BaseStream.CopyToAsync(output);
        var errors = process.StandardError.ReadToEndAsync();
        try
        {
            await process.StandardInput.BaseStream.WriteAsync(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // protoc may give up before it has read everything; its exit code says so.
        }

        await reading;
        await process.WaitForExitAsync();
        return (process.ExitCode, output.ToArray(), await errors);
    }

    /// <summary>The descriptor set that protoc makes of <paramref name="files"/>, with imports and source info.</summary>
    /// <param name="root">The import root; the package's own folder is searched after it.</param>
    /// <param name="files">Files relative to the root.</param>
    public static byte[] DescriptorSet(string root, params string[] files)
    {
        var output = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            Run(["-I", root, "-I", IncludePath, "--include_imports", "--include_source_info", $"--descriptor_set_out={output}", .. files]);
            return File.ReadAllBytes(output);
        }
        finally
        {
            File.Delete(output);
        }
    }

    private static string ToolPath(string name)
    {
        var suffix = OperatingSystem.IsWindows() ? ".exe" : "";
        var system = OperatingSystem.IsWindows() ? "windows" : OperatingSystem.IsMacOS() ? "macosx" : "linux";
        var architecture = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 && OperatingSystem.IsLinux() ? "arm64" : "x64";
        return Path.Combine(PackagePath, "tools", $"{system}_{architecture}", name + suffix);
    }
}
