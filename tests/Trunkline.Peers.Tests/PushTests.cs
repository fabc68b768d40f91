using System.Net;
using System.Net.Sockets;
using Trunkline.Harness;
using Trunkline.Harness.Peers;

namespace Trunkline.Peers.Tests;

/// <summary>Server push with other makers' HTTP/2: examples/HttpPush pushes to nghttp and to Python's h2, and takes what nghttpd pushes.</summary>
public sealed class PushTests
{
    [PeerFact("nghttp")]
    public async Task Nghttp_Get_OurServer_IsPushedStyleSheetAndScript()
    {
        (PeerProcess server, string port) = await Programs.StartHttpPushAsync();
        await using (server)
        {
            string transcript = await PeerProcess.RunAsync("nghttp", "-nv", "--timeout=10", $"http://localhost:{port}/");
            Assert.Contains("recv (stream_id=13) :path: /style.css", transcript, StringComparison.Ordinal);
            Assert.Contains("recv (stream_id=13) :path: /script.js", transcript, StringComparison.Ordinal);
            Assert.Equal(2, transcript.Split("recv PUSH_PROMISE frame").Length - 1);
            Assert.Equal(2, transcript.Split("First push response header").Length - 1);
            Assert.True(transcript.IndexOf("PUSH_PROMISE", StringComparison.Ordinal) < transcript.IndexOf("recv DATA", StringComparison.Ordinal));
            Assert.DoesNotContain("RST_STREAM", transcript, StringComparison.Ordinal);
            Assert.Equal(0, await server.StopAsync());
        }
    }

    [PeerFact("nghttp")]
    public async Task Nghttp_PushOff_OurServer_PromisesNothing()
    {
        (PeerProcess server, string port) = await Programs.StartHttpPushAsync();
        await using (server)
        {
            string transcript = await PeerProcess.RunAsync("nghttp", "-nv", "--no-push", "--timeout=10", $"http://localhost:{port}/");
            Assert.Contains(":status: 200", transcript, StringComparison.Ordinal);
            Assert.DoesNotContain("PUSH_PROMISE", transcript, StringComparison.Ordinal);
        }
    }

    [PeerFact("python3:h2")]
    public async Task PythonH2_CancelsOnePush_OurServer_FinishesTheOthers()
    {
        (PeerProcess server, string port) = await Programs.StartHttpPushAsync();
        await using (server)
        {
            string[] lines = (await PeerProcess.RunAsync(Peer.Python, PeerPrograms.Python("push_client.py"), port)).Split('\n');
            Assert.Equal(["promised /style.css as 2 on 1", "promised /script.js as 4 on 1", "came / with 334 bytes", "came /style.css with 89 bytes", "closed in order"], lines);
            Assert.Equal(0, await server.StopAsync());
        }
    }

    [PeerFact("nghttpd")]
    public async Task Nghttpd_PushesTwoFiles_OurClient_TakesThem()
    {
        DirectoryInfo root = Directory.CreateTempSubdirectory("trunkline-push-");
        try
        {
            await File.WriteAllTextAsync(Path.Combine(root.FullName, "index.html"), "<link rel=stylesheet href=/a.css>");
            await File.WriteAllTextAsync(Path.Combine(root.FullName, "a.css"), new string('a', 70_000));
            await File.WriteAllTextAsync(Path.Combine(root.FullName, "b.js"), new string('b', 50));
            int port = FreePort();
            await using PeerProcess server = PeerProcess.Start("nghttpd", "-v", "--no-tls", "-d", root.FullName, "--push=/=/a.css,/b.js", $"{port}");
            await server.WaitForLineAsync("IPv4: listen");
            string[] lines = (await PeerProcess.RunAsync("dotnet", Programs.HttpPush, "client", "--port", $"{port}")).Split('\n');
            Assert.Equal(4, lines.Length);
            Assert.Matches("^asked   / +200  text/html +33 bytes$", lines[0]);
            Assert.Matches("^pushed  /a.css +200  text/css +70000 bytes$", lines[1]);
            Assert.Matches("^pushed  /b.js +200 .* 50 bytes$", lines[2]);
            Assert.Equal("2 responses came without being asked for", lines[3]);
        }
        finally
        {
            root.Delete(recursive: true);
        }
    }

    /// <summary>A port that was free a moment ago: nghttpd cannot choose one by itself.</summary>
    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
