namespace Trunkline.Compiler.Tests.Generators.Python;

/// <summary>What the Python generators do that protoc 3.21 does not: relative imports, and words about what they cannot do.</summary>
public sealed class PythonGeneratorTests
{
    private const string Leaf = "syntax = \"proto3\"; package leaf; message Leaf {}";
    private const string Edition = "edition = \"2023\"; package leaf; message Leaf {}";

    public static TheoryData<IGenerator> Generators => [new PythonGenerator(), new PythonStubGenerator(), new PythonGrpcGenerator()];

    [Theory]
    [InlineData("a/b/user.proto", "a/b/leaf.proto", "from . import leaf_pb2 as ")]
    [InlineData("user.proto", "leaf.proto", "from . import leaf_pb2 as ")]
    [InlineData("user.proto", "a/b/leaf.proto", "from .a.b import leaf_pb2 as ")]
    [InlineData("a/b/user.proto", "leaf.proto", "from ... import leaf_pb2 as ")]
    [InlineData("a/b/user.proto", "a/leaf.proto", "from .. import leaf_pb2 as ")]
    [InlineData("a/b/user.proto", "a/c/leaf.proto", "from ..c import leaf_pb2 as ")]
    [InlineData("a/b/user.proto", "c/d/leaf.proto", "from ...c.d import leaf_pb2 as ")]
    public void RelativeImports_StartFromTheModule(string user, string leaf, string import)
    {
        CompilationResult compilation = PythonCode.CompileTexts(
            (user, $"syntax = \"proto3\"; import \"{leaf}\"; message User {{ leaf.Leaf leaf = 1; }} service S {{ rpc M(leaf.Leaf) returns (leaf.Leaf); }}"), (leaf, Leaf));
        foreach (IGenerator generator in new IGenerator[] { new PythonGenerator(), new PythonStubGenerator(), new PythonGrpcGenerator() })
        {
            Assert.Contains($"\n{import}", "\n" + Content(generator, compilation), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void RelativeImports_OfPublicNames_AreRelativeToo()
    {
        CompilationResult compilation = PythonCode.CompileTexts(("a/user.proto", "syntax = \"proto3\"; import public \"leaf.proto\";"), ("leaf.proto", Leaf));
        Assert.Contains("\nfrom ..leaf_pb2 import *\n", Content(new PythonGenerator(), compilation), StringComparison.Ordinal);
        Assert.Contains("\nfrom ..leaf_pb2 import Leaf\n", Content(new PythonStubGenerator(), compilation), StringComparison.Ordinal);
    }

    [Fact]
    public void RelativeImports_OfKeywords_GoThroughImportlib()
    {
        CompilationResult compilation = PythonCode.CompileTexts(
            ("a/user.proto", "syntax = \"proto3\"; import \"import/leaf.proto\"; message User { leaf.Leaf leaf = 1; }"), ("import/leaf.proto", Leaf));
        Assert.Contains("importlib.import_module('..import.leaf_pb2', __package__)", Content(new PythonGenerator(), compilation), StringComparison.Ordinal);
    }

    [Fact]
    public void RelativeImports_OfTheRuntime_StayAbsolute()
    {
        CompilationResult compilation = PythonCode.CompileTexts(
            ("a/user.proto", "syntax = \"proto3\"; import \"google/protobuf/any.proto\"; message U { google.protobuf.Any any = 1; } "
                + "service S { rpc M(google.protobuf.Any) returns (google.protobuf.Any); }"));
        foreach (IGenerator generator in new IGenerator[] { new PythonGenerator(), new PythonStubGenerator(), new PythonGrpcGenerator() })
        {
            Assert.Contains("\nfrom google.protobuf import any_pb2 as ", "\n" + Content(generator, compilation), StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Generators))]
    public void EditionsFile_IsRefusedWithAWayOut(IGenerator generator)
    {
        string error = PythonCode.Run(generator, PythonCode.CompileTexts(("a.proto", Edition))).Error!;
        Assert.StartsWith("a.proto: this file uses edition 2023, and the Python code is for protobuf 4.21, which reads proto2 and proto3 alone.", error, StringComparison.Ordinal);
        Assert.Contains("Write a.proto in proto3 or proto2", error, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Generators))]
    public void FileThatNeedsAnEditionsFile_IsRefusedWithTheWayToIt(IGenerator generator)
    {
        string error = PythonCode.Run(generator, PythonCode.CompileTexts(
            ("user.proto", "syntax = \"proto3\"; import \"middle.proto\"; message User { middle.Middle middle = 1; }"),
            ("middle.proto", "syntax = \"proto3\"; package middle; import \"leaf.proto\"; message Middle { leaf.Leaf leaf = 1; }"),
            ("leaf.proto", Edition))).Error!;
        Assert.StartsWith("user.proto: imports middle.proto, which imports leaf.proto, a file of edition 2023;", error, StringComparison.Ordinal);
        Assert.Contains("Write leaf.proto in proto3 or proto2", error, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Generators))]
    public void UnknownOption_IsNamedWithTheKnownOnes(IGenerator generator)
    {
        string error = PythonCode.Run(generator, PythonCode.CompileTexts(("a.proto", Leaf)), "relative_import").Error!;
        Assert.StartsWith("Unknown generator option: relative_import. Known ", error, StringComparison.Ordinal);
        Assert.Contains("relative_imports", error, StringComparison.Ordinal);
    }

    [Fact]
    public void StubsBesideModules_AreThoseOfTheStubGenerator()
    {
        CompilationResult compilation = PythonCode.CompileTexts(("a.proto", Leaf));
        GeneratedFiles both = PythonCode.Run(new PythonGenerator(), compilation, "pyi_out");
        Assert.Equal(["a_pb2.pyi", "a_pb2.py"], both.Files.Select(file => file.Name));
        Assert.Equal(Content(new PythonStubGenerator(), compilation, ""), both.Files[0].Content);
    }

    private static string Content(IGenerator generator, CompilationResult compilation, string parameter = "relative_imports")
    {
        GeneratedFiles generated = PythonCode.Run(generator, compilation, parameter);
        Assert.Null(generated.Error);
        return Assert.Single(generated.Files).Content;
    }
}
