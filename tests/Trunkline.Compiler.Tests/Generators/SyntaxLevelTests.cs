using Trunkline.Descriptors;

namespace Trunkline.Compiler.Tests.Generators;

/// <summary>The C# generators refuse what they would get wrong.</summary>
public class SyntaxLevelTests
{
    public static TheoryData<string?, Edition?, string> Levels => new()
    {
        { null, null, "proto2" },
        { "editions", Edition.Edition2023, "edition 2023" },
        { "editions", Edition.Edition2024, "edition 2024" },
    };

    [Theory]
    [MemberData(nameof(Levels))]
    public void FileToGenerate_NotProto3_IsNamedWithItsLevel(string? syntax, Edition? edition, string level)
    {
        foreach (IGenerator generator in new IGenerator[] { new CSharpGenerator(), new CSharpGrpcGenerator() })
        {
            GeneratedFiles result = generator.Generate(RequestFor(syntax, edition), CancellationToken.None);
            Assert.Empty(result.Files);
            Assert.Contains("old.proto", result.Error, StringComparison.Ordinal);
            Assert.Contains($"this one is {level}.", result.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void ImportedFile_NotProto3_IsFine()
    {
        FileDescriptorProto user = new() { Name = "user.proto", Syntax = "proto3" };
        user.Dependencies.Add("old.proto");
        GeneratorRequest request = new() { Files = [OldFile(null, null), user], FilesToGenerate = ["user.proto"] };
        Assert.Null(new CSharpGenerator().Generate(request, CancellationToken.None).Error);
    }

    private static GeneratorRequest RequestFor(string? syntax, Edition? edition)
        => new() { Files = [OldFile(syntax, edition)], FilesToGenerate = ["old.proto"] };

    private static FileDescriptorProto OldFile(string? syntax, Edition? edition)
    {
        FileDescriptorProto file = new() { Name = "old.proto", Syntax = syntax, Edition = edition };
        file.MessageTypes.Add(new DescriptorProto { Name = "M" });
        file.Services.Add(new ServiceDescriptorProto { Name = "S" });
        return file;
    }
}
