using System.Text;
using Trunkline.Harness.Peers;

namespace Trunkline.Descriptors.Tests.Text;

/// <summary>Texts become the bytes that protoc makes of them, and messages the text that protoc prints.</summary>
public class TextAgreementTests
{
    [ProtocTheory]
    [InlineData("cargo2")]
    [InlineData("cargo3")]
    [InlineData("cargo2023")]
    public async Task CorpusText_IsEncodedAsByProtoc(string file)
    {
        var expected = await Cargo.EncodeAsync(file, Cargo.Text(file));
        Assert.Equal((0, ""), (expected.ExitCode, expected.Errors));
        Assert.Equal(expected.Output, Cargo.Message(file).ToByteArray());
    }

    [ProtocTheory]
    [InlineData("cargo2")]
    [InlineData("cargo3")]
    [InlineData("cargo2023")]
    public async Task CorpusText_IsEncodedAsByProtocWithSortedMaps(string file)
    {
        var expected = await Cargo.EncodeAsync(file, Cargo.Text(file), "--deterministic_output");
        Assert.Equal(expected.Output, Cargo.Message(file).ToByteArray(deterministic: true));
    }

    [ProtocTheory]
    [InlineData("cargo2")]
    [InlineData("cargo3")]
    [InlineData("cargo2023")]
    public async Task CorpusMessage_IsPrintedAsByProtoc(string file)
    {
        var bytes = Cargo.Message(file).ToByteArray();
        var expected = await Cargo.DecodeAsync(file, bytes);
        Assert.Equal((0, ""), (expected.ExitCode, expected.Errors));
        Assert.Equal(Encoding.ASCII.GetString(expected.Output), TextFormat.Print(DynamicMessage.Read(Cargo.Load(file), bytes)));
    }

    [ProtocTheory]
    [InlineData("cargo2")]
    [InlineData("cargo3")]
    [InlineData("cargo2023")]
    public async Task CorpusMessage_IsPrintedByNumberAsByProtoc(string file)
    {
        var bytes = Cargo.Message(file).ToByteArray();
        Assert.Equal(Encoding.ASCII.GetString((await Protoc.ConvertAsync(bytes, "--decode_raw")).Output), WireSamples.PrintRaw(bytes));
    }

    /// <summary>Every message of every file: random messages are printed as by protoc, and what is printed is encoded as by protoc.</summary>
    [ProtocTheory]
    [InlineData("everything2.proto")]
    [InlineData("everything2024.proto")]
    [InlineData("parcels.proto")]
    [InlineData("cargo2.proto")]
    [InlineData("cargo3.proto")]
    [InlineData("cargo2023.proto")]
    [InlineData("google/protobuf/descriptor.proto")]
    public async Task RandomMessages_OfEveryType_GoBothWaysAsByProtoc(string file)
    {
        var registry = SchemaRegistry.Create(FileDescriptorSet.Read(Protoc.DescriptorSet(Cargo.ProtoRoot, file)).Files);
        var schemas = registry.Messages.Where(schema => schema.File == file && !schema.IsMapEntry).ToArray();
        Assert.NotEmpty(schemas);
        for (var index = 0; index < schemas.Length; index++)
        {
            var message = RandomMessages.Make(schemas[index], new Random(index));
            string[] flags = ["-I", Cargo.ProtoRoot, "-I", Protoc.IncludePath, file];
            var text = await Protoc.ConvertAsync(message.ToByteArray(), [$"--decode={schemas[index]}", .. flags]);
            Assert.Equal((schemas[index], Encoding.ASCII.GetString(text.Output)), (schemas[index], message.ToString()));
            var bytes = await Protoc.ConvertAsync(text.Output, [$"--encode={schemas[index]}", .. flags]);
            Assert.Equal(bytes.Output, TextFormat.Parse(schemas[index], message.ToString()).ToByteArray());
            Assert.Equal((0, 0), (text.ExitCode, bytes.ExitCode));
        }
    }

    [ProtocTheory]
    [InlineData("cargo2")]
    [InlineData("cargo3")]
    [InlineData("cargo2023")]
    public void CorpusMessage_PrintedAndParsed_PrintsTheSame(string file)
    {
        var message = Cargo.Message(file);
        var read = TextFormat.Parse(message.Schema, message.ToString());
        Assert.Equal(message.ToString(), read.ToString());
    }
}
