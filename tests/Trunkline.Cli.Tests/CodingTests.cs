using System.Diagnostics;
using System.Text;
using Trunkline.Cli.Protoc;
using Trunkline.Harness.Peers;
using Peer = Trunkline.Harness.Peers.Protoc;

namespace Trunkline.Cli.Tests;

/// <summary><c>--encode</c>, <c>--decode</c> and <c>--decode_raw</c>: bytes out, errors and exit code are those of protoc for the same input.</summary>
public sealed class CodingTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("trunkline-");

    public CodingTests() => File.WriteAllText(Path.Combine(_folder.FullName, "parcel.proto"), """
        syntax = "proto2";
        package post;
        message Parcel {
          required string to = 1;
          optional Parcel inside = 2;
          map<string, int32> stamps = 3;
          optional bytes label = 4;
          optional int32 old = 5 [deprecated = true];
        }
        """);

    public void Dispose() => _folder.Delete(recursive: true);

    public static TheoryData<string, string> Texts => new()
    {
        { "--encode=post.Parcel", "to: 'Ada' stamps { key: 'b' value: 2 } stamps { key: 'a' value: 1 } label: '\\000\\r\\n\\377'" },
        { "--encode=post.Parcel --deterministic_output", "to: 'Ada' stamps { key: 'b' value: 2 } stamps { key: 'a' value: 1 } stamps { key: 'b' value: 3 }" },
        { "--encode=post.Parcel", "" },
        { "--encode=post.Parcel", "inside { inside { } }" },
        { "--encode=post.Parcel", "to: 'Ada' old: 5" },
        { "--encode=post.Parcel --error_format=msvs", "to: 'Ada' old: 5" },
        { "--encode=post.Parcel", "to: 'Ada'\n  nope: 1" },
        { "--encode=post.Parcel --error_format=msvs", "to: 'Ada'\n  nope: 1" },
        { "--encode=post.Parcel", "to: \"Ada\n" },
        { "--encode=post.Letter", "to: 'Ada'" },
        { "--encode=.post.Parcel", "to: 'Ada'" },
        { "--decode=post.Letter", "" },
        { "--decode=post.Parcel", "" },
        { "--decode=post.Parcel", "\n\u0003Ada\u0012\u0005\n\u0003Bob\u001a\u0005\n\u0001a\u0010\u0001" },
        { "--decode_raw", "\n\u0003Ada\u0012\u0005\n\u0003Bob\u001a\u0005\n\u0001a\u0010\u0001" },
        { "--decode_raw", "" },
    };

    [ProtocTheory]
    [MemberData(nameof(Texts))]
    public async Task Run_LeavesWhatProtocLeaves(string flags, string input)
    {
        var bytes = Encoding.Latin1.GetBytes(input);
        var expected = await Peer.ConvertAsync(bytes, Words(flags));
        var (exitCode, output, errors) = Run(bytes, Words(flags));
        Assert.Equal((expected.ExitCode, expected.Errors), (exitCode, errors));
        Assert.Equal(expected.Output, output);
    }

    [ProtocTheory]
    [InlineData("--decode=post.Parcel")]
    [InlineData("--decode_raw")]
    public async Task BrokenMessage_FailsAsWithProtocAndSaysWhere(string flags)
    {
        byte[] broken = [0x0A, 0x03, (byte)'A'];
        var expected = await Peer.ConvertAsync(broken, Words(flags));
        var (exitCode, output, errors) = Run(broken, Words(flags));
        Assert.Equal((1, "Failed to parse input.\n"), (expected.ExitCode, expected.Errors));
        Assert.Equal((1, "input: byte 1, field 1: the length 3 goes past the end of the input, which has 1 bytes left.\nFailed to parse input.\n"), (exitCode, errors));
        Assert.Empty(output);
    }

    [Fact]
    public void InvalidText_IsEncodedAndReported()
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "parcel.proto"), "syntax = \"proto3\"; package post; message Parcel { string to = 1; }");
        var (exitCode, output, errors) = Run("to: '\\377'"u8.ToArray(), Words("--encode=post.Parcel"));
        Assert.Equal((0, "String field 'post.Parcel.to' contains invalid UTF-8 data when serializing a protocol buffer. Use the 'bytes' type if you intend to send raw bytes.\n"), (exitCode, errors));
        Assert.Equal([0x0A, 0x01, 0xFF], output);
    }

    [Fact]
    public void FileWithErrors_IsReportedAndNothingRead()
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "parcel.proto"), "message {");
        var (exitCode, output, errors) = Run("to: 'Ada'"u8.ToArray(), Words("--encode=post.Parcel"));
        Assert.Equal(1, exitCode);
        Assert.Empty(output);
        Assert.Contains("parcel.proto:1:9", errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Streams_ThatFail_AreReported()
    {
        Assert.Equal((1, "input: I/O error.\n"), RunOver(new BrokenStream(), Stream.Null));
        Assert.Equal((1, "output: I/O error.\n"), RunOver(new MemoryStream("to: 'Ada'"u8.ToArray()), new BrokenStream()));
    }

    [Fact]
    public async Task Process_PassesEveryByte()
    {
        var content = Enumerable.Range(0, 256).Select(value => (byte)value).ToArray();
        byte[] message = [0x0A, 0x00, 0x22, 0x80, 0x02, .. content];
        var text = await StartAsync(message, Words("--decode=post.Parcel"));
        Assert.StartsWith("to: \"\"\nlabel: \"\\000\\001", Encoding.ASCII.GetString(text), StringComparison.Ordinal);
        Assert.Equal(message, await StartAsync(text, Words("--encode=post.Parcel")));
    }

    private static async Task<byte[]> StartAsync(byte[] input, string[] words)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(ProtocCommand).Assembly.Location, "protoc", .. words])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        using var process = Process.Start(start)!;
        using var output = new MemoryStream();
        var reading = process.StandardOutput.BaseStream.CopyToAsync(output);
        await process.StandardInput.BaseStream.WriteAsync(input);
        process.StandardInput.Close();
        await reading;
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
        return output.ToArray();
    }

    private static (int ExitCode, byte[] Output, string Errors) Run(byte[] input, string[] words)
    {
        using var errors = new StringWriter { NewLine = "\n" };
        using var output = new MemoryStream();
        var console = new ProtocConsole { Output = TextWriter.Null, Errors = errors, OpenInput = () => new MemoryStream(input), OpenOutput = () => output };
        var exitCode = new ProtocCommand(console).Run(words, CancellationToken.None);
        return (exitCode, output.ToArray(), errors.ToString());
    }

    private string[] Words(string flags) => flags == "--decode_raw" ? [flags] : [$"-I{_folder.FullName}", .. flags.Split(' '), "parcel.proto"];

    private (int ExitCode, string Errors) RunOver(Stream input, Stream output)
    {
        using var errors = new StringWriter { NewLine = "\n" };
        var console = new ProtocConsole { Output = TextWriter.Null, Errors = errors, OpenInput = () => input, OpenOutput = () => output };
        return (new ProtocCommand(console).Run(Words("--encode=post.Parcel"), CancellationToken.None), errors.ToString());
    }

    /// <summary>A pipe whose other end is gone.</summary>
    private sealed class BrokenStream : MemoryStream
    {
        public override int Read(byte[] buffer, int offset, int count) => throw new IOException("gone");

        public override int Read(Span<byte> buffer) => throw new IOException("gone");

        public override void CopyTo(Stream destination, int bufferSize) => throw new IOException("gone");

        public override void Write(byte[] buffer, int offset, int count) => throw new IOException("gone");

        public override void Write(ReadOnlySpan<byte> buffer) => throw new IOException("gone");
    }
}
