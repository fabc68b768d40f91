using System.Text;
using Trunkline.Compiler;
using Trunkline.Descriptors;
using GeneratedFile = Trunkline.Compiler.GeneratedFile;

namespace Trunkline.Cli.Tests;

/// <summary>Being a plugin: what a generator's program answers to requests, good and bad.</summary>
public sealed class GeneratorProgramTests
{
    private static readonly FileDescriptorProto File = new() { Name = "a.proto", Syntax = "proto3", Package = "a" };

    [Fact]
    public void Answer_HasTheFilesAndWhatIsSupported()
    {
        var (exitCode, answer, errors) = Run(new Listing(), Request("x=1", [File], ["a.proto"]));
        Assert.Equal((0, ""), (exitCode, errors));
        Assert.Null(answer!.Error);
        Assert.Equal(("a.proto.txt", "x=1"), (answer.Files.Single().Name, answer.Files.Single().Content));
        Assert.Equal((3UL, (int)Edition.Proto2, (int)Edition.Edition2024), (answer.SupportedFeatures, answer.MinimumEdition, answer.MaximumEdition));
    }

    [Fact]
    public void Answer_KeepsBytesAndInsertionPoints()
    {
        byte[] bytes = [0xFF, 0, 0x80];
        var generator = new Fixed(new GeneratedFiles { Files = [new GeneratedFile("x", bytes) { InsertionPoint = "p" }] });
        using var output = new MemoryStream();
        GeneratorProgram.Run(generator, "test", new MemoryStream(Request("", [File], ["a.proto"])), output, TextWriter.Null, CancellationToken.None);
        byte[] file = [0x0A, 1, (byte)'x', 0x12, 1, (byte)'p', 0x7A, 3, .. bytes];
        Assert.EndsWith(Convert.ToHexString(file), Convert.ToHexString(output.ToArray()), StringComparison.Ordinal);
    }

    [Fact]
    public void Error_GoesIntoTheAnswerWithExitCode0()
    {
        var (exitCode, answer, errors) = Run(new Fixed(GeneratedFiles.Failed("a.proto: no")), Request("", [File], ["a.proto"]));
        Assert.Equal((0, "a.proto: no", ""), (exitCode, answer!.Error, errors));
        Assert.Empty(answer.Files);
    }

    [Fact]
    public void GeneratorThatThrows_IsNamedWithExitCode1()
    {
        var (exitCode, answer, errors) = Run(new Throwing(), Request("", [File], ["a.proto"]));
        Assert.Equal(1, exitCode);
        Assert.Null(answer);
        Assert.StartsWith("test: System.InvalidOperationException: a fault", errors, StringComparison.Ordinal);
    }

    [Fact]
    public void GeneratorOfTheGuide_ListsMessages()
    {
        var file = new FileDescriptorProto { Name = "m.proto", MessageTypes = { new DescriptorProto { Name = "A" }, new DescriptorProto { Name = "B" } } };
        var (_, answer, _) = Run(new Inventory(), Request("", [File, file], ["m.proto"]));
        Assert.Equal(("m.proto.txt", "A\nB"), (answer!.Files.Single().Name, answer.Files.Single().Content));
    }

    public static TheoryData<string, byte[]> BadRequests => new()
    {
        { "test: the request names no file to generate; a compiler sends one on the standard input.\n", [] },
        { "test: the request names no file to generate; a compiler sends one on the standard input.\n", Request("", [File], []) },
        { "test: the request asks for b.proto but does not have that file.\n", Request("", [File], ["a.proto", "b.proto"]) },
        { "test: the request has a file without a name.\n", Request("", [new FileDescriptorProto()], ["a.proto"]) },
        {
            "test: the request has c.proto but not, in front of it, what that imports: a.proto.\n",
            Request("", [new FileDescriptorProto { Name = "c.proto", Dependencies = { "a.proto" } }, File], ["c.proto"])
        },
        {
            "test: the standard input is no CodeGeneratorRequest: Broken bytes at offset 1, field 13: the length 117 goes past the end of the input, which has 3 bytes left.\n",
            Encoding.UTF8.GetBytes("junk\n")
        },
    };

    [Theory]
    [MemberData(nameof(BadRequests))]
    public void RequestThatIsNone_IsSaidWithExitCode1(string words, byte[] request)
    {
        var (exitCode, answer, errors) = Run(new Listing(), request);
        Assert.Equal((1, words), (exitCode, errors));
        Assert.Null(answer);
    }

