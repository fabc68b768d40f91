using Trunkline.Rpc.Tests.Servers;

namespace Trunkline.Rpc.Tests.EndToEnd;

/// <summary>
/// What the four kinds of call mean, for every pair of styles: asynchronous and blocking server, asynchronous and blocking client. The bidirectional
/// kind in its four shapes, for its two streams are independent of each other.
/// </summary>
public sealed class FourKindsTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static TheoryData<bool, bool> Styles => new()
    {
        { false, false },
        { false, true },
        { true, false },
        { true, true },
    };

    [Theory]
    [MemberData(nameof(Styles))]
    public async Task Unary_IsAFunctionCall(bool blockingServer, bool blockingClient)
    {
        await using Duo duo = Duo.Start(BothStyles.Service(blockingServer));
        for (int round = 0; round < 20; round++)
        {
            string request = $"request {round}";
            string response = blockingClient
                ? await OnThread(() => duo.Calls.BlockingUnaryCall(Unary("Upper"), null, default, request))
                : await duo.Calls.AsyncUnaryCall(Unary("Upper"), null, default, request);
            Assert.Equal($"REQUEST {round}", response);
        }
    }

    [Theory]
    [MemberData(nameof(Styles))]
    public async Task ResponseStreaming_IsReadInOrderUntilThereAreNoMore(bool blockingServer, bool blockingClient)
    {
        await using Duo duo = Duo.Start(BothStyles.Service(blockingServer));
        foreach (int count in new[] { 0, 1, 5000 })
        {
            using AsyncServerStreamingCall<string> call =
                duo.Calls.AsyncServerStreamingCall(TextService.Method(MethodType.ServerStreaming, "Count"), null, default, $"{count}");
            List<string> responses = blockingClient ? await OnThread(() => call.Blocking().ToList()) : await ReadAll(call);
            Assert.Equal(Enumerable.Range(0, count).Select(index => $"{index}"), responses);
            Assert.Equal(StatusCode.OK, call.GetStatus().StatusCode);
        }
    }

    [Theory]
    [MemberData(nameof(Styles))]
    public async Task RequestStreaming_IsAnsweredAfterTheHalfClose(bool blockingServer, bool blockingClient)
    {
        await using Duo duo = Duo.Start(BothStyles.Service(blockingServer));
        string[] requests = [.. Enumerable.Range(0, 2000).Select(index => $"{index}")];
        string response = blockingClient
            ? await OnThread(() => duo.Calls.BlockingClientStreamingCall(ClientStreaming("Join"), null, default, requests))
            : await duo.Calls.AsyncClientStreamingCall(ClientStreaming("Join"), null, default, Later(requests));
        Assert.Equal(string.Join(",", requests), response);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task RequestStreaming_IsNotAnsweredBeforeTheServerChoosesTo(bool blockingServer)
    {
        await using Duo duo = Duo.Start(BothStyles.Service(blockingServer));
        using AsyncClientStreamingCall<string, string> call = duo.Calls.AsyncClientStreamingCall(ClientStreaming("Join"), null, default);
        await call.RequestStream.WriteAsync("one");
        await call.RequestStream.WriteAsync("two");

        // A whole unary call on the same connection goes there and back: the server has seen both requests and has not answered.
        await duo.Calls.AsyncUnaryCall(Unary("Upper"), null, default, "x");
        Assert.False(call.ResponseAsync.IsCompleted);
        await call.RequestStream.CompleteAsync();
        Assert.Equal("one,two", await call.ResponseAsync.WaitAsync(Patience));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task RequestStreaming_ServerThatAnswersEarly_IsHeardBeforeTheHalfClose(bool blockingServer)
    {
        await using Duo duo = Duo.Start(BothStyles.Service(blockingServer));
        using AsyncClientStreamingCall<string, string> call = duo.Calls.AsyncClientStreamingCall(ClientStreaming("FirstOnly"), null, default);
        await call.RequestStream.WriteAsync("one");
        Assert.Equal("one", await call.ResponseAsync.WaitAsync(Patience));
        Assert.Equal(StatusCode.OK, call.GetStatus().StatusCode);
    }

    [Theory]
    [MemberData(nameof(Styles))]
    public async Task Bidirectional_ServerCollectsAllThenReplies(bool blockingServer, bool blockingClient)
    {
        await using Duo duo = Duo.Start(BothStyles.Service(blockingServer));
        string[] requests = [.. Enumerable.Range(0, 1000).Select(index => $"{index}")];
        Assert.Equal(requests, await Talk(duo, "CollectThenReply", requests, blockingClient));
    }

    [Theory]
    [MemberData(nameof(Styles))]
    public async Task Bidirectional_ReplyPerMessage_ComesBeforeTheNextRequest(bool blockingServer, bool blockingClient)
    {
        await using Duo duo = Duo.Start(BothStyles.Service(blockingServer));
        if (blockingClient)
        {
            await OnThread(() => PingPongBlocking(duo));
            return;
        }

        using AsyncDuplexStreamingCall<string, string> call = duo.Calls.AsyncDuplexStreamingCall(Duplex("ReplyPerMessage"), null, default);
        for (int index = 0; index < 200; index++)
        {
            await call.RequestStream.WriteAsync($"{index}");
            Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));
            Assert.Equal($"re:{index}", call.ResponseStream.Current);
        }

        await call.RequestStream.CompleteAsync();
        Assert.False(await call.ResponseStream.MoveNext(CancellationToken.None));
    }

    [Theory]
    [MemberData(nameof(Styles))]
    public async Task Bidirectional_FreeInterleaving_KeepsTheOrderOfEachStream(bool blockingServer, bool blockingClient)
    {
        await using Duo duo = Duo.Start(BothStyles.Service(blockingServer));
        string[] requests = [.. Enumerable.Range(0, 1000).Select(index => $"{index}")];
        IEnumerable<string> expected = requests.SelectMany((request, index) => Enumerable.Range(0, index % 3).Select(copy => $"{request}.{copy}"));
        Assert.Equal(expected, await Talk(duo, "Interleave", requests, blockingClient));
    }

    [Theory]
    [MemberData(nameof(Styles))]
    public async Task Bidirectional_ServerSpeaksFirst(bool blockingServer, bool blockingClient)
    {
        await using Duo duo = Duo.Start(BothStyles.Service(blockingServer));
        if (blockingClient)
        {
            await OnThread(() => ListenFirstBlocking(duo));
            return;
        }

        using AsyncDuplexStreamingCall<string, string> call = duo.Calls.AsyncDuplexStreamingCall(Duplex("SpeakFirst"), null, default);
        Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));
        Assert.Equal("welcome", call.ResponseStream.Current);
        await call.RequestStream.WriteAsync("thanks");
        await call.RequestStream.CompleteAsync();
        Assert.Equal(["thanks", "goodbye"], await ReadAll(call));
    }

    [Theory]
    [MemberData(nameof(Styles))]
    public async Task EveryKind_AtOnceOnOneConnection_IsOneAccept(bool blockingServer, bool blockingClient)
    {
        await using Duo duo = Duo.Start(BothStyles.Service(blockingServer));
        string[] requests = ["a", "b", "c"];
        IEnumerable<Task> calls = Enumerable.Range(0, 25).SelectMany(index => new Task[]
        {
            Check($"R{index}", duo.Calls.AsyncUnaryCall(Unary("Upper"), null, default, $"r{index}").ResponseAsync),
            Check("a,b,c", duo.Calls.AsyncClientStreamingCall(ClientStreaming("Join"), null, default, Later(requests)).ResponseAsync),
            Check(["re:a", "re:b", "re:c"], Talk(duo, "ReplyPerMessage", requests, blockingClient)),
            Check(
                ["0", "1", "2"],
                ReadAll(duo.Calls.AsyncServerStreamingCall(TextService.Method(MethodType.ServerStreaming, "Count"), null, default, "3"))),
        });
        await Task.WhenAll(calls).WaitAsync(Patience);
        Assert.Equal(1, duo.Listener.Accepted);
    }

    private static Method<string, string> Unary(string name) => TextService.Method(MethodType.Unary, name);

    private static Method<string, string> ClientStreaming(string name) => TextService.Method(MethodType.ClientStreaming, name);

    private static Method<string, string> Duplex(string name) => TextService.Method(MethodType.DuplexStreaming, name);

    private static async Task Check<T>(T expected, Task<T> actual) => Assert.Equal(expected, await actual);

    private static Task<List<string>> Talk(Duo duo, string method, IEnumerable<string> requests, bool blockingClient) => blockingClient
        ? OnThread(() => duo.Calls.BlockingDuplexStreamingCall(Duplex(method), null, default, requests).ToList())
        : ReadAll(duo.Calls.AsyncDuplexStreamingCall(Duplex(method), null, default, Later(requests)));

    private static bool PingPongBlocking(Duo duo)
    {
        using var answered = new SemaphoreSlim(0);
        int received = 0;
        foreach (string response in duo.Calls.BlockingDuplexStreamingCall(Duplex("ReplyPerMessage"), null, default, WaitBeforeEach(200, answered)))
        {
            Assert.Equal($"re:{received++}", response);
            answered.Release();
        }

        Assert.Equal(200, received);
        return true;
    }

    private static bool ListenFirstBlocking(Duo duo)
    {
        using var heard = new SemaphoreSlim(0);
        var responses = new List<string>();
        foreach (string response in duo.Calls.BlockingDuplexStreamingCall(Duplex("SpeakFirst"), null, default, AfterHearing(heard)))
        {
            responses.Add(response);
            heard.Release();
        }

        Assert.Equal(["welcome", "thanks", "goodbye"], responses);
        return true;
    }

    private static IEnumerable<string> WaitBeforeEach(int count, SemaphoreSlim answered)
    {
        for (int index = 0; index < count; index++)
        {
            yield return $"{index}";
            Assert.True(answered.Wait(Patience));
        }
    }

    private static IEnumerable<string> AfterHearing(SemaphoreSlim heard)
    {
        Assert.True(heard.Wait(Patience));
        yield return "thanks";
    }

    private static async IAsyncEnumerable<string> Later(IEnumerable<string> requests)
    {
        foreach (string request in requests)
        {
            await Task.Yield();
            yield return request;
        }
    }

    private static async Task<List<string>> ReadAll(IAsyncEnumerable<string> responses)
    {
        var all = new List<string>();
        await foreach (string response in responses)
        {
            all.Add(response);
        }

        return all;
    }

    /// <summary>Blocking calls belong on a thread of their own, not on one of the pool.</summary>
    private static Task<T> OnThread<T>(Func<T> action) => Task.Factory
        .StartNew(action, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)
        .WaitAsync(Patience);
}
