using System.IO.Compression;

namespace Trunkline.Build.Tests.RealBuilds;

/// <summary>A package, a library on it and a program on that: each file is compiled once, by its owner, and found by all.</summary>
public sealed class ImportRootTests : IDisposable
{
    private readonly Sandbox _sandbox = new("graph");

    public void Dispose() => _sandbox.Dispose();

    [Fact]
    public void ImportRoots_FlowThroughPackagesAndProjects()
    {
        // The same file name in three places.
        _sandbox.WriteProject("package/Shapes.csproj", """
            <PropertyGroup><Version>1.2.3</Version></PropertyGroup>
            <ItemGroup><Protobuf Include="protos/**/*.proto" ProtoRoot="protos" GrpcServices="None" Pack="true" /></ItemGroup>
            """);
        _sandbox.WriteProto("package/protos/common/types.proto", """
            package shapes;
            import "google/protobuf/timestamp.proto";
            message Point { int32 x = 1; google.protobuf.Timestamp at = 2; }
            """);
        _sandbox.WriteProject("library/Library.csproj", """
            <PropertyGroup><TargetFrameworks>net10.0</TargetFrameworks></PropertyGroup>
            <ItemGroup>
              <PackageReference Include="Shapes" Version="1.2.3" />
              <Protobuf Include="routes/*.proto;types.proto;../linked/*.proto" GrpcServices="None" />
            </ItemGroup>
            """);
        _sandbox.WriteProto("library/types.proto", "package routes;\nmessage Kind { string name = 1; }\n");
        _sandbox.WriteProto("linked/linked.proto", "package routes;\nmessage Linked { string name = 1; }\n");
        _sandbox.WriteProto("library/routes/route.proto", "package routes;\nimport \"common/types.proto\";\nmessage Route { repeated shapes.Point points = 1; }\n");
        _sandbox.WriteProject("program/Program.csproj", """
            <PropertyGroup><OutputType>Exe</OutputType></PropertyGroup>
            <ItemGroup>
              <ProjectReference Include="../library/Library.csproj" />
              <Protobuf Include="**/*.proto" GrpcServices="None" Access="Internal" />
            </ItemGroup>
            """);
        _sandbox.WriteProto("program/own/types.proto", "package own;\nmessage Kind { string name = 1; }\n");
        _sandbox.WriteProto("program/trip.proto", """
            package own;
            import "common/types.proto";
            import "routes/route.proto";
            import "types.proto";
            import "linked.proto";
            import "own/types.proto";
            message Trip { routes.Route route = 1; shapes.Point start = 2; routes.Kind theirs = 3; Kind mine = 4; routes.Linked linked = 5; }
            """);
        _sandbox.Write("program/Program.cs", """
            Console.WriteLine(new Own.Trip { Start = new Shapes.Point { X = 7 }, Mine = new Own.Kind { Name = "mine" }, Theirs = new Routes.Kind { Name = "theirs" } });
            Console.WriteLine(string.Join(' ', typeof(Own.Trip).Assembly.GetTypes().Where(type => typeof(Google.Protobuf.IMessage).IsAssignableFrom(type)).Select(type => type.FullName).Order()));
            """);

        _sandbox.Dotnet("pack", "package");
        using (var package = ZipFile.OpenRead(_sandbox.PathOf("feed/Shapes.1.2.3.nupkg")))
        {
            var names = package.Entries.Select(entry => entry.FullName).ToArray();
            Assert.Contains("protos/common/types.proto", names);
            Assert.Contains("buildTransitive/Shapes.props", names);
        }

        var output = _sandbox.Dotnet("run", "--project", "program");
        Assert.Contains("""{ "start": { "x": 7 }, "theirs": { "name": "theirs" }, "mine": { "name": "mine" } }""", output, StringComparison.Ordinal);
        Assert.Contains("Own.Kind Own.Trip", output, StringComparison.Ordinal);
        Assert.DoesNotContain("Routes.", output, StringComparison.Ordinal);
    }
}
