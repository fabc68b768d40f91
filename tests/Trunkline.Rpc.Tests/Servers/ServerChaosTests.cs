using Trunkline.Http2;

namespace Trunkline.Rpc.Tests.Servers;

/// <summary>
/// Many calls that end in every way at once, on several connections: none hangs, each that got an answer got its own, and afterwards the server has
/// let all of them go. Pooled calls, deadlines and resets race here on purpose.
/// </summary>
public sealed class ServerChaosTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(3, false)]
    [InlineData(4, true)]
    [InlineData(5, true)]
    [InlineData(6, true)]
    public async Task Calls_ThatEndInEveryWay_AreAllLetGo(int seed, bool onReadLoop)
    {
        await using MemoryServer server = await MemoryServer.StartAsync(
            Service(), new ServerOptions { BlockingWorkers = 4, HandlersOnReadLoop = onReadLoop });
        RawClient[] clients =
        [
            server.Client,
            await RawClient.ConnectAsync(server.Listener.Connect()),
            await RawClient.ConnectAsync(server.Listener.Connect()),
        ];
        await Task.WhenAll(clients.Select((client, index) => Task.Run(() => Storm(client, new Random((seed * 100) + index))))).WaitAsync(Patience);
        Assert.Equal("0", (await clients[0].Unary(TextService.Path("Echo"), "still well")).Status);
        await WaitUntilIdle(server.Server);
        foreach (RawClient client in clients.Skip(1))
        {
            await client.DisposeAsync();
        }
    }

    private static async Task WaitUntilIdle(Server server)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (server.CallsInProgress > 0)
        {
            await Task.Delay(10, patience.Token);
        }
    }

    private static async Task Storm(RawClient client, Random random)
    {
        var open = new List<(RawCall Call, string Expected)>();
        for (int round = 0; round < 1500; round++)
        {
            open.Add(Begin(client, random, round));
            if (open.Count >= 60)
            {
                foreach ((RawCall call, string expected) in open)
                {
                    await Finish(call, expected);
                }

                open.Clear();
            }
        }

        foreach ((RawCall call, string expected) in open)
        {
            await Finish(call, expected);
        }
    }

    private static (RawCall Call, string Expected) Begin(RawClient client, Random random, int round)
    {
        string method = random.Next(5) switch { 0 => "Echo", 1 => "EchoLater", 2 => "Blocking", 3 => "Talk", _ => "BlockingTalk" };
        string message = $"{round}:{random.Next()}";
        (string, string?)[] headers = random.Next(4) == 0 ? [("grpc-timeout", $"{random.Next(1, 3000)}u")] : [];
        RawCall call = client.Open(TextService.Path(method), endStream: false, headers);
        switch (random.Next(8))
        {
            case 0:
                call.Stream.Reset(Http2ErrorCode.Cancel);
                break;
            case 1:
                call.Send(message);
                call.Stream.Reset(Http2ErrorCode.Cancel);
                break;
            case 2:
                call.SendRaw([9, 9, 9, 9, 9, 9]);
                break;
            case 3:
                call.SendRaw([0, 0, 0, 0, 50, 1, 2], endStream: true);
                break;
            default:
                call.Send(message);
                call.HalfClose();
                break;
        }

        return (call, message);
    }


    private static async Task Finish(RawCall call, string expected)
    {
        await call.Ended;
        if (call.Status == "0")
        {
            Assert.Equal([expected], await call.Rest());
        }
    }

    private static ServerServiceDefinition.Builder Service() => TextService.Builder()
        .Unary("Echo", (request, _) => Task.FromResult(request))
        .Unary("EchoLater", async (request, context) =>
        {
            CancellationToken token = context.CancellationToken;
            await Task.Yield();
            return token.IsCancellationRequested ? throw new OperationCanceledException(token) : request;
        })
        .BlockingUnary("Blocking", (request, _) => request)
        .Duplex("Talk", async (requests, responses, _) =>
        {
            while (await requests.MoveNext(CancellationToken.None))
            {
                await responses.WriteAsync(requests.Current);
            }
        })
        .BlockingDuplex("BlockingTalk", (requests, _) => requests);
}
