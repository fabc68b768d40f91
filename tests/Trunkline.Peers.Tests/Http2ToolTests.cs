using Trunkline.Harness;
using Trunkline.Harness.Peers;

namespace Trunkline.Peers.Tests;

/// <summary>HTTP/2 tools against our HTTP/2 engine alone, without gRPC: nghttp, h2load and curl to our server, our client to nghttpd.</summary>
public sealed class Http2ToolTests(InteropHost certificates) : IClassFixture<InteropHost>
{
    private const string Greeting = "Trunkline speaks HTTP/2.\n";

    [PeerTheory("nghttp")]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Nghttp_Get_OurServer_TakesTheWholeBody(bool isTls)
    {
        (PeerProcess server, string port) = await Programs.StartConformanceServerAsync(isTls);
        await using (server)
        {
            string transcript = await PeerProcess.RunAsync("nghttp", "-v", "--no-verify-peer", "--timeout=10", Url(isTls, port));
            Assert.Contains(":status: 200", transcript, StringComparison.Ordinal);
            Assert.Contains(Greeting.TrimEnd(), transcript, StringComparison.Ordinal);
            Assert.DoesNotContain("RST_STREAM", transcript, StringComparison.Ordinal);
        }
    }

    [PeerFact("nghttp")]
    public async Task Nghttp_PaddedPost_OurServer_EchoesIt()
    {
        (PeerProcess server, string port) = await Programs.StartConformanceServerAsync(isTls: false);
        string body = Path.GetTempFileName();
        await using (server)
        {
            try
            {
                await File.WriteAllTextAsync(body, string.Join('\n', Enumerable.Range(0, 20_000)));
                string echo = await PeerProcess.RunAsync("nghttp", "--data", body, "--padding=17", "--timeout=10", Url(isTls: false, port));
                Assert.Equal(await File.ReadAllTextAsync(body), echo);
            }
            finally
            {
                File.Delete(body);
            }
        }
    }

    /// <summary>nghttp's CONTINUATION test sends 17 KiB of fields in several frames; the server's limit is 16 KiB, counted as RFC 9113 6.5.2 does.</summary>
    [PeerFact("nghttp")]
    public async Task Nghttp_ContinuationsOverTheFieldLimit_OurServer_RefusesTheStreamAlone()
    {
        (PeerProcess server, string port) = await Programs.StartConformanceServerAsync(isTls: false);
        await using (server)
        {
            string transcript = await PeerProcess.RunAsync("nghttp", "-v", "--continuation", "--timeout=10", Url(isTls: false, port));
            Assert.Contains("recv RST_STREAM", transcript, StringComparison.Ordinal);
            Assert.Contains("error_code=ENHANCE_YOUR_CALM", transcript, StringComparison.Ordinal);
            Assert.DoesNotContain("recv GOAWAY", transcript, StringComparison.Ordinal);
        }
    }

    [PeerTheory("h2load")]
    [InlineData(false)]
    [InlineData(true)]
    public async Task H2load_Gets_OurServer_AllSucceed(bool isTls)
    {
        const int Requests = 5000;
        (PeerProcess server, string port) = await Programs.StartConformanceServerAsync(isTls);
        await using (server)
        {
            string report = await PeerProcess.RunAsync("h2load", "-n", $"{Requests}", "-c", "4", "-m", "50", Url(isTls, port));
            Assert.Contains($"{Requests} succeeded, 0 failed, 0 errored, 0 timeout", report, StringComparison.Ordinal);
            Assert.Contains($"{Requests} 2xx", report, StringComparison.Ordinal);
            Assert.Equal(Requests * Greeting.Length, H2loadReport.DataBytes(report));
        }
    }

    [PeerTheory("curl")]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Curl_GetAndPost_OurServer_SpeakHttp2(bool isTls)
    {
        (PeerProcess server, string port) = await Programs.StartConformanceServerAsync(isTls);
        await using (server)
        {
            string[] options = ["--silent", "--show-error", "--max-time", "10", "--write-out", "HTTP/%{http_version} %{http_code}"];
            string[] protocol = isTls ? ["--http2", "--insecure"] : ["--http2-prior-knowledge"];
            Assert.Equal(Greeting + "HTTP/2 200", await PeerProcess.RunAsync("curl", [.. options, .. protocol, Url(isTls, port)]));
            Assert.Equal("helloHTTP/2 200", await PeerProcess.RunAsync("curl", [.. options, .. protocol, "--data", "hello", Url(isTls, port)]));
        }
    }

