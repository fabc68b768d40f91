using Trunkline.Harness.Peers;

namespace Trunkline.Descriptors.Tests;

/// <summary>The schemas of Protos/cargo*.proto, out of protoc, and protoc run over them.</summary>
internal static class Cargo
{
    public static readonly string ProtoRoot = Path.Combine(AppContext.BaseDirectory, "Protos");

    private static readonly Lazy<SchemaRegistry> AllTypes = new(() =>
        SchemaRegistry.Create(FileDescriptorSet.Read(Protoc.DescriptorSet(ProtoRoot, "cargo2.proto", "cargo3.proto", "cargo2023.proto")).Files));

    public static SchemaRegistry Registry => AllTypes.Value;

    /// <summary>The message Load of a file such as <c>cargo2</c>.</summary>
    public static MessageSchema Load(string file) => Registry.FindMessage($"{file}.Load")!;

    /// <summary>What protoc makes of a text.</summary>
    public static Task<(int ExitCode, byte[] Output, string Errors)> EncodeAsync(string file, byte[] text, params string[] flags)
        => Protoc.ConvertAsync(text, ["-I", ProtoRoot, "-I", Protoc.IncludePath, $"--encode={file}.Load", .. flags, $"{file}.proto"]);

    /// <summary>What protoc makes of a message.</summary>
    public static Task<(int ExitCode, byte[] Output, string Errors)> DecodeAsync(string file, byte[] bytes)
        => Protoc.ConvertAsync(bytes, "-I", ProtoRoot, "-I", Protoc.IncludePath, $"--decode={file}.Load", $"{file}.proto");

    /// <summary>A corpus text.</summary>
    public static byte[] Text(string file) => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Texts", $"{file}.txtpb"));

    /// <summary>The message of a corpus text.</summary>
    public static DynamicMessage Message(string file)
    {
        var message = new DynamicMessage(Load(file));
        Assert.True(TextFormat.TryParse(Text(file), message, out var problems), string.Join('\n', problems));
        return message;
    }
}
