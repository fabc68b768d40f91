using Trunkline.Cli.Protoc.Outputs;
using Trunkline.Compiler;
using Trunkline.Descriptors;
using Trunkline.Harness;
using Trunkline.Harness.Peers;
using GeneratedFile = Trunkline.Descriptors.GeneratedFile;

namespace Trunkline.Cli.Tests;

/// <summary>Plugins that crash, hang, take too much or leave something behind. Each is named with what it did, and nothing is written.</summary>
public sealed class BadPluginTests : IDisposable
{
    private const string Foo = "--plugin=protoc-gen-foo=plugin";

    private readonly SideBySide _folders = new();

    public BadPluginTests()
    {
        _folders.Write("a.proto", "syntax = \"proto3\";\nmessage A {}\n");
        _folders.Write("long.proto", $"syntax = \"proto3\";\n// {new string('x', 4 << 20)}\nmessage L {{}}\n");
        _folders.MakeFolder("out");
        Answer(3, Edition.Proto2, Edition.Edition2024);
    }

    public void Dispose() => _folders.Dispose();

    [Theory]
    [InlineData("exec sleep 600")]
    [InlineData("cat plugin.answer; exec sleep 600")]
    [InlineData("cat plugin.answer; exec >&-; exec sleep 600")]
    [InlineData("cat plugin.answer; exec >&- 2>&-; exec sleep 600")]
    public void Hanging_IsStoppedAfterItsTime(string script)
    {
        // More than a pipe holds, so that writing it cannot end either.
        _folders.WriteProgram("plugin", script);
        AssertFails("Plugin ran for more than 0.3 seconds and was stopped.", "--plugin_timeout=0.3", "long.proto");
    }

    [Fact]
    public void Hanging_IsStoppedByTheClockThatIsGiven()
    {
        _folders.WriteProgram("plugin", "echo started >&2; exec sleep 600");
        var clock = new ManualTimeProvider();
        using var messages = new AdvancingWriter(clock, PluginLimits.Default.Time);
        var generated = new PluginGenerator("protoc-gen-foo", _folders.OurPath("plugin"), messages, time: clock).Generate(Nothing, CancellationToken.None);
        Assert.Equal("protoc-gen-foo: Plugin ran for more than 600 seconds and was stopped.", generated.Error);
    }

    [Fact]
    public void TakingMemory_IsStoppedAtItsLimit()
    {
        // tail keeps the last line, and this one has no end before 2 GB. It is the plugin's child: the whole tree counts.
        _folders.WriteProgram("plugin", "head -c 2000000000 /dev/zero | tail; exit 1");
        AssertFails("Plugin used more than 64 MiB of memory and was stopped.", "--plugin_memory=64", "a.proto");
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("x")]
    [InlineData("1.5")]
    [InlineData("99999999")]
    public void MemoryFlag_TakesMebibytes(string value)
    {
        var outcome = _folders.Ours("-I.", Foo, $"--plugin_memory={value}", "--foo_out=out", "a.proto");
        Assert.Equal((1, $"--plugin_memory takes a number of MiB, from 1 to 16777216: {value}\n"), (outcome.ExitCode, outcome.Errors));
    }

    [Fact]
    public void FloodingTheErrorStream_IsStopped()
    {
        _folders.WriteProgram("plugin", "exec yes >&2");
        var limits = new PluginLimits { MessageCharacters = 1 << 20 };
        var generated = new PluginGenerator("protoc-gen-foo", _folders.OurPath("plugin"), TextWriter.Null, limits).Generate(Nothing, CancellationToken.None);
        Assert.Equal("protoc-gen-foo: Plugin wrote more than 1048576 characters to its standard error and was stopped.", generated.Error);
    }

    [Fact]
    public void MuchOnTheErrorStream_IsPassedOnBesideTheAnswer()
    {
        _folders.WriteProgram("plugin", "head -c 4000000 /dev/zero | tr '\\0' x >&2; cat plugin.answer");
        var outcome = _folders.Ours("-I.", Foo, "--foo_out=out", "long.proto");
        Assert.Equal((0, 4000000), (outcome.ExitCode, outcome.Errors.Count(letter => letter == 'x')));
        Assert.Contains("out/x.txt", outcome.Files.Keys);
    }

    [Fact]
    public void LeavingAProgramBehindThatHoldsTheOutput_IsSaid()
    {
        _folders.WriteProgram("plugin", "sleep 20 2>&- & cat plugin.answer");
        AssertFails("Plugin ended, but a program that it left behind holds its output open.", "a.proto");
    }

    [Fact]
    public void LeavingAProgramBehindThatHoldsTheErrorStream_DoesNoHarm()
    {
        _folders.WriteProgram("plugin", "sleep 20 >&- & cat plugin.answer");
        var outcome = _folders.Ours("-I.", Foo, "--foo_out=out", "a.proto");
        Assert.Equal((0, ""), (outcome.ExitCode, outcome.Errors));
        Assert.Contains("out/x.txt", outcome.Files.Keys);
    }

    [ProtocTheory]
    [InlineData("exec <&-; cat plugin.answer")]
    [InlineData("exec <&-; exit 5")]
    [InlineData("head -c 100 > /dev/null; cat plugin.answer")]
    [InlineData("cat > /dev/null")]
    [InlineData(":")]
    [InlineData("cat > /dev/null; kill -6 $$")]
    [InlineData("cat > /dev/null; cat plugin.answer; kill -15 $$")]
    [InlineData("exit 255")]
    [InlineData("exit 127")]
    public void EndingEarly_IsTakenAsByProtoc(string script)
    {
        _folders.WriteProgram("plugin", script);
        _folders.AssertSame(["-I.", Foo, "--foo_out=out", "long.proto"]);
    }

