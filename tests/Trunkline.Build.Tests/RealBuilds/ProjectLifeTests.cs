namespace Trunkline.Build.Tests.RealBuilds;

/// <summary>A project through its days: built, built again, broken, asked by an editor, mended, cleaned. One test, since each build takes seconds.</summary>
public sealed class ProjectLifeTests : IDisposable
{
    private const string Code = "project/obj/Debug/net10.0/protobuf/protos/A.cs";
    private const string Assembly = "project/obj/Debug/net10.0/Project.dll";

    private static readonly string[] EditorProperties = ["-p:DesignTimeBuild=true", "-p:SkipCompilerExecution=true", "-p:ProvideCommandLineArgs=true"];

    private readonly Sandbox _sandbox = new("Jörg Ωmega 日本 (x)");

    public void Dispose() => _sandbox.Dispose();

    [Fact]
    public void Project_BelowAnOddFolder_IsBuiltAndKeptAndCleaned()
    {
        _sandbox.WriteProject("project/Project.csproj", """<ItemGroup><Protobuf Include="protos/*.proto" GrpcServices="None" /></ItemGroup>""");
        _sandbox.WriteProto("project/protos/a.proto", "package t;\nmessage A { int32 a = 1; }\n");
        _sandbox.WriteProto("project/protos/b;b.proto", "package t;\nimport \"protos/a.proto\";\nmessage B { A a = 1; }\n");
        _sandbox.Write("project/Uses.cs", "namespace T { public static class Uses { public static B Made => new() { A = new A() }; } }");
        SymbolsComeBeforeAFullBuild();
        NothingIsDoneTwice();
        BrokenFileFailsTheBuildAndLeavesItsCode();
        MendedFileBuildsAndTheOldItemGoes();
        CleanLeavesNothing();
    }

    private void SymbolsComeBeforeAFullBuild()
    {
        _sandbox.Dotnet("restore", "project");
        AssertEditorSees("A.cs", "BB.cs");
        Assert.False(File.Exists(_sandbox.PathOf(Assembly)));
    }

    private void NothingIsDoneTwice()
    {
        _sandbox.Dotnet("build", "project", "--no-restore");
        var times = (_sandbox.TimeOf(Code), _sandbox.TimeOf(Assembly));
        _sandbox.Dotnet("build", "project", "--no-restore");
        Assert.Equal(times, (_sandbox.TimeOf(Code), _sandbox.TimeOf(Assembly)));
    }

    private void BrokenFileFailsTheBuildAndLeavesItsCode()
    {
        var time = _sandbox.TimeOf(Code);
        _sandbox.WriteProto("project/protos/a.proto", "package t;\nmessage A {\n\t/* ä */ Missing a = 1;\n}\n");
        var (exitCode, output) = _sandbox.TryDotnet("build", "project", "--no-restore");
        Assert.NotEqual(0, exitCode);
        var expected = $"{_sandbox.PathOf("project/protos/a.proto")}(4,10,4,17): error TL1216: \"Missing\" is not defined.";
        Assert.True(output.Contains(expected, StringComparison.Ordinal), output);
        Assert.DoesNotContain("MSB4181", output, StringComparison.Ordinal);

        // Warnings are errors in this project, and an editor still gets its files.
        AssertEditorSees("A.cs", "BB.cs");
        Assert.Equal(time, _sandbox.TimeOf(Code));
    }

    private void MendedFileBuildsAndTheOldItemGoes()
    {
        File.Delete(_sandbox.PathOf("project/protos/b;b.proto"));
        _sandbox.WriteProto("project/protos/a.proto", "package t;\nmessage A { int32 changed = 1; }\n");
        _sandbox.Write("project/Uses.cs", "namespace T { public static class Uses { public static A Made => new() { Changed = 1 }; } }");
        _sandbox.Dotnet("build", "project", "--no-restore");
        Assert.Equal([_sandbox.PathOf(Code)], Directory.GetFiles(_sandbox.PathOf("project/obj/Debug/net10.0/protobuf"), "*", SearchOption.AllDirectories));
    }

    private void CleanLeavesNothing()
    {
        _sandbox.Dotnet("clean", "project");
        Assert.DoesNotContain(
            Directory.GetFiles(_sandbox.PathOf("project/obj"), "*", SearchOption.AllDirectories),
            file => file.Contains("protobuf", StringComparison.OrdinalIgnoreCase) && !file.Contains("nuget", StringComparison.Ordinal));
    }

    private void AssertEditorSees(params string[] names)
    {
        var output = _sandbox.Dotnet(["msbuild", "project", .. EditorProperties, "-t:ResolveAssemblyReferences;CoreCompile", "-getItem:Compile"]);
        foreach (var name in names)
        {
            Assert.Contains($"protobuf/protos/{name}\"", output.Replace("\\\\", "/", StringComparison.Ordinal), StringComparison.Ordinal);
        }
    }
}
