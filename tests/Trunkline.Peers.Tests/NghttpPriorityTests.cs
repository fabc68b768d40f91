using System.Net;
using Trunkline.Harness;
using Trunkline.Harness.Peers;
using Trunkline.Http2;

namespace Trunkline.Peers.Tests;

/// <summary>What nghttp's RFC 7540 weights become on our server. The server answers each request with the stream's priority.</summary>
public sealed class NghttpPriorityTests
{
    [PeerTheory("nghttp")]
    [InlineData(256, "u=0, i")]
    [InlineData(32, "u=2, i")]
    [InlineData(16, "i")]
    [InlineData(1, "u=7, i")]
    public async Task Nghttp_Weight_OurServer_BecomesAnUrgency(int weight, string priority) =>
        Assert.Equal(priority, await GetAsync($"--weight={weight}"));

    [PeerFact("nghttp")]
    public async Task Nghttp_PriorityField_OurServer_GoesOverTheWeight() =>
        Assert.Equal("u=5", await GetAsync("--weight=256", "--header=priority: u=5"));

    [PeerFact("nghttp")]
    public async Task Nghttp_WithoutRfc7540Priorities_OurServer_IsTheDefault() =>
        Assert.Equal("u=3", await GetAsync("--weight=256", "--no-rfc7540-pri"));

    private static async Task<string> GetAsync(params string[] options)
    {
        await using SocketListener listener = SocketListener.ListenTcp(new IPEndPoint(IPAddress.Loopback, 0));
        Task<Http2Error> served = ServeOneAsync(listener);
        string body = await PeerProcess.RunAsync("nghttp", [.. options, "--timeout=10", $"http://{listener.LocalEndPoint}/"]);
        Assert.True((await served.WaitAsync(TimeSpan.FromSeconds(20))).Code is Http2ErrorCode.NoError);
        return body;
    }

    private static async Task<Http2Error> ServeOneAsync(Listener listener)
    {
        Link link = (await listener.AcceptAsync(CancellationToken.None))!;
        await using Http2ServerConnection connection = Http2ServerConnection.Create(link, new PriorityTeller(), new Http2Options());
        await connection.StartAsync(CancellationToken.None);
        return await connection.Closed;
    }

    private sealed class PriorityTeller : IServerConnectionHandler
    {
        public IStreamHandler OnStream(Http2Stream stream) => new TellerStream(stream);

        public void OnBatchEnd()
        {
        }

        public void OnGoAway(in Http2Error error)
        {
        }

        public void OnClosed(in Http2Error error)
        {
        }
    }

    private sealed class TellerStream(Http2Stream stream) : IStreamHandler
    {
        public void OnHeaders(in FieldBlock fields, bool endStream)
        {
            var head = new FieldSection();
            head.Add(":status", "200");
            var body = new PooledBuffer();
            body.Write(System.Text.Encoding.ASCII.GetBytes(stream.Priority.ToString()));
            stream.Write(new Outgoing { MoreHeaders = head, Data = body, EndStream = true });
        }

        public void OnData(ReadOnlyMemory<byte> data, bool endStream)
        {
        }

        public void OnTrailers(in FieldBlock fields)
        {
        }

        public void OnWritable()
        {
        }

        public void OnClosed(in Http2Error error)
        {
        }
    }
}