    [Fact]
    public void RequestCutAnywhere_IsNeverACrash()
    {
        byte[] request = Request("x", [File, new FileDescriptorProto { Name = "b.proto", Dependencies = { "a.proto" } }], ["b.proto", "a.proto"]);
        for (int length = 0; length < request.Length; length++)
        {
            var (exitCode, _, errors) = Run(new Listing(), request[..length]);
            Assert.True(exitCode == 0 ? errors.Length == 0 : errors is ['t', 'e', 's', 't', ':', ..] && !errors.Contains("Exception", StringComparison.Ordinal), $"{length}: {errors}");
        }
    }

    [Fact]
    public void JointGenerator_GivesEachOptionToAllThatTakeIt()
    {
        var joint = new JointGenerator(new Listing("x", "y") { End = ".1" }, new Listing("y", "z") { End = ".2" });
        var (_, answer, _) = Run(joint, Request("x,y=2,z,", [File], ["a.proto"]));
        Assert.Equal(["a.proto.1: x,y=2", "a.proto.2: y=2,z"], answer!.Files.Select(file => $"{file.Name}: {file.Content}"));
        var (_, refused, _) = Run(joint, Request("x,w", [File], ["a.proto"]));
        Assert.Equal("no option w", refused!.Error);
    }

    [Fact]
    public void JointGenerator_SupportsWhatAllSupport()
    {
        var joint = new JointGenerator(
            new Fixed(new GeneratedFiles { MinimumEdition = Edition.Edition2023, SupportedFeatures = PluginFeatures.SupportsEditions }),
            new Fixed(new GeneratedFiles { MaximumEdition = Edition.Edition2023 }));
        var (_, answer, _) = Run(joint, Request("", [File], ["a.proto"]));
        Assert.Equal((2UL, (int)Edition.Edition2023, (int)Edition.Edition2023), (answer!.SupportedFeatures, answer.MinimumEdition, answer.MaximumEdition));
    }

    private static byte[] Request(string parameter, FileDescriptorProto[] files, string[] wanted)
    {
        var request = new CodeGeneratorRequest { Parameter = parameter };
        request.ProtoFiles.AddRange(files);
        request.FilesToGenerate.AddRange(wanted);
        return request.ToByteArray();
    }

    private static (int ExitCode, CodeGeneratorResponse? Answer, string Errors) Run(IGenerator generator, byte[] request)
    {
        using var output = new MemoryStream();
        using var errors = new StringWriter { NewLine = "\n" };
        int exitCode = GeneratorProgram.Run(generator, "test", new MemoryStream(request), output, errors, CancellationToken.None);
        return (exitCode, output.Length == 0 ? null : CodeGeneratorResponse.Read(output.ToArray()), errors.ToString());
    }

    // As it stands in docs/guides/code-generation.md.
    private sealed class Inventory : IGenerator
    {
        public GeneratedFiles Generate(GeneratorRequest request, CancellationToken cancellationToken) => new()
        {
            Files = [.. request.Files.Where(file => request.FilesToGenerate.Contains(file.Name!)).Select(file =>
                new GeneratedFile($"{file.Name}.txt", string.Join('\n', file.MessageTypes.Select(message => message.Name))))],
        };
    }

    private sealed class Listing(params string[] options) : IGenerator
    {
        public string End { get; init; } = ".txt";

        public GeneratedFiles Generate(GeneratorRequest request, CancellationToken cancellationToken)
            => options.Length > 0 && Array.Find(request.Parameter.Split(','), option => option.Length > 0 && !options.Contains(option.Split('=')[0])) is { } unknown
                ? GeneratedFiles.Failed($"no option {unknown}")
                : new GeneratedFiles { Files = [.. request.FilesToGenerate.Select(name => new GeneratedFile(name + End, request.Parameter))] };
    }

    private sealed class Fixed(GeneratedFiles answer) : IGenerator
    {
        public GeneratedFiles Generate(GeneratorRequest request, CancellationToken cancellationToken) => answer;
    }

    private sealed class Throwing : IGenerator
    {
        public GeneratedFiles Generate(GeneratorRequest request, CancellationToken cancellationToken) => throw new InvalidOperationException("a fault");
    }
}
