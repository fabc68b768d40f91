using System.Text;
using Trunkline.Compiler;
using Trunkline.Descriptors;
using Trunkline.Harness.Peers;
using GeneratedFile = Trunkline.Descriptors.GeneratedFile;

namespace Trunkline.Cli.Tests;

/// <summary>Plugins, driven by protoc and by us: scripts that do what plugins do, and what they should not do.</summary>
public sealed class PluginTests : IDisposable
{
    private const string Foo = "--plugin=protoc-gen-foo=plugin";

    private readonly SideBySide _folders = new();

    public PluginTests()
    {
        _folders.Write("a.proto", "syntax = \"proto3\";\npackage a;\nimport \"b.proto\";\n// An A.\nmessage A { b.B b = 1; repeated int32 x = 3; }\nservice S { rpc R(A) returns (A); }\n");
        _folders.Write("b.proto", "syntax = \"proto3\";\npackage b;\nimport \"google/protobuf/any.proto\";\nmessage B { google.protobuf.Any y = 1; map<int32, B> m = 2; }\n");
        _folders.Write("optional.proto", "syntax = \"proto3\";\nmessage O { message I { optional int32 x = 1; } }\n");
        _folders.MakeFolder("out");
        _folders.MakeFolder("more");
        Answer("plugin", Good(File("x.txt", "hello\n")));
    }

    public void Dispose() => _folders.Dispose();

    [ProtocTheory]
    [InlineData("--foo_out=out")]
    [InlineData("--foo_out=a=b,c:out", "--foo_opt=d", "--foo_opt=e=f")]
    [InlineData("--foo_opt=d", "--foo_out=out")]
    [InlineData("--foo_opt=d:", "--foo_out=out")]
    [InlineData("--foo_opt=", "--foo_opt=d", "--foo_opt=", "--foo_out=:out")]
    [InlineData("--foo_opt=y", "--foo_out=x:out", "--foo_out=z:more")]
    [InlineData("--foo_out=out", "b.proto")]
    public void Request_IsThatOfProtoc(params string[] words)
    {
        _folders.WriteProgram("plugin", "cat >> request; cat plugin.answer");
        _folders.AssertSame(["-I.", "-I" + Harness.Peers.Protoc.IncludePath, Foo, .. words, "a.proto"]);
    }

    [ProtocFact]
    public void Request_WithLongCommentsAndManyFiles_IsThatOfProtoc()
    {
        _folders.WriteProgram("plugin", "cat > request; cat plugin.answer");
        _folders.Write("long.proto", $"syntax = \"proto3\";\n// {new string('x', 1 << 20)}\nmessage L {{}}\n");
        _folders.AssertSame(["-I.", "-I" + Harness.Peers.Protoc.IncludePath, Foo, "--foo_out=out", "long.proto", "a.proto", "google/protobuf/descriptor.proto"]);
    }

    [ProtocTheory]
    [InlineData("--foo_out=x:y:out")]
    [InlineData("--foo_out=nope")]
    [InlineData("--foo_out=a.proto")]
    [InlineData("--foo_out=nope/x.zip")]
    [InlineData("--foo_out=out", "--foo_out=out")]
    [InlineData("--foo_out=out", "--foo_out=out/")]
    [InlineData("--foo_out=out", "--foo_out=more", "-oout/set")]
    [InlineData("--foo_out=out", "--dependency_out=out/d")]
    [InlineData("--foo_out=out//./", "--foo_out=more", "-oout/set", "--dependency_out=out/d")]
    [InlineData("--foo_out=out/x.zip", "--dependency_out=out/d", "-o/dev/null")]
    [InlineData("--foo_out=out", "--plugin=protoc-gen-bar=nope", "--bar_out=out")]
    [InlineData("--bar_out=out")]
    [InlineData("--plugin=protoc-gen-bar=a.proto", "--bar_out=out")]
    [InlineData("--plugin=bar=plugin", "--bar_out=out")]
    [InlineData("--plugin=protoc-gen-bar=plugin", "--bar_out=out")]
    [InlineData("--plugin=./protoc-gen-bar", "--bar_out=out")]
    [InlineData("--plugin=/bin/false", "--plugin=protoc-gen-foo=/bin/true", "--foo_out=out")]
    public void Output_GoesWhereProtocPutsIt(params string[] words)
    {
        Answer("protoc-gen-bar", Good(File("bar/y.txt", "bar")));
        _folders.AssertSame(["-I.", Foo, .. words, "optional.proto"], errors: WithCulprit, isZipCompared: false);
    }

