using Trunkline.Harness;
using Trunkline.Harness.Peers;

namespace Trunkline.Cli.Tests;

/// <summary>The commands that people type for Python, beside the same under Debian's protoc.</summary>
public sealed class PythonCommandTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public void Messages_WriteOneFile()
    {
        AssertRuns("-I={}", "--python_out={}/out", "{}/greeter.proto");
        Assert.Equal(["greeter_pb2.py"], _workspace.Written());
    }

    [Fact]
    public void MessagesAndServices_WriteTwo()
    {
        AssertRuns("-I{}", "--python_out={}/out", "--grpc_python_out={}/out", "greeter.proto");
        Assert.Equal(["greeter_pb2.py", "greeter_pb2_grpc.py"], _workspace.Written());
    }

    [Fact]
    public void Folders_AreThoseOfTheFile()
    {
        AssertRuns("-I{}", "--python_out={}/out", "--pyi_out={}/out", "parts/name.proto");
        Assert.Equal(["parts/name_pb2.py", "parts/name_pb2.pyi"], _workspace.Written());
    }

    [Fact]
    public void RelativeImports_AreAnOptionOfAllThree()
    {
        AssertRuns(
            "-I{}", "--python_out={}/out", "--python_opt=relative_imports", "--pyi_out=relative_imports:{}/out", "--grpc_python_out={}/out",
            "--grpc_python_opt=relative_imports", "greeter.proto");
        foreach (var file in _workspace.Written())
        {
            Assert.Contains("\nfrom .parts import name_pb2 as ", "\n" + File.ReadAllText(_workspace.PathOf($"out/{file}")), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Editions_AreAnErrorThatWritesNothing()
    {
        _workspace.Write("late.proto", "edition = \"2023\";\nmessage Late {}\n");
        var (exitCode, _, errors) = _workspace.Run("-I{}", "--python_out={}/out", "late.proto");
        Assert.Equal(1, exitCode);
        Assert.StartsWith("--python_out: late.proto: this file uses edition 2023,", errors, StringComparison.Ordinal);
        Assert.Empty(_workspace.Written());
    }

    [PeerTheory(PythonProtoc.Program, PythonProtoc.Plugin)]
    [InlineData("")]
    [InlineData("grpc_1_0")]
    public void Outputs_AreThoseOfDebiansProtoc(string version)
    {
        var (theirs, errors) = PythonProtoc.Make([_workspace.Root], ["greeter.proto", "parts/name.proto"], ("", version));
        Assert.True(theirs is not null, errors);
        AssertRuns("-I{}", "--python_out={}/out", "--pyi_out={}/out", $"--grpc_python_out={version}:{{}}/out", "greeter.proto", "parts/name.proto");
        Assert.Equal(theirs.Keys, _workspace.Written());
        Assert.All(theirs, file => Assert.Equal(file.Value, File.ReadAllBytes(_workspace.PathOf($"out/{file.Key}"))));
    }

    /// <summary>A descriptor set states the JSON name of each field, so each is embedded.</summary>
    [PeerFact(PythonProtoc.Program, PythonProtoc.Plugin)]
    public async Task DescriptorSet_AsInput_MakesWhatItMakesUnderDebiansProtoc()
    {
        _workspace.Write("two_words.proto", "syntax = \"proto3\"; message M { int32 two_words = 1; int32 three_long_words = 2 [json_name = \"3\"]; }");
        await PeerProcess.RunAsync(PythonProtoc.Program, $"-I{_workspace.Root}", $"-o{_workspace.PathOf("set")}", "two_words.proto");
        await PeerProcess.RunAsync(PythonProtoc.Program, $"--descriptor_set_in={_workspace.PathOf("set")}", $"--python_out={_workspace.Root}", "two_words.proto");
        AssertRuns("--descriptor_set_in={}/set", "--python_out={}/out", "two_words.proto");
        Assert.Equal(File.ReadAllText(_workspace.PathOf("two_words_pb2.py")), File.ReadAllText(_workspace.PathOf("out/two_words_pb2.py")));
    }

    private void AssertRuns(params string[] words)
    {
        var (exitCode, _, errors) = _workspace.Run(words);
        Assert.Empty(errors);
        Assert.Equal(0, exitCode);
    }
}
