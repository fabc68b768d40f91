using Trunkline.Harness;
using Trunkline.Harness.Peers;

namespace Trunkline.Cli.Tests;

/// <summary>
/// Plugins that nobody here wrote, unmodified, through our command and through protoc: the files are equal. <c>tests/Trunkline.Agreement</c> does the same on whole
/// trees of files.
/// </summary>
public sealed class PublicPluginTests : IDisposable
{
    private static readonly string Modules = Path.Combine(PeerPrograms.Folder, "node_modules", ".bin");
    private static readonly string Corpus = Path.Combine(
        Path.GetDirectoryName(PeerPrograms.Folder)!, "Trunkline.Compiler.Tests", "Corpus");

    private readonly SideBySide _folders = new();

    public PublicPluginTests()
    {
        foreach (var path in Directory.GetFiles(Corpus, "*.proto"))
        {
            _folders.Write(Path.GetFileName(path), File.ReadAllBytes(path));
        }

        _folders.MakeFolder("out");
    }

    private static string Include => "-I" + Harness.Peers.Protoc.IncludePath;

    public void Dispose() => _folders.Dispose();

    [PeerFact("node", "node:@bufbuild/protoc-gen-es/package.json")]
    public void ProtocGenEs_MakesTheSameCodeAsUnderProtoc()
    {
        var outcome = _folders.AssertSame(
        [
            "-I.", Include, $"--plugin={Modules}/protoc-gen-es", "--es_out=out", "--es_opt=target=js+dts,import_extension=js",
            "proto2_basics.proto", "proto2_options.proto", "extensions_nested.proto", "well_known.proto", "maps.proto", "oneofs.proto", "optionals.proto",
            "stream_types.proto", "editions_2023_basics.proto", "editions_2023_element_features.proto", "editions_2024_exported.proto", "options_retention.proto",
        ]);
        Assert.Equal((0, 24), (outcome.ExitCode, Made(outcome)));
    }

    [PeerFact("node", "node:ts-proto/package.json")]
    public void TsProto_MakesTheSameCodeAsUnderProtoc()
    {
        var outcome = _folders.AssertSame(
        [
            "-I.", Include, $"--plugin={Modules}/protoc-gen-ts_proto", "--ts_proto_opt=outputServices=grpc-js", "--ts_proto_out=esModuleInterop=true:out",
            "proto2_basics.proto", "proto2_options.proto", "maps.proto", "oneofs.proto", "optionals.proto", "stream_types.proto", "editions_2023_basics.proto",
        ]);
        Assert.Equal(0, outcome.ExitCode);
        Assert.True(Made(outcome) >= 7);
    }

    [PeerFact("node", "node:ts-proto/package.json", "node:@bufbuild/protoc-gen-es/package.json", "/usr/bin/grpc_cpp_plugin")]
    public void ThreePluginsInOneRun_MakeTheSameCodeAsUnderProtoc()
    {
        var outcome = _folders.AssertSame(
        [
            "-I.", Include, $"--plugin=protoc-gen-grpc=/usr/bin/grpc_cpp_plugin", $"--plugin={Modules}/protoc-gen-es", $"--plugin={Modules}/protoc-gen-ts_proto",
            "--es_out=target=ts:out", "--ts_proto_out=out", "--grpc_out=out", "stream_types.proto", "route.proto",
        ]);
        Assert.Equal(0, outcome.ExitCode);
    }

    [PeerTheory("/usr/bin/grpc_cpp_plugin", "/usr/bin/grpc_python_plugin")]
    [InlineData("/usr/bin/grpc_cpp_plugin", "generate_mock_code=true:")]
    [InlineData("/usr/bin/grpc_python_plugin", "grpc_2_0:")]
    public void PluginsOfGrpc_MakeTheSameCodeAsUnderProtoc(string program, string options)
    {
        Same(program, options, "stream_types.proto", "route.proto", "proto2_basics.proto", "keywords.proto");
    }

    [PeerTheory("/usr/bin/grpc_cpp_plugin", "/usr/bin/grpc_python_plugin")]
    [InlineData("/usr/bin/grpc_cpp_plugin")]
    [InlineData("/usr/bin/grpc_python_plugin")]
    public void PluginsThatKnowNoEditions_AreRefusedInTheSameWords(string program)
    {
        string[] words = ["-I.", Include, $"--plugin=protoc-gen-grpc={program}", "--grpc_out=out", "editions_2023_basics.proto"];
        var outcome = _folders.AssertSame(words, errors: theirs => theirs.Replace(".--grpc_out", ".\n--grpc_out", StringComparison.Ordinal));
        Assert.Equal(1, outcome.ExitCode);
    }

    [ProtocFact]
    public void CSharpPluginOfGrpc_MakesTheSameCodeAsUnderProtoc()
        => Same(Harness.Peers.Protoc.CSharpPlugin, "internal_access,no_server:", "stream_types.proto", "route.proto", "keywords.proto");

    private static int Made(Outcome outcome) => outcome.Files.Keys.Count(name => name.StartsWith("out/", StringComparison.Ordinal));

    private void Same(string program, string options, params string[] files)
    {
        var outcome = _folders.AssertSame(["-I.", Include, $"--plugin=protoc-gen-grpc={program}", $"--grpc_out={options}out", .. files]);
        Assert.Equal(0, outcome.ExitCode);
        Assert.NotEqual(0, Made(outcome));
    }
}
