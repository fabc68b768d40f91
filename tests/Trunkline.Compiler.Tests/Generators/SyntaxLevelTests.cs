using Trunkline.Descriptors;

namespace Trunkline.Compiler.Tests.Generators;

/// <summary>The C# generators take every syntax level, and say why when descriptors do not fit together.</summary>
public class SyntaxLevelTests
{
    public static TheoryData<string?, Edition?> Levels => new()
    {
        { null, null },
        { "proto3", null },
        { "editions", Edition.Edition2023 },
        { "editions", Edition.Edition2024 },
    };

    [Theory]
    [MemberData(nameof(Levels))]
    public void FileOfEveryLevel_IsGenerated(string? syntax, Edition? edition)
    {
        var request = RequestFor(File(syntax, edition));
        foreach (var generator in new IGenerator[] { new CSharpGenerator(), new CSharpGrpcGenerator() })
        {
            var result = generator.Generate(request, CancellationToken.None);
            Assert.Null(result.Error);
            Assert.Single(result.Files);
        }
    }

    [Fact]
    public void FilesThatDoNotFitTogether_AreAnError()
    {
        var file = File(null, null);
        file.MessageTypes[0].Fields.Add(new FieldDescriptorProto { Name = "f", Number = 1, Type = FieldType.Message, TypeName = ".Missing" });
        var result = new CSharpGenerator().Generate(RequestFor(file), CancellationToken.None);
        Assert.Empty(result.Files);
        Assert.Contains("a.proto: M.f has type Message \".Missing\"", result.Error, StringComparison.Ordinal);
    }

    private static GeneratorRequest RequestFor(FileDescriptorProto file) => new() { Files = [file], FilesToGenerate = ["a.proto"] };

    private static FileDescriptorProto File(string? syntax, Edition? edition)
    {
        FileDescriptorProto file = new() { Name = "a.proto", Syntax = syntax, Edition = edition };
        file.MessageTypes.Add(new DescriptorProto { Name = "M" });
        file.Services.Add(new ServiceDescriptorProto { Name = "S" });
        return file;
    }
}
