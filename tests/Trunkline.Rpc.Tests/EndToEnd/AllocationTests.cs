using Trunkline.Rpc.Tests.Servers;
using Xunit.Abstractions;

namespace Trunkline.Rpc.Tests.EndToEnd;

/// <summary>
/// What a warm call and a streamed message allocate, client and server together, messages included: over memory, so that nothing of the system's
/// sockets is counted. The best of several rounds counts, since how many calls a read brings is a matter of luck and each read has its price.
/// </summary>
[Collection(SerialCollection.Name)]
public sealed class AllocationTests(ITestOutputHelper output)
{
    private const int Count = 20_000;
    private const int InFlight = 50;

    /// <summary>Rounds at the most: a machine on which reader and writer take turns message by message pays a wait for each in round after round.</summary>
    private const int Rounds = 50;

    /// <summary>300 bytes for each side; at this writing 485 together, 545 in debug builds, where the state of each async method is an object.</summary>
    private const int UnaryBound = 600;

    /// <summary>The message itself is 48 bytes; the rest is a share of what each read and each write that had to wait costs.</summary>
    private const int MessageBound = 80;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    [Fact]
    public async Task WarmUnaryCall_StaysWithinItsBound()
    {
        await using Duo duo = Duo.Start(Service());
        Method<string, string> echo = TextService.Method(MethodType.Unary, "Echo");
        await Calls(Count / 4).WaitAsync(Patience);
        long each = await AllocatedEach(UnaryBound, () => Calls(Count));
        output.WriteLine($"{each} bytes a unary call");
        Assert.InRange(each, 0, UnaryBound);

        Task Calls(int count) => Task.WhenAll(Enumerable.Range(0, InFlight).Select(_ => Task.Run(async () =>
        {
            for (int index = 0; index < count / InFlight; index++)
            {
                await duo.Calls.AsyncUnaryCall(echo, host: null, default, "a request");
            }
        })));
    }

    [Fact]
    public async Task StreamedMessage_StaysWithinItsBound()
    {
        await using Duo duo = Duo.Start(Service());
        Method<string, string> pour = TextService.Method(MethodType.ServerStreaming, "Pour");
        await Read(Count / 4).WaitAsync(Patience);
        long each = await AllocatedEach(MessageBound, () => Read(Count));
        output.WriteLine($"{each} bytes a streamed message");
        Assert.InRange(each, 0, MessageBound);

        async Task Read(int count)
        {
            int read = 0;
            await foreach (string response in duo.Calls.AsyncServerStreamingCall(pour, host: null, default, $"{count}"))
            {
                read += response == "a response" ? 1 : 0;
            }

            Assert.Equal(count, read);
        }
    }

    /// <summary>The least of as many rounds as it takes to come within the bound.</summary>
    private static async Task<long> AllocatedEach(int bound, Func<Task> work)
    {
        long least = long.MaxValue;
        for (int round = 0; round < Rounds && least > bound; round++)
        {
            long before = GC.GetTotalAllocatedBytes(precise: true);
            await work().WaitAsync(Patience);
            least = Math.Min(least, (GC.GetTotalAllocatedBytes(precise: true) - before) / Count);
        }

        return least;
    }

    private static ServerServiceDefinition.Builder Service() => TextService.Builder()
        .Unary("Echo", static (request, _) => Task.FromResult(request))
        .ServerStreaming("Pour", static async (request, responses, _) =>
        {
            for (int left = int.Parse(request); left > 0; left--)
            {
                await responses.WriteAsync("a response");
            }
        });
}