    [ProtocTheory]
    [InlineData("--plugin=protoc-gen-foo=out")]
    [InlineData("--plugin=protoc-gen-foo=a.proto")]
    [InlineData("--plugin=protoc-gen-foo=absent")]
    [InlineData("--plugin=protoc-gen-foo=")]
    [InlineData("--plugin=protoc-gen-foo=plugin", "--plugin=protoc-gen-foo=absent")]
    [InlineData("--plugin=protoc-gen-foo=noformat")]
    [InlineData("--plugin=protoc-gen-foo=noline")]
    public void WhatIsNoProgram_IsSaidAsByProtoc(params string[] words)
    {
        _folders.WriteProgram("noformat", [0x7F, (byte)'E', (byte)'L', (byte)'F', 0, 1, 2, 3]);
        _folders.WriteProgram("noline", "cat plugin.answer\n"u8.ToArray());
        Assert.Equal(1, _folders.AssertSame(["-I.", .. words, "--foo_out=out", "a.proto"]).ExitCode);
    }

    [ProtocFact]
    public void ScriptOnThePathThatNamesNoShell_RunsAsUnderProtoc()
    {
        _folders.WriteProgram("protoc-gen-foo", "cat plugin.answer\n"u8.ToArray());
        var before = Environment.GetEnvironmentVariable("PATH");
        try
        {
            Environment.SetEnvironmentVariable("PATH", $".:{before}");
            Assert.Equal(0, _folders.AssertSame(["-I.", "--foo_out=out", "a.proto"]).ExitCode);
        }
        finally
        {
            Environment.SetEnvironmentVariable("PATH", before);
        }
    }

    [ProtocTheory]
    [InlineData(0, Edition.Unknown, Edition.Unknown)]
    [InlineData(1, Edition.Proto2, Edition.Edition2024)]
    [InlineData(2, Edition.Proto2, Edition.Edition2024)]
    [InlineData(2, Edition.Unknown, Edition.Unknown)]
    [InlineData(2, Edition.Edition2024, Edition.Edition2024)]
    [InlineData(2, Edition.Proto2, Edition.Edition2023)]
    [InlineData(2, Edition.Edition2024, Edition.Edition2023)]
    [InlineData(3, Edition.Proto2, Edition.Proto3)]
    [InlineData(7, Edition.Legacy, (Edition)int.MaxValue)]
    public void SupportThatIsClaimed_IsHeldAgainstTheFilesAsByProtoc(int features, Edition minimum, Edition maximum)
    {
        _folders.Write("e23.proto", "edition = \"2023\";\nmessage E {}\n");
        _folders.Write("e24.proto", "edition = \"2024\";\nmessage F {}\n");
        _folders.Write("google/protobuf/own.proto", "edition = \"2023\";\nmessage G {}\n");
        _folders.Write("upb/own.proto", "edition = \"2023\";\nmessage U {}\n");
        _folders.Write("optional.proto", "syntax = \"proto3\";\nmessage O { optional int32 x = 1; }\n");
        Answer(features, minimum, maximum);
        string[][] runs =
        [
            ["a.proto"], ["e23.proto"], ["e24.proto"], ["google/protobuf/own.proto"], ["upb/own.proto"], ["optional.proto"], ["a.proto", "e24.proto", "e23.proto", "optional.proto"]
        ];
        foreach (var files in runs)
        {
            _folders.AssertSame(["-I.", Foo, "--foo_out=out", .. files], errors: Lines);
        }
    }

    [Theory]
    [InlineData("a\\b")]
    [InlineData("..\\b")]
    [InlineData("c:/b")]
    [InlineData("c:b")]
    [InlineData("a/b:stream")]
    public void NamesThatLeadOutOnWindows_AreRefusedThere(string name)
    {
        Assert.NotNull(OutputName.Check(name, allowsEscape: true, hasDrives: true));
        Assert.Equal(name.Contains("..", StringComparison.Ordinal), OutputName.Check(name, allowsEscape: false, hasDrives: false) is not null);
    }

    private static GeneratorRequest Nothing => new() { Files = [], FilesToGenerate = [] };

    // protoc's findings about support come without an end of line between them.
    private static string Lines(string theirs) => theirs.Replace(".--foo_out", ".\n--foo_out", StringComparison.Ordinal);

    private void AssertFails(string what, params string[] words)
    {
        var outcome = _folders.Ours(["-I.", Foo, "--foo_out=out", .. words]);
        Assert.Equal((1, $"--foo_out: protoc-gen-foo: {what}\n"), (outcome.ExitCode, outcome.Errors));
        Assert.DoesNotContain("out/x.txt", outcome.Files.Keys);
    }

    private void Answer(int features, Edition minimum, Edition maximum)
    {
        var response = new CodeGeneratorResponse { SupportedFeatures = (ulong)features, MinimumEdition = (int)minimum, MaximumEdition = (int)maximum };
        response.Files.Add(new GeneratedFile { Name = "x.txt", Content = "hello\n" });
        _folders.Write("plugin.answer", response.ToByteArray());
        _folders.WriteProgram("plugin", "cat > /dev/null; cat plugin.answer");
    }
    private sealed class AdvancingWriter(ManualTimeProvider clock, TimeSpan time) : StringWriter
    {
        public override Task WriteAsync(ReadOnlyMemory<char> buffer, CancellationToken cancellationToken = default)
        {
            clock.Advance(time);
            return Task.CompletedTask;
        }
    }
}
