using Trunkline.Descriptors;
using Trunkline.Harness.Peers;

namespace Trunkline.Compiler.Tests;

/// <summary>Our descriptors beside protoc's, byte for byte.</summary>
public class DescriptorAgreementTests
{
    [ProtocFact]
    public void Corpus_Alone_EqualsProtoc() => AssertAgreement(includeImports: false, includeSourceInfo: false);

    [ProtocFact]
    public void Corpus_WithImports_EqualsProtoc() => AssertAgreement(includeImports: true, includeSourceInfo: false);

    [ProtocFact]
    public void Corpus_WithSourceInfo_EqualsProtoc() => AssertAgreement(includeImports: false, includeSourceInfo: true);

    [ProtocFact]
    public void Corpus_WithImportsAndSourceInfo_EqualsProtoc() => AssertAgreement(includeImports: true, includeSourceInfo: true);

    [ProtocFact]
    public void Corpus_WithRetainedOptions_EqualsProtoc() => AssertAgreement(includeImports: true, includeSourceInfo: false, retainOptions: true);

    [ProtocFact]
    public void Corpus_WithRetainedOptionsAndSourceInfo_EqualsProtoc() => AssertAgreement(includeImports: false, includeSourceInfo: true, retainOptions: true);

    [ProtocFact]
    public void Corpus_HasAtLeastFiftyFiles() => Assert.True(Corpus.Files.Length >= 50, $"{Corpus.Files.Length} files");

    [ProtocFact]
    public void WellKnownFiles_Carried_DeclareWhatProtocDeclares()
    {
        string[] names = [.. Directory.EnumerateFiles(Path.Combine(Protoc.IncludePath, "google", "protobuf"), "*.proto")
            .Select(path => "google/protobuf/" + Path.GetFileName(path)).Order(StringComparer.Ordinal)];
        CompilationResult carried = ProtoCompiler.Compile(new CompilerOptions { Files = names, Sources = new MemorySourceProvider() });
        FileDescriptorSet theirs = FileDescriptorSet.Read(Protoc.DescriptorSet(Protoc.IncludePath, names));
        foreach (FileDescriptorProto file in theirs.Files)
        {
            file.SourceCodeInfo = null;
        }

        Assert.Empty(carried.Diagnostics);
        Assert.Equal(theirs.ToByteArray(), carried.ToDescriptorSet(includeImports: true, includeSourceInfo: false).ToByteArray());
    }

    [Fact]
    public void PluginProto_IsCarried()
    {
        CompilationResult result = ProtoCompiler.Compile(new CompilerOptions
        {
            Files = ["google/protobuf/compiler/plugin.proto"],
            Sources = new MemorySourceProvider(),
        });
        Assert.Empty(result.Diagnostics);
        Assert.Equal(["google/protobuf/descriptor.proto", "google/protobuf/compiler/plugin.proto"], result.Files.Select(file => file.Name));
        Assert.Contains(result.Files[1].MessageTypes, message => message.Name == "CodeGeneratorResponse");
    }

    [ProtocTheory]
    [InlineData("public_top.proto", "public_middle.proto", "public_base.proto")]
    [InlineData("diamond.proto", "diamond_right.proto", "diamond_left.proto")]
    [InlineData("public_top.proto", "public_base.proto")]
    [InlineData("maps.proto", "scalars.proto")]
    public void SeveralFiles_AreOrderedAsProtocOrdersThem(params string[] files)
    {
        CompilationResult result = Corpus.Compile(Corpus.Folder, files);
        Assert.Equal(CompileByProtoc(files, includeImports: false, includeSourceInfo: true), result.ToDescriptorSet(includeImports: false, includeSourceInfo: true).ToByteArray());
    }

    /// <summary>File by file, since the corpus declares the same names again and again; all files that differ are named.</summary>
    private static void AssertAgreement(bool includeImports, bool includeSourceInfo, bool retainOptions = false)
    {
        List<string> different = [];
        foreach (string file in Corpus.Files)
        {
            CompilationResult result = Corpus.Compile(Corpus.Folder, file);
            Assert.DoesNotContain(result.Diagnostics, diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
            byte[] ours = result.ToDescriptorSet(includeImports, includeSourceInfo, retainOptions).ToByteArray();
            if (!ours.AsSpan().SequenceEqual(CompileByProtoc([file], includeImports, includeSourceInfo, retainOptions)))
            {
                different.Add(file);
            }
        }

        Assert.Empty(different);
    }

    private static byte[] CompileByProtoc(string[] files, bool includeImports, bool includeSourceInfo, bool retainOptions = false)
    {
        string output = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        List<string> arguments = ["-I", Corpus.Folder, "-I", Protoc.IncludePath, $"--descriptor_set_out={output}", .. files];
        if (includeImports)
        {
            arguments.Add("--include_imports");
        }

        if (includeSourceInfo)
        {
            arguments.Add("--include_source_info");
        }

        if (retainOptions)
        {
            arguments.Add("--retain_options");
        }

        try
        {
            Protoc.Run([.. arguments]);
            return File.ReadAllBytes(output);
        }
        finally
        {
            File.Delete(output);
        }
    }
}
