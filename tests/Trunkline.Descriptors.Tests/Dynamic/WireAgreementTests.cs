using System.Text;
using Trunkline.Harness.Peers;

namespace Trunkline.Descriptors.Tests.Dynamic;

/// <summary>Random bytes are read or refused, and printed, as by protoc.</summary>
public class WireAgreementTests
{
    // Each costs a run of protoc of about ten milliseconds.
    private const int Samples = 150;

    [ProtocFact]
    public async Task RandomFields_ArePrintedByNumberAsByProtoc()
    {
        var random = new Random(1);
        for (var sample = 0; sample < Samples; sample++)
        {
            var bytes = WireSamples.RandomFields(random);
            bytes = sample % 2 == 0 ? bytes : WireSamples.Damage(bytes, random);
            var expected = await Protoc.ConvertAsync(bytes, "--decode_raw");
            AssertSame(expected, WireSamples.PrintRaw(bytes), bytes);
        }
    }

    [ProtocTheory]
    [InlineData("cargo2")]
    [InlineData("cargo3")]
    [InlineData("cargo2023")]
    public async Task DamagedMessages_AreReadOrRefusedAsByProtoc(string file)
    {
        var random = new Random(2);
        var whole = Cargo.Message(file).ToByteArray();
        for (var sample = 0; sample < Samples; sample++)
        {
            var bytes = WireSamples.Damage(whole, random);
            AssertSame(await Cargo.DecodeAsync(file, bytes), Print(file, bytes), bytes);
        }
    }

    private static string? Print(string file, byte[] bytes)
    {
        try
        {
            return DynamicMessage.Read(Cargo.Load(file), bytes).ToString();
        }
        catch (DescriptorFormatException)
        {
            // Refused, which the caller compares.
            return null;
        }
    }

    private static void AssertSame((int ExitCode, byte[] Output, string Errors) expected, string? printed, byte[] bytes)
    {
        var isRead = expected.ExitCode == 0;
        Assert.True(isRead == printed is not null, $"{Convert.ToHexString(bytes)}: protoc ends with {expected.ExitCode} {expected.Errors}");
        if (isRead)
        {
            Assert.Equal(Encoding.ASCII.GetString(expected.Output), printed);
        }
    }
}