    public static TheoryData<string> AnswerNames => [.. Answers.Keys];

    /// <summary>Answers, with each of which the outcome must be that of protoc.</summary>
    private static Dictionary<string, CodeGeneratorResponse> Answers => new(StringComparer.Ordinal)
    {
        ["nothing"] = Good(),
        ["no features"] = new CodeGeneratorResponse { Files = { File("x.txt", "hello") } },
        ["pieces"] = Good(File("x.txt", "1"), File(null, "2"), File("y/z.txt", "3"), File("", "4")),
        ["no first name"] = Good(File(null, "2")),
        ["empty first name"] = Good(File("", "2")),
        ["same file twice"] = Good(File("x.txt", "1"), File("x.txt", "2")),
        ["out of the folder"] = Good(File("../x.txt", "1")),
        ["out of the folder and in again"] = Good(File("./a/../x.txt", "1")),
        ["points in a name"] = Good(File("a..b/..c/d...txt", "1")),
        ["an absolute name"] = Good(File("/tmp/x.txt", "1")),
        ["an error"] = Good("wrong\nvery", File("x.txt", "1")),
        ["an empty error"] = Good("", File("x.txt", "1")),
        ["insertion into nothing"] = Good(Insertion("x.txt", "p", "1")),
        ["insertion"] = Good(File("x.txt", "a\n@@protoc_insertion_point(p)\nb\n"), Insertion("x.txt", "p", "1\n"), File(null, "2\n"), Insertion("x.txt", "p", "3")),
        ["insertion at an indented mark"] = Good(File("x.txt", "a\n \t// @@protoc_insertion_point(p)\nb\n"), Insertion("x.txt", "p", "1\n\n2\n"), Insertion("x.txt", "p", "3\n")),
        ["insertion at a mark in the first line"] = Good(File("x.txt", "  // @@protoc_insertion_point(p)"), Insertion("x.txt", "p", "1\n")),
        ["insertion at a mark inside a line"] = Good(File("x.txt", "f(/* @@protoc_insertion_point(p) */)\n"), Insertion("x.txt", "p", "1, ")),
        ["insertion at a mark behind words"] = Good(File("x.txt", "a b @@protoc_insertion_point(p) c\n"), Insertion("x.txt", "p", "1\n")),
        ["insertion at no mark"] = Good(File("x.txt", "@@protoc_insertion_point(q)"), Insertion("x.txt", "p", "1")),
        ["insertion of nothing"] = Good(File("x.txt", "  @@protoc_insertion_point(p)"), Insertion("x.txt", "p", "")),
    };

    [ProtocTheory]
    [MemberData(nameof(AnswerNames))]
    public void Answer_IsTakenAsByProtoc(string name)
    {
        Answer("plugin", Answers[name]);
        var words = new[] { "-I.", Foo, "--foo_out=out", "optional.proto" };
        _folders.AssertSame(words, errors: WithCulprit);
    }

    [ProtocTheory]
    [InlineData("cat > /dev/null; printf '\\377\\n\"text\\001'")]
    [InlineData("exit 3")]
    [InlineData("echo some words >&2; cat plugin.answer; exit 3")]
    [InlineData("kill -9 $$")]
    [InlineData("kill -11 $$")]
    [InlineData("cat > /dev/null; cat plugin.answer; echo a note >&2")]
    [InlineData("cat plugin.answer")]
    [InlineData("exec cat plugin.answer < /dev/null")]
    public void Behaviour_IsTakenAsByProtoc(string script)
    {
        _folders.WriteProgram("plugin", script);
        _folders.AssertSame(["-I.", Foo, "--foo_out=out", "optional.proto"]);
    }

