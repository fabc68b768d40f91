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
