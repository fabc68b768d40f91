using System.Globalization;
using Trunkline.Harness;
using Trunkline.Harness.Peers;
using Trunkline.Interop.Clients;
using Trunkline.Interop.Tables;

namespace Trunkline.Peers.Tests;

/// <summary>
/// gRPC of other makers both ways: the four kinds, errors, metadata (bytes and repeated ones among it), deadlines and cancellation, each an interop
/// case. The last three cases are our own and tell what the server saw.
/// </summary>
public sealed class GrpcPeerTests(InteropHost host) : IClassFixture<InteropHost>
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly KeyValuePair<string, Func<InteropCases, Task>>[] Cases = [.. InteropCases.Standard, .. InteropCases.Own];

    [PeerTheory(Peer.Python, "python3:grpc", "python3:google.protobuf", "/usr/bin/protoc", "/usr/bin/grpc_python_plugin")]
    [InlineData(false)]
    [InlineData(true)]
    public Task Grpcio_BlockingClient_OurServer_EveryCasePasses(bool isTls) => TheirClientAsync(Participant.Grpcio, isTls);

    [PeerTheory(Peer.Python, "python3:grpc.aio", "python3:google.protobuf", "/usr/bin/protoc", "/usr/bin/grpc_python_plugin")]
    [InlineData(false)]
    [InlineData(true)]
    public Task Grpcio_AsyncioClient_OurServer_EveryCasePasses(bool isTls) => TheirClientAsync(Participant.GrpcioAio, isTls);

    [PeerTheory("node", "node:@grpc/grpc-js", "node:@grpc/proto-loader")]
    [InlineData(false)]
    [InlineData(true)]
    public Task GrpcJs_Client_OurServer_EveryCasePasses(bool isTls) => TheirClientAsync(Participant.GrpcJs, isTls);

    [PeerTheory(Peer.Python, "python3:grpc", "python3:google.protobuf", "/usr/bin/protoc", "/usr/bin/grpc_python_plugin")]
    [InlineData(false)]
    [InlineData(true)]
    public Task Grpcio_BlockingServer_OurClient_EveryCasePasses(bool isTls) => TheirServerAsync(Participant.Grpcio, isTls);

    [PeerTheory(Peer.Python, "python3:grpc.aio", "python3:google.protobuf", "/usr/bin/protoc", "/usr/bin/grpc_python_plugin")]
    [InlineData(false)]
    [InlineData(true)]
    public Task Grpcio_AsyncioServer_OurClient_EveryCasePasses(bool isTls) => TheirServerAsync(Participant.GrpcioAio, isTls);

    [PeerTheory("node", "node:@grpc/grpc-js", "node:@grpc/proto-loader")]
    [InlineData(false)]
    [InlineData(true)]
    public Task GrpcJs_Server_OurClient_EveryCasePasses(bool isTls) => TheirServerAsync(Participant.GrpcJs, isTls);

    private async Task TheirClientAsync(Participant peer, bool isTls)
    {
        string[] names = [.. Cases.Select(static entry => entry.Key)];
        await using PeerProcess client = peer.StartClient([.. host.ClientFlags(isTls), $"--test_case={string.Join(',', names)}"]);
        int exitCode = await client.WaitForExitAsync(Patience);
        Assert.Equal([.. names.Select(static name => $"{name}: ok")], client.Output);
        Assert.Equal(0, exitCode);
    }

    private async Task TheirServerAsync(Participant peer, bool isTls)
    {
        await using PeerProcess server = peer.StartServer(host.ServerFlags(isTls));
        int port = int.Parse(await server.WaitForLineAsync("listening on "), CultureInfo.InvariantCulture);
        await using Channel channel = host.Connect(port, isTls);
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
