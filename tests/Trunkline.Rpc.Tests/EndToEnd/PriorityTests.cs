using System.Buffers.Binary;
using System.Text;
using Trunkline.Harness;
using Trunkline.Rpc.Tests.Servers;

namespace Trunkline.Rpc.Tests.EndToEnd;

/// <summary>Priorities of calls: from the client's options to the order in which the server's responses leave.</summary>
public sealed class PriorityTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static TheoryData<MethodType> Kinds => [MethodType.Unary, MethodType.ClientStreaming, MethodType.ServerStreaming, MethodType.DuplexStreaming];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task CallWithPriority_EveryKind_TellsTheHandler(MethodType kind)
    {
        await using Duo duo = Duo.Start(Tellers());
        Assert.Equal("u=1, i", await AskAsync(duo, kind, default(CallOptions).WithPriority(new CallPriority(1, incremental: true))));
        Assert.Equal("u=7", await AskAsync(duo, kind, default(CallOptions).WithPriority(new CallPriority(7))));
        Assert.Equal("u=3", await AskAsync(duo, kind, default));
    }

    [Fact]
    public async Task CallWithoutPriority_SendsNoField()
    {
        await using Duo duo = Duo.Start(TextService.Builder().Unary("Has", (_, context) => Task.FromResult($"{context.RequestHeaders.GetValue("priority")}")));
        Assert.Equal("", await CallAsync(duo, "Has", default));
        Assert.Equal("u=6", await CallAsync(duo, "Has", default(CallOptions).WithPriority(new CallPriority(6))));
        Assert.Equal("", await CallAsync(duo, "Has", default));
    }

    [Fact]
    public async Task HandlerThatSetsThePriority_ReadsItBack_UntilTheCallIsOver()
    {
        ServerCallContext? kept = null;
        await using Duo duo = Duo.Start(TextService.Builder().Unary("Change", (_, context) =>
        {
            kept = context;
            context.Priority = new CallPriority(0, incremental: true);
            return Task.FromResult(context.Priority.ToString());
        }));
        Assert.Equal("u=0, i", await CallAsync(duo, "Change", default(CallOptions).WithPriority(new CallPriority(5))));

        // Another call goes through the same objects, and the context of the first has no hold on it.
        ServerCallContext first = kept!;
        Assert.Equal("u=0, i", await CallAsync(duo, "Change", default));
        first.Priority = new CallPriority(7);
        Assert.Equal(default, first.Priority);
    }

    [Fact]
    public async Task Responses_LeaveByPriority_TheHandlersWordOverTheClients()
    {
        var listener = new MemoryListener();
        await using var server = new Server(new ServerOptions { Listeners = [listener] });
        server.Services.Add(TextService.Builder()
            .Unary("Plain", (_, _) => Task.FromResult(new string('x', 100_000)))
            .Unary("Urgent", (_, context) =>
            {
                context.Priority = new CallPriority(0);
                return Task.FromResult(new string('x', 100_000));
            }).Build());
        server.Start();
        await using var peer = new FramePeer(listener.Connect());
        await peer.ConnectAsClientAsync();
        await peer.SendSettingsAsync((4, 1 << 20));
        await peer.ExpectAsync(FrameKind.Settings);

        // The first response uses up the connection's credit; what waits after that leaves by priority once there is more.
        await RequestAsync(peer, 1, "Plain", priority: null);
        for (int received = 0; received < 65_535;)
        {
            received += (await peer.ExpectAsync(FrameKind.Data)).Payload.Length;
        }

        await RequestAsync(peer, 3, "Plain", "u=5");
        await RequestAsync(peer, 5, "Urgent", "u=6");
        await RequestAsync(peer, 7, "Plain", "u=2");
        await peer.SendWindowUpdateAsync(0, 1 << 20);

        var ended = new List<int>();
        while (ended.Count < 4)
        {
            PeerFrame frame = await peer.ExpectAsync(FrameKind.Data, FrameKind.Headers, FrameKind.WindowUpdate);
            if (frame.Kind == FrameKind.Headers)
            {
                ended.Add(frame.Stream);
            }
        }

        Assert.Equal([5, 7, 1, 3], ended);
    }

    private static ServerServiceDefinition.Builder Tellers() => TextService.Builder()
        .Unary(nameof(MethodType.Unary), (_, context) => Task.FromResult(context.Priority.ToString()))
        .ClientStreaming(nameof(MethodType.ClientStreaming), (_, context) => Task.FromResult(context.Priority.ToString()))
        .ServerStreaming(nameof(MethodType.ServerStreaming), (_, responses, context) => responses.WriteAsync(context.Priority.ToString()))
        .Duplex(nameof(MethodType.DuplexStreaming), (_, responses, context) => responses.WriteAsync(context.Priority.ToString()));

    private static async Task<string> AskAsync(Duo duo, MethodType kind, CallOptions options)
    {
        Method<string, string> method = TextService.Method(kind, kind.ToString());
        switch (kind)
        {
            case MethodType.Unary:
                return await duo.Calls.AsyncUnaryCall(method, null, options, "x").ResponseAsync.WaitAsync(Patience);
            case MethodType.ClientStreaming:
                using (AsyncClientStreamingCall<string, string> call = duo.Calls.AsyncClientStreamingCall(method, null, options))
                {
                    await call.RequestStream.CompleteAsync();
                    return await call.ResponseAsync.WaitAsync(Patience);
                }

            case MethodType.ServerStreaming:
                using (AsyncServerStreamingCall<string> call = duo.Calls.AsyncServerStreamingCall(method, null, options, "x"))
                {
                    return await FirstAsync(call.ResponseStream);
                }

            default:
                using (AsyncDuplexStreamingCall<string, string> call = duo.Calls.AsyncDuplexStreamingCall(method, null, options))
                {
                    await call.RequestStream.CompleteAsync();
                    return await FirstAsync(call.ResponseStream);
                }
        }
    }

    private static async Task<string> FirstAsync(IAsyncStreamReader<string> responses)
    {
        Assert.True(await responses.MoveNext(CancellationToken.None).WaitAsync(Patience));
        return responses.Current;
    }

    private static async Task<string> CallAsync(Duo duo, string name, CallOptions options) =>
        await duo.Calls.AsyncUnaryCall(TextService.Method(MethodType.Unary, name), null, options, "x").ResponseAsync.WaitAsync(Patience);

    // Its response headers tell that all of the response is there: they leave in one pass with what has to wait.
    private static async Task RequestAsync(FramePeer peer, int stream, string method, string? priority)
    {
        (string, string)[] fields =
        [
            (":method", "POST"), (":scheme", "http"), (":path", TextService.Path(method)), (":authority", "test"), ("te", "trailers"),
            ("content-type", "application/grpc"),
        ];
        await peer.SendHeadersAsync(stream, endStream: false, priority is null ? fields : [.. fields, ("priority", priority)]);
        byte[] message = [0, 0, 0, 0, 0, .. Encoding.UTF8.GetBytes("x")];
        BinaryPrimitives.WriteInt32BigEndian(message.AsSpan(1), message.Length - 5);
        await peer.SendDataAsync(stream, message, endStream: true);
        while ((await peer.ExpectAsync(FrameKind.Headers, FrameKind.WindowUpdate)).Kind != FrameKind.Headers)
        {
            // Credit for the request.
        }
    }
}
