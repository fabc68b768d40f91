using Trunkline.Harness.Peers;

namespace Trunkline.Cli.Tests;

public sealed class ProtocCommandTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Theory]
    [InlineData("-I={}")]
    [InlineData("-I{}")]
    [InlineData("-I", "{}")]
    [InlineData("--proto_path={}")]
    [InlineData("--proto_path", "{}")]
    [InlineData("-I{}/out", "-I={}")]
    public void ImportPath_IsTakenInEverySpelling(params string[] spelling)
    {
        AssertRuns([.. spelling, "--csharp_out={}/out", "parts/name.proto"]);
        Assert.Equal(["Name.cs"], _workspace.Written());
    }

    [Fact]
    public void ImportPath_MayNameSeveralDirectoriesInOneFlag()
    {
        AssertRuns($"-I{{}}/out{Path.PathSeparator}{{}}", "--csharp_out={}/out", "greeter.proto");
        Assert.Equal(["Greeter.cs"], _workspace.Written());
    }

    [Fact]
    public void ImportPath_MayBeVirtual()
    {
        AssertRuns("-Iv={}/parts", "-o{}/out/set.pb", "v/name.proto");
        Assert.Contains("v/name.proto", File.ReadAllText(_workspace.PathOf("out/set.pb")), StringComparison.Ordinal);
    }

    [Fact]
    public void CSharpAndGrpc_AreWrittenTogether()
    {
        AssertRuns("-I{}", "--csharp_out={}/out", "--grpc_out={}/out", "greeter.proto", "parts/name.proto");
        Assert.Equal(["Greeter.cs", "GreeterGrpc.cs", "Name.cs"], _workspace.Written());
        Assert.Contains("/// Greets.", File.ReadAllText(_workspace.PathOf("out/GreeterGrpc.cs")), StringComparison.Ordinal);
    }

    [Fact]
    public void Options_StandInFrontOfTheDirectoryOrInTheirFlag()
    {
        AssertRuns("-I{}", "--csharp_out=internal_access:{}/out", "--csharp_opt=file_extension=.g.cs", "--csharp_opt", "serializable", "parts/name.proto");
        var code = File.ReadAllText(_workspace.PathOf("out/Name.g.cs"));
        Assert.Contains("internal sealed partial class Name", code, StringComparison.Ordinal);
        Assert.Contains("[global::System.Serializable]", code, StringComparison.Ordinal);
    }

    [Fact]
    public void GrpcOptions_ReachTheGenerator()
    {
        AssertRuns("-I{}", "--grpc_out={}/out", "--grpc_opt=no_server", "greeter.proto");
        Assert.DoesNotContain("GreeterBase", File.ReadAllText(_workspace.PathOf("out/GreeterGrpc.cs")), StringComparison.Ordinal);
    }

    [Fact]
    public void ArgumentFile_HoldsOneWordALine()
    {
        _workspace.Write("words", $"-I\n{_workspace.Root}\n--csharp_out={_workspace.PathOf("out")}\nparts/name.proto\n");
        AssertRuns("@{}/words");
        Assert.Equal(["Name.cs"], _workspace.Written());
    }

    [Theory]
    [InlineData("Missing input file.", "--csharp_out={}/out")]
    [InlineData("Missing output directives.", "-I{}", "greeter.proto")]
    [InlineData("Missing value for flag: -o", "-I{}", "greeter.proto", "-o")]
    [InlineData("Missing value for flag: --csharp_out", "--csharp_out", "-I{}")]
    [InlineData("Unknown flag: --foo", "--foo", "greeter.proto")]
    [InlineData("Unknown flag: -x", "-x", "greeter.proto")]
    [InlineData("Unknown error format: foo", "--error_format=foo")]
    [InlineData("-o may only be passed once.", "-oa", "-ob", "greeter.proto")]
    [InlineData("--proto_path passed empty directory name.  (Use \".\" for current directory.)", "-I=", "greeter.proto")]
    [InlineData("Failed to open argument file: {}/none", "@{}/none")]
    [InlineData("{}/none/: No such file or directory", "-I{}", "--csharp_out={}/none", "greeter.proto")]
    [InlineData("{}/none/set.pb: No such file or directory", "-I{}", "-o{}/none/set.pb", "greeter.proto")]
    [InlineData("--csharp_out: Unknown generator option: foo. Known are file_extension, base_namespace, internal_access, serializable, nullable and file_scoped_namespaces.", "-I{}", "--csharp_out={}/out", "--csharp_opt=foo", "greeter.proto")]
    [InlineData("Greeter.cs: Tried to write the same file twice.", "-I{}", "--csharp_out={}/out", "--csharp_out={}/out", "greeter.proto")]
    public void Mistakes_AreNamedOnTheErrorStream(string message, params string[] words)
    {
        var (exitCode, output, errors) = _workspace.Run(words);
        Assert.Equal(message + "\n", errors);
        Assert.Equal(1, exitCode);
        Assert.Empty(output);
        Assert.Empty(_workspace.Written());
    }

    [Fact]
    public void ErrorsInFiles_AreAllListedAndNothingIsWritten()
    {
        _workspace.Write("bad.proto", "syntax = \"proto3\";\nmessage A {\n  Missing a = 1;\n  Absent b = 2;\n}\n");
        var (exitCode, _, errors) = _workspace.Run("-I{}", "--csharp_out={}/out", "-o{}/out/set.pb", "parts/name.proto", "bad.proto");
        Assert.Equal(1, exitCode);
        Assert.Contains("{}/bad.proto:3:3: \"Missing\" is not defined.", errors, StringComparison.Ordinal);
        Assert.Contains("{}/bad.proto:4:3: \"Absent\" is not defined.", errors, StringComparison.Ordinal);
        Assert.Empty(_workspace.Written());
    }

    [Fact]
    public void ErrorFormat_MayBeThatOfVisualStudio()
    {
        _workspace.Write("bad.proto", "syntax = \"proto3\";\nmessage A {\n  Missing a = 1;\n}\n");
        var (_, _, errors) = _workspace.Run("-I{}", "--csharp_out={}/out", "--error_format=msvs", "bad.proto");
        Assert.Equal("{}/bad.proto(3) : error in column=3: \"Missing\" is not defined.\n", errors.Replace('\\', '/'));
    }

    [Theory]
    [InlineData("--error_format=human", false)]
    [InlineData("--fatal_warnings", true)]
    public void ErrorFormat_ForAPerson_ShowsTheSource(string flag, bool isTerminal)
    {
        _workspace.Write("bad.proto", "syntax = \"proto3\";\nmessage A {\n  Missing a = 1;\n}\n");
        var (_, _, errors) = _workspace.Run(isTerminal, "-I{}", "-o{}/out/set.pb", flag, "bad.proto");
        Assert.Contains("{}/bad.proto:3:3: ", errors, StringComparison.Ordinal);
        Assert.Contains("3 |   Missing a = 1;\n", errors, StringComparison.Ordinal);
    }

    [Fact]
    public void MissingImport_NamesTheRoots()
    {
        _workspace.Write("bad.proto", "syntax = \"proto3\";\nimport \"no/such.proto\";\n");
        var (exitCode, _, errors) = _workspace.Run("-I{}", "-I{}/parts", "--csharp_out={}/out", "bad.proto");
        Assert.Equal(1, exitCode);
        Assert.Contains("no/such.proto", errors, StringComparison.Ordinal);
        Assert.Contains("{}/parts", errors, StringComparison.Ordinal);
    }

    [Fact]
    public void HelpAndVersion_GoToTheOutput()
    {
        Assert.StartsWith("Usage: trunkline protoc", _workspace.Run("--help").Output, StringComparison.Ordinal);
        Assert.StartsWith("Usage: trunkline protoc", _workspace.Run().Output, StringComparison.Ordinal);
        Assert.Matches("^libprotoc 35[.]1 [(]trunkline [0-9]+[.][0-9]+[.][0-9]+", _workspace.Run("--version").Output);
        Assert.Equal(0, _workspace.Run("-h").ExitCode);
    }

    [Fact]
    public void IncludeFlags_WithoutASet_AreRemarkedOn()
    {
        var (exitCode, _, errors) = _workspace.Run("-I{}", "--include_imports", "--csharp_out={}/out", "parts/name.proto");
        Assert.Equal((0, "--include_imports only makes sense when combined with --descriptor_set_out.\n"), (exitCode, errors));
    }

    [ProtocTheory]
    [InlineData]
    [InlineData("--include_imports")]
    [InlineData("--include_source_info")]
    [InlineData("--include_imports", "--include_source_info")]
    public void DescriptorSet_IsThatOfProtoc(params string[] flags)
    {
        AssertRuns(["-I{}", "-o", "{}/out/ours.pb", .. flags, "greeter.proto"]);
        Harness.Peers.Protoc.Run(["-I", _workspace.Root, "-o", _workspace.PathOf("out/theirs.pb"), .. flags, "greeter.proto"]);
        Assert.Equal(File.ReadAllBytes(_workspace.PathOf("out/theirs.pb")), File.ReadAllBytes(_workspace.PathOf("out/ours.pb")));
    }

    private void AssertRuns(params string[] words)
    {
        var (exitCode, output, errors) = _workspace.Run(words);
        Assert.Equal((0, "", ""), (exitCode, output, errors));
    }
}
