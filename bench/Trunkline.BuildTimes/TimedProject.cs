using System.Diagnostics;
using System.Globalization;
using System.Reflection;

namespace Trunkline.BuildTimes;

/// <summary>One project and its builds, each a process of its own.</summary>
internal sealed class TimedProject
{
    private static readonly string[] OwnTargets = ["Protobuf_", "Trunkline", "gRPC_"];

    private readonly string _folder;
    private readonly ProtoTree _tree;
    private int _changes;

    private TimedProject(string name, string folder, int files, string imports, string items)
    {
        Name = name;
        _folder = folder;
        _tree = new ProtoTree(Path.Combine(folder, "protos"), files);
        _tree.Write();
        File.WriteAllText(Path.Combine(folder, "Project.csproj"), $"""
            <Project>
              <Import Project="Sdk.props" Sdk="Microsoft.NET.Sdk" />
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <RestoreSources>{folder}</RestoreSources>
                <RestoreFallbackFolders>{Metadata("PackageFolder")}</RestoreFallbackFolders>
                <NuGetAudit>false</NuGetAudit>
                <EnforceCodeStyleInBuild>false</EnforceCodeStyleInBuild>
              </PropertyGroup>
              {imports}
              <ItemGroup>
                <PackageReference Include="Google.Protobuf" Version="3.25.1" />
                {items}
              </ItemGroup>
              <Import Project="Sdk.targets" Sdk="Microsoft.NET.Sdk" />
              {imports.Replace(".props", ".targets", StringComparison.Ordinal)}
            </Project>
            """);
        File.WriteAllText(Path.Combine(folder, "Directory.Build.props"), "<Project />");
        File.WriteAllText(Path.Combine(folder, "Directory.Build.targets"), "<Project />");
        Dotnet("restore");
    }

    public string Name { get; }

    public static TimedProject WithTrunkline(string folder, string task, int files) => new(
        "Trunkline",
        Directory.CreateDirectory(folder).FullName,
        files,
        $"""
        <PropertyGroup><TrunklineTaskAssembly>{task}</TrunklineTaskAssembly></PropertyGroup>
        <Import Project="{Metadata("BuildAssets")}/Trunkline.Build.props" />
        """,
        """<Protobuf Include="protos/*.proto" GrpcServices="None" />""");

    public static TimedProject WithGrpcTools(string folder, int files) => new(
        "Grpc.Tools 2.85.0",
        Directory.CreateDirectory(folder).FullName,
        files,
        $"""<Import Project="{Metadata("PackageFolder")}grpc.tools/2.85.0/build/Grpc.Tools.props" />""",
        """<Protobuf Include="protos/*.proto" GrpcServices="None" />""");

    /// <summary>The same code, made before: what a build takes that has nothing to do with .proto files.</summary>
    public static TimedProject WithCodeOf(TimedProject other, string folder, int files)
    {
        var code = Path.Combine(Directory.CreateDirectory(folder).FullName, "code");
        Directory.CreateDirectory(code);
        foreach (var file in Directory.EnumerateFiles(Path.Combine(other._folder, "obj"), "F*.cs", SearchOption.AllDirectories))
        {
            File.Copy(file, Path.Combine(code, Path.GetFileName(file)));
        }

        return new TimedProject("no .proto: the code checked in", folder, files, "", "");
    }

    /// <summary>Everything from nothing; the time of the C# compiler is the same for all and most of it.</summary>
    public BuildTime Clean(bool generateOnly)
    {
        Delete("obj/Debug");
        Delete("bin");
        return Build(generateOnly);
    }

    public BuildTime Again() => Build(generateOnly: false);

    public BuildTime LeafChanged(bool generateOnly)
    {
        _tree.ChangeLeaf(++_changes);
        return Build(generateOnly);
    }

    private BuildTime Build(bool generateOnly)
    {
        var began = Stopwatch.GetTimestamp();
        string[] target = generateOnly ? ["-t:Protobuf_Compile"] : [];
        var output = Dotnet(["build", "--no-restore", "-v:m", "-clp:PerformanceSummary", .. target]);
        return new BuildTime(Stopwatch.GetElapsedTime(began).TotalSeconds, OwnSeconds(output));
    }

    /// <summary>Adds up MSBuild's own times of the targets that have to do with .proto files; a target's time leaves out that of targets it depends on.</summary>
    private static double OwnSeconds(string output)
    {
        // Before it stand projects with their entry targets, which hold all others; behind it tasks, which their targets hold.
        var targets = output[output.IndexOf("Target Performance Summary:", StringComparison.Ordinal)..output.IndexOf("Task Performance Summary:", StringComparison.Ordinal)];
        double milliseconds = 0;
        foreach (var line in targets.Split('\n'))
        {
            if (line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var time, "ms", var target, ..] && OwnTargets.Any(prefix => target.TrimStart('_').StartsWith(prefix, StringComparison.Ordinal)))
            {
                milliseconds += double.Parse(time, CultureInfo.InvariantCulture);
            }
        }

        return milliseconds / 1000;
    }

    private string Dotnet(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = _folder, UseShellExecute = false, RedirectStandardOutput = true };
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        start.Environment["UseSharedCompilation"] = "false";
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{Name}: dotnet {string.Join(' ', arguments)} failed:\n{output}");
    }

    private void Delete(string name)
    {
        var path = Path.Combine(_folder, name);
        if (Directory.Exists(path))
        {
            Directory.Delete(path, recursive: true);
        }
    }

    private static string Metadata(string key) => typeof(TimedProject).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => string.Equals(attribute.Key, key, StringComparison.Ordinal)).Value!;
}
