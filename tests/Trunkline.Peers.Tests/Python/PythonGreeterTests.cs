using System.Globalization;
using Hellos;
using Trunkline.Harness;
using Trunkline.Harness.Peers;

namespace Trunkline.Peers.Tests.Python;

/// <summary>
/// Python code that <c>trunkline protoc</c> made, alive on grpcio: blocking and asyncio, client and server, with each other and with our own client and server; a call
/// of each kind every time.
/// </summary>
public sealed class PythonGreeterTests(GeneratedPython generated) : IClassFixture<GeneratedPython>
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private static readonly string[] Names = ["Ada", "Grace", "Bärbel"];

    private static readonly string[] Transcript =
    [
        "SayHello: Hello, Ada!",
        "SayHellos: Hello 1, Ada! | Hello 2, Ada! | Hello 3, Ada!",
        "GreetAll: Hello, Ada, Grace, Bärbel!",
        "Chat: Hello, Ada! | Hello, Grace! | Hello, Bärbel!",
    ];

    [PeerTheory(Peer.Python, "python3:grpc.aio", "python3:google.protobuf")]
    [InlineData("greeter_client.py")]
    [InlineData("greeter_aio_client.py")]
    public async Task PythonClient_OurServer_EveryKindOfCall(string client)
    {
        await using var server = new Server();
        server.Services.Add(Greeter.BindService(new OurGreeter()));
        ServerPort port = server.Ports.Add("[::]", 0, ServerCredentials.Insecure);
        server.Start();
        await ClientAsync(client, port.BoundPort);
    }

    [PeerTheory(Peer.Python, "python3:grpc.aio", "python3:google.protobuf")]
    [InlineData("greeter_server.py")]
    [InlineData("greeter_aio_server.py")]
    public async Task OurClient_PythonServer_EveryKindOfCall(string server)
    {
        await using PeerProcess process = generated.Start(server, port: 0);
        int port = int.Parse(await process.WaitForLineAsync("listening on "), CultureInfo.InvariantCulture);
        await using (var channel = new Channel("localhost", port, ChannelCredentials.Insecure))
        {
            var client = new Greeter.GreeterClient(channel);
            Assert.Equal(Transcript, await CallAsync(client));
            Assert.Equal("Hello, Ada!", client.SayHello(new HelloRequest { Name = "Ada" }).Message);
        }

        Assert.Equal(0, await process.StopAsync());
    }

    [PeerTheory(Peer.Python, "python3:grpc.aio", "python3:google.protobuf")]
    [InlineData("greeter_server.py", "greeter_client.py")]
    [InlineData("greeter_server.py", "greeter_aio_client.py")]
    [InlineData("greeter_aio_server.py", "greeter_client.py")]
    [InlineData("greeter_aio_server.py", "greeter_aio_client.py")]
    public async Task PythonClient_PythonServer_EveryKindOfCall(string server, string client)
    {
        await using PeerProcess process = generated.Start(server, port: 0);
        await ClientAsync(client, int.Parse(await process.WaitForLineAsync("listening on "), CultureInfo.InvariantCulture));
        Assert.Equal(0, await process.StopAsync());
    }

    private async Task ClientAsync(string program, int port)
    {
        await using PeerProcess client = generated.Start(program, port);
        int exitCode = await client.WaitForExitAsync(Patience);
        Assert.True(exitCode == 0, client.Transcript);
        Assert.Equal(Transcript, client.Output);
    }

    /// <summary>A call of each kind, told as the Python clients tell theirs.</summary>
    private static async Task<string[]> CallAsync(Greeter.GreeterClient client)
    {
        DateTime deadline = TimeProvider.System.GetUtcNow().UtcDateTime + Patience;
        var one = new HelloRequest { Name = Names[0], Times = 3 };
        return
        [
            $"SayHello: {(await client.SayHelloAsync(one, deadline: deadline)).Message}",
            $"SayHellos: {string.Join(" | ", await RepliesAsync(client.SayHellos(one, deadline: deadline)))}",
            $"GreetAll: {await GreetAllAsync(client.GreetAll(deadline: deadline))}",
            $"Chat: {string.Join(" | ", await ChatAsync(client.Chat(deadline: deadline)))}",
        ];
    }

    private static async Task<List<string>> RepliesAsync(AsyncServerStreamingCall<HelloReply> call)
    {
        using (call)
        {
            List<string> messages = [];
            while (await call.ResponseStream.MoveNext(CancellationToken.None))
            {
                messages.Add(call.ResponseStream.Current.Message);
            }

            return messages;
        }
    }

    private static async Task<string> GreetAllAsync(AsyncClientStreamingCall<HelloRequest, HelloReply> call)
    {
        using (call)
        {
            foreach (string name in Names)
            {
                await call.RequestStream.WriteAsync(new HelloRequest { Name = name });
            }

            await call.RequestStream.CompleteAsync();
            return (await call.ResponseAsync).Message;
        }
    }

    /// <summary>Sends each name when the one before is answered.</summary>
    private static async Task<List<string>> ChatAsync(AsyncDuplexStreamingCall<HelloRequest, HelloReply> call)
    {
        using (call)
        {
            List<string> messages = [];
            foreach (string name in Names)
            {
                await call.RequestStream.WriteAsync(new HelloRequest { Name = name });
                Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));
                messages.Add(call.ResponseStream.Current.Message);
            }

            await call.RequestStream.CompleteAsync();
            Assert.False(await call.ResponseStream.MoveNext(CancellationToken.None));
            return messages;
        }
    }
}
