using Trunkline.Compiler.Syntax;
using Trunkline.Descriptors;
using Trunkline.Harness.Peers;

namespace Trunkline.Compiler.Tests.Features;

/// <summary>What each edition has, as descriptor.proto declares it.</summary>
public class FeatureDefaultsTests
{
    [ProtocTheory]
    [InlineData(Edition.Proto2)]
    [InlineData(Edition.Proto3)]
    [InlineData(Edition.Edition2023)]
    [InlineData(Edition.Edition2024)]
    public void Defaults_EqualProtocs(Edition edition)
    {
        FeatureSetEditionDefault theirs = ByProtoc().Defaults.Last(candidate => candidate.Edition <= edition);
        var expected = new FeatureSet();
        expected.MergeFrom(theirs.FixedFeatures!.ToByteArray());
        expected.MergeFrom(theirs.OverridableFeatures!.ToByteArray());
        Assert.Equal(expected.ToByteArray(), ProtoCompiler.CarriedDefaults.Value.For(edition).ToByteArray());
    }

    [Fact]
    public void OlderDescriptorFile_LeavesTheCarriedDefaults()
    {
        var sources = new MemorySourceProvider();
        sources.Add("google/protobuf/descriptor.proto", "syntax = \"proto2\"; package google.protobuf; message FileOptions {}");
        sources.Add("x.proto", "edition = \"2023\"; import \"google/protobuf/descriptor.proto\"; enum E { ONE = 1; } message M { google.protobuf.FileOptions o = 1; }");
        CompilationResult result = ProtoCompiler.Compile(new CompilerOptions { Files = ["x.proto"], Sources = sources });
        Assert.Equal("The first enum value must be zero for open enums.", Assert.Single(result.Diagnostics).Message);
    }

    [Fact]
    public void EditionNames_AreThoseOfDescriptorProto()
    {
        CompilationResult result = ProtoCompiler.Compile(new CompilerOptions { Files = ["google/protobuf/descriptor.proto"], Sources = new MemorySourceProvider() });
        EnumDescriptorProto editions = result.Files[0].EnumTypes.Single(type => type.Name == "Edition");
        Assert.All(editions.Values, value => Assert.Equal(value.Name, "EDITION_" + EditionNames.NameOf((Edition)value.Number!)));
    }

    private static FeatureSetDefaults ByProtoc()
    {
        string output = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            Protoc.Run(
                "-I",
                Protoc.IncludePath,
                $"--edition_defaults_out={output}",
                "--edition_defaults_minimum=PROTO2",
                "--edition_defaults_maximum=2024",
                "google/protobuf/descriptor.proto");
            return FeatureSetDefaults.Read(File.ReadAllBytes(output));
        }
        finally
        {
            File.Delete(output);
        }
    }
}
