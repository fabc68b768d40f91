namespace Trunkline.Build.Tests.RealBuilds;

/// <summary>What projects have in common.</summary>
public sealed class SharedFileTests : IDisposable
{
    private readonly Sandbox _sandbox = new("shared");

    public void Dispose() => _sandbox.Dispose();

    [Fact]
    public void ProjectsThatShareFilesAndAnOutputFolder_BuildSideBySide()
    {
        string[] projects = ["one", "two", "three"];
        _sandbox.WriteProto("protos/shared.proto", "package t;\nmessage Shared { int32 a = 1; }\n");
        foreach (var project in projects)
        {
            _sandbox.WriteProject($"{project}/{project}.csproj", """
                <ItemGroup><Protobuf Include="../protos/*.proto" GrpcServices="None" OutputDir="../generated" Link="protos/%(Filename)%(Extension)" /></ItemGroup>
                """);
        }

        _sandbox.Write("all.proj", $"""
            <Project DefaultTargets="Build">
              <Target Name="Restore"><MSBuild Projects="{string.Join(';', projects.Select(name => $"{name}/{name}.csproj"))}" Targets="Restore" Properties="Phase=Restore" /></Target>
              <Target Name="Build"><MSBuild Projects="{string.Join(';', projects.Select(name => $"{name}/{name}.csproj"))}" BuildInParallel="true" /></Target>
            </Project>
            """);
        _sandbox.Dotnet("build", "all.proj", "-m:3");
        Assert.All(projects, project => Assert.True(File.Exists(_sandbox.PathOf($"{project}/bin/Debug/net10.0/{project}.dll")), project));
        Assert.Equal(["Shared.cs"], Directory.GetFiles(_sandbox.PathOf("generated")).Select(Path.GetFileName));
    }
}
