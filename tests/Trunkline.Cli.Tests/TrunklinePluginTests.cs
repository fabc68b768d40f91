using System.Diagnostics;
using Trunkline.Harness;
using Trunkline.Harness.Peers;

namespace Trunkline.Cli.Tests;

/// <summary>protoc-gen-trunkline, the program, under three compilers: what it makes is what <c>trunkline protoc</c> makes by itself.</summary>
public sealed class TrunklinePluginTests : IDisposable
{
    private const string DebianProtoc = "/usr/bin/protoc";
    private static readonly string Assembly = Path.Combine(AppContext.BaseDirectory, "protoc-gen-trunkline.dll");
    private static readonly string Corpus = Path.Combine(Path.GetDirectoryName(Path.GetDirectoryName(PeerPrograms.Folder))!, "tests", "Trunkline.Compiler.Tests", "Corpus");
    private static readonly string[] Files =
    [
        "route.proto", "stream_types.proto", "scopes.proto", "maps.proto", "oneofs.proto", "optionals.proto", "well_known.proto",
        "proto2_basics.proto", "proto2_defaults.proto", "editions_2023_basics.proto", "editions_2024_exported.proto",
    ];

    private readonly SideBySide _folders = new();

    public TrunklinePluginTests()
    {
        foreach (var file in Files)
        {
            _folders.Write(file, File.ReadAllBytes(Path.Combine(Corpus, file)));
        }

        _folders.WriteProgram("protoc-gen-trunkline", $"exec dotnet '{Assembly}' \"$@\"");
        _folders.MakeFolder("out");
    }

    private static string Include => "-I" + Harness.Peers.Protoc.IncludePath;

    public void Dispose() => _folders.Dispose();

    [ProtocTheory]
    [InlineData("", "", "")]
    [InlineData("internal_access,file_extension=.g.cs,no_server,base_namespace=", "internal_access,file_extension=.g.cs,base_namespace=", "internal_access,no_server,base_namespace=")]
    [InlineData("messages_only", "", null)]
    [InlineData("services_only,internal_access", null, "internal_access")]
    public void UnderProtoc_MakesWhatOurCommandMakes(string options, string? messageOptions, string? serviceOptions)
    {
        var theirs = _folders.Theirs(["-I.", Include, "--plugin=./protoc-gen-trunkline", $"--trunkline_out={options}:out", .. Files]);
        Assert.Equal((0, ""), (theirs.ExitCode, theirs.Errors));
        AssertSameOutput(Ours(messageOptions, serviceOptions), theirs);
    }

    [PeerFact(DebianProtoc)]
    public void UnderOlderProtoc_MakesWhatOurCommandMakes()
    {
        // It knows no editions, and Debian's package brings no google/protobuf/*.proto.
        string[] files = [.. Files.Where(name => name != "well_known.proto" && !name.StartsWith("editions", StringComparison.Ordinal))];
        var theirs = _folders.Run(DebianProtoc, ["-I.", "--plugin=./protoc-gen-trunkline", "--trunkline_out=out", .. files]);
        Assert.Equal((0, ""), (theirs.ExitCode, theirs.Errors));
        AssertSameOutput(Ours("", "", files), theirs);
    }

    [ProtocFact]
    public void UnderOurCommand_MakesWhatOurCommandMakes()
    {
        string[] words = ["-I.", "--plugin=./protoc-gen-trunkline", "--trunkline_out=out", .. Files];
        _folders.AssertSame(["-I" + Harness.Peers.Protoc.IncludePath, .. words]);
        var plugin = _folders.Ours(words);
        Assert.Equal((0, ""), (plugin.ExitCode, plugin.Errors));
        AssertSameOutput(Ours("", ""), plugin);
    }

    [ProtocTheory]
    [InlineData("nonsense")]
    [InlineData("messages_only,services_only")]
    [InlineData("messages_only,no_client")]
    public void WrongOptions_AreAnErrorInTheSameWords(string options)
    {
        var outcome = _folders.AssertSame(["-I.", Include, "--plugin=./protoc-gen-trunkline", $"--trunkline_out={options}:out", "maps.proto"]);
        Assert.Equal(1, outcome.ExitCode);
        Assert.StartsWith("--trunkline_out: ", outcome.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, "", "protoc-gen-trunkline: the request names no file to generate; a compiler sends one on the standard input.\n")]
    [InlineData(1, "--nonsense", "protoc-gen-trunkline: takes no arguments but --help and --version; options come with the request. Got: --nonsense\n")]
    [InlineData(0, "--version", "")]
    [InlineData(0, "--help", "")]
    public void Program_SaysWhatItIsStartedFor(int exitCode, string argument, string errors)
    {
        var start = new ProcessStartInfo("dotnet", [Assembly, .. argument.Length == 0 ? [] : new[] { argument }])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var said = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.Equal((exitCode, errors), (process.ExitCode, said.ReplaceLineEndings("\n")));
    }

    private Outcome Ours(string? messageOptions, string? serviceOptions, string[]? files = null)
    {
        _folders.RemakeFolder("out");
        string[] messages = messageOptions is null ? [] : [$"--csharp_out={messageOptions}:out"];
        string[] services = serviceOptions is null ? [] : [$"--grpc_out={serviceOptions}:out"];
        var outcome = _folders.Ours(["-I.", .. messages, .. services, .. files ?? Files]);
        Assert.Equal((0, ""), (outcome.ExitCode, outcome.Errors));
        return outcome;
    }

    private static void AssertSameOutput(Outcome expected, Outcome actual)
    {
        Assert.Contains(expected.Files.Keys, name => name.StartsWith("out/", StringComparison.Ordinal));
        Assert.Equal(expected.Files.Keys, actual.Files.Keys);
        foreach (var (name, content) in expected.Files)
        {
            Assert.True(content.AsSpan().SequenceEqual(actual.Files[name]), $"{name} differs");
        }
    }
}