    [ProtocFact]
    public void InsertionsReachFilesOfEarlierPlugins()
    {
        Answer("protoc-gen-bar", Good(Insertion("x.txt", "p", "inserted\n")));
        Answer("plugin", Good(File("x.txt", "a\n  // @@protoc_insertion_point(p)\n")));
        _folders.AssertSame(["-I.", Foo, "--plugin=./protoc-gen-bar", "--foo_out=out", "--bar_out=out/", "optional.proto"]);
        Assert.Equal(1, _folders.Ours("-I.", Foo, "--plugin=./protoc-gen-bar", "--bar_out=out", "--foo_out=out", "optional.proto").ExitCode);
        _folders.AssertSame(["-I.", Foo, "--plugin=./protoc-gen-bar", "--foo_out=out", "--bar_out=more", "optional.proto"], errors: theirs => $"--bar_out: protoc-gen-bar: {theirs}");
    }

    [ProtocFact]
    public void Content_MayBeAnyBytes()
    {
        // A file named "b" with four bytes that are no text.
        _folders.Write("plugin.answer", [0x10, 3, 0x18, 0xE6, 7, 0x20, 0xE9, 7, 0x7A, 9, 0x0A, 1, (byte)'b', 0x7A, 4, 0xFF, 0xFE, 0, 0x80]);
        _folders.AssertSame(["-I.", Foo, "--foo_out=out", "optional.proto"]);
    }

    [ProtocTheory]
    [InlineData("x.zip")]
    [InlineData("x.jar")]
    [InlineData("x.srcjar")]
    public void Archive_HoldsWhatProtocsHolds(string name)
    {
        Answer("plugin", Good(File("z.txt", "z"), File("a/b.txt", "b"), File("a.txt", "")));
        string[] words = ["-I.", Foo, "--foo_out=out/" + name, "optional.proto"];
        var (theirs, ours) = (_folders.Theirs(words), _folders.Ours(words));
        Assert.Equal((0, ""), (ours.ExitCode, ours.Errors));
        Assert.Equal(Entries(theirs.Files["out/" + name]), Entries(ours.Files["out/" + name]));
    }

    [Fact]
    public void Archive_IsNotLeftByNames()
    {
        Answer("plugin", Good(File("../z.txt", "z")));
        var outcome = _folders.Ours("-I.", Foo, "--foo_out=out/x.zip", "--unsafe_allow_out_dir_escape", "optional.proto");
        Assert.Equal(1, outcome.ExitCode);
        Assert.DoesNotContain("out/x.zip", outcome.Files.Keys);
    }

    [ProtocFact]
    public void OutputMayLeaveItsFolderOnRequest()
    {
        Answer("plugin", Good(File("../z.txt", "z")));
        _folders.AssertSame(["-I.", Foo, "--unsafe_allow_out_dir_escape", "--foo_out=out", "optional.proto"]);
    }

    [Fact]
    public void Plugin_ThatHangs_IsStopped()
    {
        _folders.WriteProgram("plugin", "exec sleep 600");
        var outcome = _folders.Ours("-I.", Foo, "--plugin_timeout=0.3", "--foo_out=out", "optional.proto");
        Assert.Equal((1, "--foo_out: protoc-gen-foo: Plugin ran for more than 0.3 seconds and was stopped.\n"), (outcome.ExitCode, outcome.Errors));
    }

    [Fact]
    public void Plugin_ThatNeverStopsWriting_IsStopped()
    {
        _folders.WriteProgram("plugin", "exec yes");
        var plugin = new PluginGenerator("protoc-gen-foo", _folders.OurPath("plugin"), TextWriter.Null, new PluginLimits { ResponseBytes = 3 << 20 });
        var generated = plugin.Generate(new GeneratorRequest { Files = [], FilesToGenerate = [] }, CancellationToken.None);
        Assert.Equal("protoc-gen-foo: Plugin wrote more than 3 MiB and was stopped.", generated.Error);
    }

