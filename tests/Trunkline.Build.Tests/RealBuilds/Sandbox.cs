using System.Diagnostics;

namespace Trunkline.Build.Tests.RealBuilds;

/// <summary>
/// A folder with projects that use the task as a package would bring it: with its props and targets, and from this project's build output. Restoring needs no network:
/// Google.Protobuf lies where this project has restored it, and all else comes from the folder's own feed.
/// </summary>
internal sealed class Sandbox : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("trunkline-");

    public Sandbox(string name)
    {
        Root = Path.Combine(_folder.FullName, name);
        var assets = TestMetadata.Get("BuildAssets");
        Write("Directory.Build.props", $"""
            <Project>
              <PropertyGroup>
                <TargetFramework Condition="'$(TargetFrameworks)' == ''">net10.0</TargetFramework>
                <TrunklineTaskAssembly>{Path.Combine(AppContext.BaseDirectory, "Trunkline.Build.dll")}</TrunklineTaskAssembly>
                <RestoreSources>$(MSBuildThisFileDirectory)feed</RestoreSources>
                <RestorePackagesPath>$(MSBuildThisFileDirectory)packages</RestorePackagesPath>
                <RestoreFallbackFolders>{TestMetadata.Get("PackageFolder")}</RestoreFallbackFolders>
                <PackageOutputPath>$(MSBuildThisFileDirectory)feed</PackageOutputPath>
                <NuGetAudit>false</NuGetAudit>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
                <UseSharedCompilation>false</UseSharedCompilation>
              </PropertyGroup>
              <Import Project="{assets}/Trunkline.Build.props" />
            </Project>
            """);
        Write("Directory.Build.targets", $"""
            <Project>
              <ItemGroup>
                <PackageReference Include="Google.Protobuf" Version="3.25.1" />
              </ItemGroup>
              <Import Project="{assets}/Trunkline.Build.targets" />
            </Project>
            """);
        Write("feed/readme.txt", "Packages of this folder.");
    }

    public string Root { get; }

    public string PathOf(string name) => Path.Combine(Root, name);

    public DateTime TimeOf(string name)
    {
        Assert.True(File.Exists(PathOf(name)), name);
        return File.GetLastWriteTimeUtc(PathOf(name));
    }

    public void Write(string name, string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(name))!);
        File.WriteAllText(PathOf(name), content);
    }

    /// <summary>Writes a project of the SDK.</summary>
    public void WriteProject(string name, string content) => Write(name, $"""<Project Sdk="Microsoft.NET.Sdk">{content}</Project>""");

    /// <summary>Writes a file of proto3.</summary>
    public void WriteProto(string name, string content) => Write(name, "syntax = \"proto3\";\n" + content);

    /// <summary>Runs the SDK and expects it to succeed.</summary>
    /// <returns>All that it printed.</returns>
    public string Dotnet(params string[] arguments)
    {
        var (exitCode, output) = TryDotnet(arguments);
        Assert.True(exitCode == 0, $"dotnet {string.Join(' ', arguments)}\n{output}");
        return output;
    }

    /// <summary>Runs the SDK.</summary>
    public (int ExitCode, string Output) TryDotnet(params string[] arguments)
    {
        var host = TestMetadata.Get("DotnetPath");
        var start = new ProcessStartInfo(host.Length == 0 ? "dotnet" : host, arguments) { WorkingDirectory = Root, UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };

        // Nothing may outlive a test, and what the runner of this test has set is not meant for a build.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBuild", StringComparison.Ordinal) || name.StartsWith("VSTEST", StringComparison.Ordinal)).ToArray())
        {
            start.Environment.Remove(name);
        }

        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd() + errors.GetAwaiter().GetResult();
        process.WaitForExit();
        return (process.ExitCode, output);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
