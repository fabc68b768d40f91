using System.Globalization;
using Trunkline.Harness;
using Trunkline.Harness.Peers;
using Trunkline.Interceptors;
using Trunkline.Interop;
using Trunkline.Interop.Servers;
using Trunkline.Interop.Tables;

namespace Trunkline.Peers.Tests;

/// <summary>Servers that go and come while the other side is of another maker.</summary>
public sealed class LifeTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    [PeerFact(Peer.Python, "python3:grpc", "python3:google.protobuf", "/usr/bin/protoc", "/usr/bin/grpc_python_plugin")]
    public Task Grpcio_ServerGoneAndBack_OurChannel_Recovers() => ServerGoneAndBackAsync(Participant.Grpcio);

    [PeerFact("node", "node:@grpc/grpc-js", "node:@grpc/proto-loader")]
    public Task GrpcJs_ServerGoneAndBack_OurChannel_Recovers() => ServerGoneAndBackAsync(Participant.GrpcJs);

    [PeerFact(Peer.Python, "python3:grpc", "python3:google.protobuf", "/usr/bin/protoc", "/usr/bin/grpc_python_plugin")]
    public Task Grpcio_BlockingClientInAStream_OurServerShutsDown_TheStreamEndsOk() => ShutdownDuringStreamAsync(Participant.Grpcio);

    [PeerFact(Peer.Python, "python3:grpc.aio", "python3:google.protobuf", "/usr/bin/protoc", "/usr/bin/grpc_python_plugin")]
    public Task Grpcio_AsyncioClientInAStream_OurServerShutsDown_TheStreamEndsOk() => ShutdownDuringStreamAsync(Participant.GrpcioAio);

    [PeerFact("node", "node:@grpc/grpc-js", "node:@grpc/proto-loader")]
    public Task GrpcJs_ClientInAStream_OurServerShutsDown_TheStreamEndsOk() => ShutdownDuringStreamAsync(Participant.GrpcJs);

    private static async Task ServerGoneAndBackAsync(Participant peer)
    {
        await using PeerProcess first = peer.StartServer([]);
        int port = int.Parse(await first.WaitForLineAsync("listening on "), CultureInfo.InvariantCulture);
        await using var channel = new Channel("localhost", port, ChannelCredentials.Insecure);
        var client = new TestService.TestServiceClient(channel);
        await client.EmptyCallAsync(new Empty());

        await first.StopAsync();
        var exception = await Assert.ThrowsAsync<RpcException>(async () => await client.EmptyCallAsync(new Empty()));
        Assert.Equal(StatusCode.Unavailable, exception.StatusCode);
        Assert.Contains($"{port}", exception.Status.Detail, StringComparison.Ordinal);

        await using PeerProcess second = PeerProcess.Start(peer.Program, [.. peer.ServerArguments, $"--port={port}"]);
        await second.WaitForLineAsync("listening on ");
        var waiting = new CallOptions(cancellationToken: new CancellationTokenSource(Patience).Token).WithWaitForReady();
        await client.EmptyCallAsync(new Empty(), waiting);
    }

    private static async Task ShutdownDuringStreamAsync(Participant peer)
    {
        var signal = new StreamSignal();
        await using var server = new Server();
        server.Services.Add(TestService.BindService(new TestServiceImplementation()).Intercept(signal));
        ServerPort port = server.Ports.Add("[::]", 0, ServerCredentials.Insecure);
        server.Start();

        await using PeerProcess client = peer.StartClient([$"--server_port={port.BoundPort}", "--test_case=slow_stream"]);
        await signal.Begun.WaitAsync(Patience);
        await server.ShutdownAsync().WaitAsync(Patience);
        int exitCode = await client.WaitForExitAsync(Patience);
        Assert.Equal(["slow_stream: ok"], client.Output);
        Assert.Equal(0, exitCode);
    }

    /// <summary>Tells when a response stream has begun.</summary>
    private sealed class StreamSignal : Interceptor
    {
        private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Begun => _begun.Task;

        public override Task ServerStreamingServerHandler<TRequest, TResponse>(
            TRequest request,
            IServerStreamWriter<TResponse> responseStream,
            ServerCallContext context,
            ServerStreamingServerMethod<TRequest, TResponse> continuation)
        {
            _begun.TrySetResult();
            return continuation(request, responseStream, context);
        }
    }
}