    [Fact]
    public void Plugin_MayAnswerBeforeItReads()
    {
        var long1 = new string('x', 4 << 20);
        _folders.Write("long.proto", $"syntax = \"proto3\";\n// {long1}\nmessage L {{}}\n");
        Answer("plugin", Good(File("x.txt", long1)));
        _folders.WriteProgram("plugin", "cat plugin.answer; cat plugin.answer >&2; cat > /dev/null");
        var outcome = _folders.Ours("-I.", Foo, "--foo_out=out", "long.proto");
        Assert.Equal(0, outcome.ExitCode);
        Assert.Equal(long1, Encoding.UTF8.GetString(outcome.Files["out/x.txt"]));
    }

    [Fact]
    public void Cancelled_StopsThePlugin()
    {
        _folders.WriteProgram("plugin", "echo started >&2; exec sleep 600");
        using var cancellation = new CancellationTokenSource();
        using var messages = new CancellingWriter(cancellation);
        var plugin = new PluginGenerator("protoc-gen-foo", _folders.OurPath("plugin"), messages);
        var request = new GeneratorRequest { Files = [], FilesToGenerate = [] };
        Assert.ThrowsAny<OperationCanceledException>(() => plugin.Generate(request, cancellation.Token));
    }

    [PeerTheory("grpc_cpp_plugin", "grpc_python_plugin")]
    [InlineData("grpc_cpp_plugin", "")]
    [InlineData("grpc_cpp_plugin", "generate_mock_code=true:")]
    [InlineData("grpc_python_plugin", "")]
    [InlineData("grpc_python_plugin", "grpc_2_0:")]
    public void PluginsOfGrpc_MakeTheSameCodeAsUnderProtoc(string plugin, string options)
    {
        var outcome = _folders.AssertSame(["-I.", "-I" + Harness.Peers.Protoc.IncludePath, $"--plugin=protoc-gen-grpc=/usr/bin/{plugin}", $"--grpc_out={options}out", "a.proto", "b.proto"]);
        Assert.Equal(0, outcome.ExitCode);
        Assert.Contains(outcome.Files.Keys, file => file.StartsWith("out/a", StringComparison.Ordinal));
    }

    // protoc does not say whose fault a name or an insertion is.
    private static string WithCulprit(string theirs)
        => theirs.Contains(": Tried to ", StringComparison.Ordinal) || theirs.Contains("insertion point", StringComparison.Ordinal) || theirs.Contains("relative path", StringComparison.Ordinal)
            ? $"--foo_out: protoc-gen-foo: {theirs}"
            : theirs;

    private static CodeGeneratorResponse Good(params GeneratedFile[] files) => Good(null, files);

    private static CodeGeneratorResponse Good(string? error, params GeneratedFile[] files)
    {
        var response = new CodeGeneratorResponse { Error = error, SupportedFeatures = 3, MinimumEdition = (int)Edition.Proto2, MaximumEdition = (int)Edition.Edition2024 };
        response.Files.AddRange(files);
        return response;
    }

    private static GeneratedFile File(string? name, string content) => new() { Name = name, Content = content };

    private static GeneratedFile Insertion(string name, string point, string content) => new() { Name = name, InsertionPoint = point, Content = content };

    private static string[] Entries(byte[] archive)
    {
        using var zip = new System.IO.Compression.ZipArchive(new MemoryStream(archive));
        return [.. zip.Entries.Select(entry =>
        {
            using var reader = new StreamReader(entry.Open());
            return $"{entry.FullName} of {entry.LastWriteTime.DateTime:s}: {reader.ReadToEnd()}";
        })];
    }

    // A program that reads its request and gives this answer.
    private void Answer(string program, CodeGeneratorResponse response)
    {
        _folders.Write($"{program}.answer", response.ToByteArray());
        _folders.WriteProgram(program, $"cat > /dev/null; cat {program}.answer");
    }

    private sealed class CancellingWriter(CancellationTokenSource source) : StringWriter
    {
        public override Task WriteAsync(ReadOnlyMemory<char> buffer, CancellationToken cancellationToken = default) => source.CancelAsync();
    }
}
