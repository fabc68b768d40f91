using Trunkline.Harness;
using Trunkline.Harness.Peers;

namespace Trunkline.Compiler.Tests.Generators.Python;

/// <summary>
/// Python code beside that of Debian's protoc 3.21 and grpc_python_plugin 1.51, byte for byte: the corpus of the compiler, files made for what is hard in Python, and
/// protoc's own. Whole trees go through <c>tests/Trunkline.Agreement</c>.
/// </summary>
public sealed class PythonAgreementTests
{
    [PeerFact(PythonProtoc.Program, PythonProtoc.Plugin)]
    public void Corpus_WhatProtoc321Reads_IsTheSame()
    {
        var compared = 0;
        foreach (var file in Corpus.Files)
        {
            // Editions and options of later years are beyond it.
            if (PythonProtoc.Make([Corpus.Folder, Protoc.IncludePath], [file]).Made is { } theirs)
            {
                PythonCode.AssertSame(theirs, PythonCode.MakeAll(PythonCode.Compile(Corpus.Folder, file)));
                compared++;
            }
        }

        Assert.True(compared >= 60, $"only {compared} files were compared");
    }

    [PeerTheory(PythonProtoc.Program, PythonProtoc.Plugin)]
    [InlineData("", "")]
    [InlineData("", "grpc_2_0")]
    [InlineData("cpp_generated_lib_linked", "")]
    public void HardNames_AreTheSame(string messages, string services)
    {
        var (theirs, errors) = PythonProtoc.Make([PythonCode.ProtoRoot, Protoc.IncludePath], PythonCode.ProtoFiles, (messages, services));
        Assert.True(theirs is not null, errors);
        PythonCode.AssertSame(theirs, PythonCode.MakeAll(PythonCode.Compile(PythonCode.ProtoRoot, PythonCode.ProtoFiles), messages, services));
    }

    [PeerFact(PythonProtoc.Program, PythonProtoc.Plugin)]
    public void ProtocsOwnFiles_AreTheSame()
    {
        string[] files = [.. Directory.EnumerateFiles(Protoc.IncludePath, "*.proto", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(Protoc.IncludePath, path))];
        Assert.Contains("google/protobuf/descriptor.proto", files);
        var (theirs, errors) = PythonProtoc.Make([Protoc.IncludePath], files);
        Assert.True(theirs is not null, errors);
        PythonCode.AssertSame(theirs, PythonCode.MakeAll(PythonCode.Compile(Protoc.IncludePath, files)));
    }
}
