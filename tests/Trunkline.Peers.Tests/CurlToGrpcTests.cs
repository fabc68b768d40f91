using Trunkline.Harness;
using Trunkline.Harness.Peers;

namespace Trunkline.Peers.Tests;

/// <summary>Requests that are HTTP/2 but not gRPC, by curl, and what the gRPC server says to them; after each it still serves.</summary>
public sealed class CurlToGrpcTests(InteropHost host) : IClassFixture<InteropHost>
{
    private const string Call = "/grpc.testing.TestService/EmptyCall";
    private const string Grpc = "content-type: application/grpc";

    /// <summary>Each row: method, path, header, extra header, then the HTTP status and the gRPC status of the answer.</summary>
    [PeerTheory("curl")]
    [InlineData("GET", Call, Grpc, "te: trailers", "405", "13")]
    [InlineData("POST", Call, "content-type: application/json", "te: trailers", "415", "3")]
    [InlineData("POST", Call, "content-type: application/grpc-web", "te: trailers", "415", "3")]
    [InlineData("POST", "/no.Such/Method", Grpc, "te: trailers", "200", "12")]
    [InlineData("POST", "/grpc.testing.TestService/Absent", Grpc, "te: trailers", "200", "12")]
    [InlineData("POST", "/nothing", Grpc, "te: trailers", "200", "12")]
    [InlineData("POST", Call, Grpc, "grpc-timeout: soon", "400", "13")]
    [InlineData("POST", Call, Grpc, "some-bin: !", "400", "13")]
    [InlineData("POST", Call, Grpc, "grpc-timeout: 0n", "200", "4")]
    public async Task Curl_NotARightCall_OurServer_AnswersAsTheProtocolSays(
        string method, string path, string contentType, string header, string httpStatus, string grpcStatus)
    {
        string answer = await CurlAsync(["--request", method, "--header", contentType, "--header", header], path);
        Assert.Contains($"HTTP/2 {httpStatus}", answer, StringComparison.Ordinal);
        Assert.Contains($"grpc-status: {grpcStatus}", answer, StringComparison.Ordinal);
        await ExpectServedAsync();
    }

    [PeerFact("curl")]
    public async Task Curl_Http1_OurServer_IsToldSoAndStillServes()
    {
        await using PeerProcess curl = PeerProcess.Start("curl", ["--silent", "--show-error", "--http1.1", "--max-time", "10", Url(Call)]);
        int exitCode = await curl.WaitForExitAsync(TimeSpan.FromSeconds(20));
        Assert.Contains("This port speaks HTTP/2", curl.Transcript, StringComparison.Ordinal);
        Assert.Equal(0, exitCode);
        await ExpectServedAsync();
    }

    /// <summary>An empty message: the flag and a length of zero.</summary>
    private async Task ExpectServedAsync()
    {
        string body = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(body, new byte[5]);
            string answer = await CurlAsync(["--data-binary", $"@{body}", "--header", Grpc, "--header", "te: trailers"], Call);
            Assert.Contains("HTTP/2 200", answer, StringComparison.Ordinal);
            Assert.Contains("grpc-status: 0", answer, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(body);
        }
    }

    private Task<string> CurlAsync(string[] options, string path) => PeerProcess.RunAsync(
        "curl", ["--silent", "--show-error", "--http2-prior-knowledge", "--max-time", "10", "--dump-header", "-", "--output", "/dev/null", .. options, Url(path)]);

    private string Url(string path) => $"http://localhost:{host.ClientFlags(Line.Cleartext)[0].Split('=')[1]}{path}";
}
