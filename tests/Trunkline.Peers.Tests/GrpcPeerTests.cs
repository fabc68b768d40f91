using System.Globalization;
using Trunkline.Harness;
using Trunkline.Harness.Peers;
using Trunkline.Interop.Clients;
using Trunkline.Interop.Tables;

namespace Trunkline.Peers.Tests;

/// <summary>
/// gRPC of other makers both ways: the four kinds, errors, metadata (bytes and repeated ones among it), deadlines and cancellation, each an interop
/// case, in cleartext, over TLS and with everything compressed.
/// </summary>
public sealed class GrpcPeerTests(InteropHost host) : IClassFixture<InteropHost>
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly KeyValuePair<string, Func<InteropCases, Task>>[] Cases = [.. InteropCases.Standard, .. InteropCases.Own];

    [PeerTheory(Peer.Python, "python3:grpc", "python3:google.protobuf", "/usr/bin/protoc", "/usr/bin/grpc_python_plugin")]
    [InlineData(Line.Cleartext)]
    [InlineData(Line.Tls)]
    [InlineData(Line.Gzip)]
    public Task Grpcio_BlockingClient_OurServer_EveryCasePasses(Line line) => TheirClientAsync(Participant.Grpcio, line);

    [PeerTheory(Peer.Python, "python3:grpc.aio", "python3:google.protobuf", "/usr/bin/protoc", "/usr/bin/grpc_python_plugin")]
    [InlineData(Line.Cleartext)]
    [InlineData(Line.Tls)]
    [InlineData(Line.Gzip)]
    public Task Grpcio_AsyncioClient_OurServer_EveryCasePasses(Line line) => TheirClientAsync(Participant.GrpcioAio, line);

    [PeerTheory("node", "node:@grpc/grpc-js", "node:@grpc/proto-loader")]
    [InlineData(Line.Cleartext)]
    [InlineData(Line.Tls)]
    [InlineData(Line.Gzip)]
    public Task GrpcJs_Client_OurServer_EveryCasePasses(Line line) => TheirClientAsync(Participant.GrpcJs, line);

    [PeerTheory(Peer.Python, "python3:grpc", "python3:google.protobuf", "/usr/bin/protoc", "/usr/bin/grpc_python_plugin")]
    [InlineData(Line.Cleartext)]
    [InlineData(Line.Tls)]
    [InlineData(Line.Gzip)]
    public Task Grpcio_BlockingServer_OurClient_EveryCasePasses(Line line) => TheirServerAsync(Participant.Grpcio, line);

    [PeerTheory(Peer.Python, "python3:grpc.aio", "python3:google.protobuf", "/usr/bin/protoc", "/usr/bin/grpc_python_plugin")]
    [InlineData(Line.Cleartext)]
    [InlineData(Line.Tls)]
    [InlineData(Line.Gzip)]
    public Task Grpcio_AsyncioServer_OurClient_EveryCasePasses(Line line) => TheirServerAsync(Participant.GrpcioAio, line);

    [PeerTheory("node", "node:@grpc/grpc-js", "node:@grpc/proto-loader")]
    [InlineData(Line.Cleartext)]
    [InlineData(Line.Tls)]
    [InlineData(Line.Gzip)]
    public Task GrpcJs_Server_OurClient_EveryCasePasses(Line line) => TheirServerAsync(Participant.GrpcJs, line);

    private async Task TheirClientAsync(Participant peer, Line line)
    {
        string[] names = [.. Cases.Select(static entry => entry.Key)];
        await using PeerProcess client = peer.StartClient([.. host.ClientFlags(line), $"--test_case={string.Join(',', names)}"]);
        int exitCode = await client.WaitForExitAsync(Patience);
        Assert.Equal([.. names.Select(static name => $"{name}: ok")], client.Output);
        Assert.Equal(0, exitCode);
    }

    private async Task TheirServerAsync(Participant peer, Line line)
    {
        await using PeerProcess server = peer.StartServer(host.ServerFlags(line));
        int port = int.Parse(await server.WaitForLineAsync("listening on "), CultureInfo.InvariantCulture);
        await using Channel channel = host.Connect(port, line);
        var failures = new List<string>();
        foreach ((string name, Func<InteropCases, Task> run) in Cases)
        {
            if (await InteropClient.RunCaseAsync(run, channel) is { } failure)
            {
                failures.Add($"{name}: {failure}");
            }
        }

        Assert.True(failures.Count == 0, $"{string.Join('\n', failures)}\nthe server said: {server.Transcript}");
    }
}