    [PeerFact("curl")]
    public async Task Curl_Http1_OurServer_IsToldWhatThePortSpeaks()
    {
        (PeerProcess server, string port) = await Programs.StartConformanceServerAsync(isTls: false);
        await using (server)
        {
            string answer = await PeerProcess.RunAsync(
                "curl", "--silent", "--show-error", "--max-time", "10", "--http1.1", "--write-out", "HTTP/%{http_version} %{http_code}", Url(isTls: false, port));
            Assert.Contains("This port speaks HTTP/2", answer, StringComparison.Ordinal);
            Assert.EndsWith("HTTP/1.1 505", answer, StringComparison.Ordinal);
        }
    }

    [PeerFact("nghttpd")]
    public async Task FrameTrace_ByEnvironment_WritesTheConversationToAFile()
    {
        DirectoryInfo root = Directory.CreateTempSubdirectory("trunkline-trace-");
        try
        {
            int port = FreePort();
            string trace = Path.Combine(root.FullName, "trace.txt");
            await using PeerProcess server = PeerProcess.Start("nghttpd", "-v", "--no-tls", "-d", root.FullName, $"{port}");
            await server.WaitForLineAsync("IPv4: listen");
            await using PeerProcess client = Programs.StartTracedConformanceClient(trace, $"{Url(isTls: false, $"{port}")}none.txt");
            Assert.Equal(0, await client.WaitForExitAsync(TimeSpan.FromSeconds(30)));
            string text = await File.ReadAllTextAsync(trace);
            Assert.Contains("client -> HEADERS stream 1, ", text, StringComparison.Ordinal);
            Assert.Contains(":path: /none.txt", text, StringComparison.Ordinal);
            Assert.Contains("client <- HEADERS stream 1, ", text, StringComparison.Ordinal);
            Assert.DoesNotContain("BROKEN", text, StringComparison.Ordinal);
        }
        finally
        {
            root.Delete(recursive: true);
        }
    }

    [PeerTheory("nghttpd")]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Nghttpd_OurClient_TakesTheWholeBody(bool isTls)
    {
        DirectoryInfo root = Directory.CreateTempSubdirectory("trunkline-nghttpd-");
        try
        {
            await File.WriteAllTextAsync(Path.Combine(root.FullName, "page.txt"), new string('p', 100_000));
            int port = FreePort();
            string[] security = isTls ? [certificates.KeyPath, certificates.CertificatePath] : ["--no-tls"];
            await using PeerProcess server = PeerProcess.Start("nghttpd", ["-v", "-d", root.FullName, $"{port}", .. security]);
            await server.WaitForLineAsync("IPv4: listen");
            await using PeerProcess client = Programs.StartConformanceClient($"{Url(isTls, $"{port}")}page.txt");
            int exitCode = await client.WaitForExitAsync(TimeSpan.FromSeconds(30));
            Assert.Equal("status 200, 100000 bytes", client.Transcript);
            Assert.Equal(0, exitCode);
        }
        finally
        {
            root.Delete(recursive: true);
        }
    }

    [PeerFact("nghttpd")]
    public async Task Nghttpd_PageThatIsNotThere_OurClient_PrintsThe404()
    {
        int port = FreePort();
        await using PeerProcess server = PeerProcess.Start("nghttpd", "-v", "--no-tls", $"{port}");
        await server.WaitForLineAsync("IPv4: listen");
        await using PeerProcess client = Programs.StartConformanceClient($"http://localhost:{port}/absent");
        Assert.Equal(0, await client.WaitForExitAsync(TimeSpan.FromSeconds(30)));
        Assert.StartsWith("status 404, ", client.Transcript, StringComparison.Ordinal);
    }

    private static string Url(bool isTls, string port) => $"{(isTls ? "https" : "http")}://localhost:{port}/";

    /// <summary>A port that was free a moment ago: nghttpd cannot choose one by itself.</summary>
    private static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }
}
