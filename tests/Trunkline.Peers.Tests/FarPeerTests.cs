using System.Globalization;
using System.Net;
using System.Text;
using Trunkline.Harness;
using Trunkline.Harness.Peers;
using Trunkline.Harness.Relays;
using Trunkline.Http2;
using Trunkline.Interop;
using Trunkline.Interop.Tables;

namespace Trunkline.Peers.Tests;

/// <summary>
/// PINGs that measure a long way, towards a server that counts them: grpcio ends a connection with ENHANCE_YOUR_CALM at the third that comes without
/// traffic of its own or five minutes in between.
/// </summary>
public sealed class FarPeerTests
{
    private const int Messages = 96;
    private const int MessageSize = 256 * 1024;

    // As the frame trace prints the payload of a probe.
    private const string Probe = "bdb0000000000001";

    [PeerFact(Peer.Python, "python3:grpc", "python3:google.protobuf", "/usr/bin/protoc", "/usr/bin/grpc_python_plugin")]
    public async Task Grpcio_ServerFarAway_OurWindowsGrowAndItStaysCalm()
    {
        await using PeerProcess server = Participant.Grpcio.StartServer([]);
        int port = int.Parse(await server.WaitForLineAsync("listening on "), CultureInfo.InvariantCulture);
        var shape = new LinkShape { Delay = TimeSpan.FromMilliseconds(20), BytesPerSecond = 100_000_000 };
        await using TcpRelay relay = TcpRelay.Start(new IPEndPoint(IPAddress.Loopback, port), shape);
        await using var trace = new StringWriter(new StringBuilder());
        var options = new ChannelOptions { Http2 = new Http2Options { InitialStreamWindow = 65_535, ConnectionWindow = 65_535, FrameTrace = trace } };
        await using (var channel = new Channel(relay.EndPoint.ToString(), ChannelCredentials.Insecure, options))
        {
            await ReadAllAsync(new TestService.TestServiceClient(channel));
        }

        string[] lines = trace.ToString().Split('\n');
        int probes = lines.Count(static line => line.Contains(Probe, StringComparison.Ordinal) && !line.Contains("ACK", StringComparison.Ordinal));
        Assert.True(probes > 3, $"only {probes} PINGs were sent\n{string.Join('\n', lines.Take(60))}");
        Assert.DoesNotContain(lines, static line => line.Contains("ENHANCE_YOUR_CALM", StringComparison.Ordinal));
    }

    private static async Task ReadAllAsync(TestService.TestServiceClient client)
    {
        var request = new StreamingOutputCallRequest();
        request.ResponseParameters.Add(Enumerable.Repeat(new ResponseParameters { Size = MessageSize }, Messages));
        using AsyncServerStreamingCall<StreamingOutputCallResponse> call = client.StreamingOutputCall(request);
        long received = 0;
        while (await call.ResponseStream.MoveNext(CancellationToken.None))
        {
            received += call.ResponseStream.Current.Payload.Body.Length;
        }

        Assert.Equal((long)Messages * MessageSize, received);
    }
}
