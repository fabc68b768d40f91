using Trunkline.Harness;
using Trunkline.Http2;

namespace Trunkline.Rpc.Tests.Servers;

/// <summary>Streams on the server, byte for byte: order, back-pressure both ways, and every way to end early.</summary>
public sealed class ServerStreamTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static TheoryData<bool> MarshallerForms => [true, false];

    [Theory]
    [MemberData(nameof(MarshallerForms))]
    public async Task ServerStreaming_ManyResponses_ComeInOrder(bool trusted)
    {
        await using MemoryServer server = await MemoryServer.StartAsync(TextService.Builder().ServerStreaming(
            "Count",
            async (request, responses, _) =>
            {
                for (int index = 0; index < int.Parse(request); index++)
                {
                    await responses.WriteAsync($"{index}");
                }
            },
            trusted ? TextService.Trusted : TextService.Plain));
        RawCall call = await server.Client.Unary(TextService.Path("Count"), "20000");
        Assert.Equal(Enumerable.Range(0, 20000).Select(index => $"{index}"), await call.Rest());
        Assert.Equal("0", call.Status);
    }

    [Fact]
    public async Task ServerStreaming_NoResponse_IsTrailersOnlyOk()
    {
        await using MemoryServer server = await MemoryServer.StartAsync(
            TextService.Builder().ServerStreaming("None", (_, _, _) => Task.CompletedTask));
        RawCall call = await server.Client.Unary(TextService.Path("None"), "x");
        Assert.True(call.IsTrailersOnly);
        Assert.Equal("0", call.Status);
    }

    [Fact]
    public async Task ServerStreaming_ClientThatGivesNoCredit_HoldsTheWriterBack()
    {
        int written = 0;
        var started = new TaskCompletionSource();
        await using MemoryServer server = await MemoryServer.StartAsync(
            TextService.Builder().ServerStreaming("Flood", async (_, responses, _) =>
            {
                for (; written < 1000; written++)
                {
                    Task write = responses.WriteAsync(new string('x', 10_000));
                    if (!write.IsCompleted)
                    {
                        started.TrySetResult();
                    }

                    await write;
                }
            }),
            new ServerOptions(),
            new Http2Options { InitialStreamWindow = 100_000 });
        RawCall call = server.Client.Open(TextService.Path("Flood"));
        call.GivesCreditBack = false;
        call.Send("x");
        call.HalfClose();
        await started.Task.WaitAsync(Patience);
        Assert.InRange(Volatile.Read(ref written), 5, 100);
        call.ReleaseCredit();
        await call.Ended;
        Assert.Equal(1000, (await call.Rest()).Length);
    }

    [Fact]
    public async Task ServerStreaming_WritesThatNobodyAwaits_KeepTheirOrderAndAreBounded()
    {
        Exception? bound = null;
        var done = new TaskCompletionSource();
        await using MemoryServer server = await MemoryServer.StartAsync(
            TextService.Builder().ServerStreaming("Eager", async (_, responses, _) =>
            {
                var writes = new List<Task>();
                for (int index = 0; bound is null; index++)
                {
                    Task write = responses.WriteAsync($"{index}".PadLeft(50_000));
                    bound = write.Exception?.InnerException;
                    if (bound is null)
                    {
                        writes.Add(write);
                    }
                }

                done.SetResult();
                await Task.WhenAll(writes);
            }),
            new ServerOptions(),
            new Http2Options { InitialStreamWindow = 65_535 });
        RawCall call = server.Client.Open(TextService.Path("Eager"));
        call.GivesCreditBack = false;
        call.Send("x");
        call.HalfClose();
        await done.Task.WaitAsync(Patience);
        Assert.IsType<InvalidOperationException>(bound);
        call.ReleaseCredit();
        await call.Ended;
        string[] messages = await call.Rest();
        Assert.True(messages.Length > 50);
        Assert.Equal(Enumerable.Range(0, messages.Length).Select(index => $"{index}"), messages.Select(message => message.TrimStart()));
        Assert.Equal("0", call.Status);
    }

    [Fact]
    public async Task ServerStreaming_WritersOnManyThreads_LoseNothingAndKeepEachOwnOrder()
    {
        await using MemoryServer server = await MemoryServer.StartAsync(TextService.Builder().ServerStreaming("Many", async (_, responses, _) =>
            await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(async () =>
            {
                for (int index = 0; index < 500; index++)
                {
                    await responses.WriteAsync($"{writer}:{index}");
                }
            })))));
        RawCall call = await server.Client.Unary(TextService.Path("Many"), "x");
        string[] messages = await call.Rest();
        Assert.Equal(4000, messages.Length);
        foreach (IGrouping<string, string> writer in messages.GroupBy(message => message.Split(':')[0]))
        {
            Assert.Equal(Enumerable.Range(0, 500).Select(index => $"{writer.Key}:{index}"), writer);
        }
    }

    [Fact]
    public async Task ServerStreaming_HandlerThrowsMidway_SendsWhatWasWrittenAndTheStatus()
    {
        await using MemoryServer server = await MemoryServer.StartAsync(TextService.Builder().ServerStreaming("Half", async (_, responses, context) =>
        {
            await responses.WriteAsync("one");
            context.ResponseTrailers.Add("x-own", "t");
            throw new RpcException(new Status(StatusCode.Aborted, "midway"));
        }));
        RawCall call = await server.Client.Unary(TextService.Path("Half"), "x");
        Assert.Equal(["one"], await call.Rest());
        Assert.Equal(("10", "midway", "t"), (call.Status, call.Message, call.Find("x-own")));
    }

    [Fact]
    public async Task ServerStreaming_DeadlineMidway_ResetsTheStream()
    {
        var time = new ManualTimeProvider();
        Exception? failure = null;
        var over = new TaskCompletionSource();
        await using MemoryServer server = await MemoryServer.StartAsync(
            TextService.Builder().ServerStreaming("Slow", async (_, responses, context) =>
            {
                await responses.WriteAsync("one");
                var cancelled = new TaskCompletionSource();
                using CancellationTokenRegistration registration = context.CancellationToken.Register(() => cancelled.SetResult());
                await cancelled.Task;
                failure = await Record.ExceptionAsync(() => responses.WriteAsync("two"));
                over.SetResult();
            }),
            new ServerOptions { TimeProvider = time });
        RawCall call = server.Client.Open(TextService.Path("Slow"), endStream: false, ("grpc-timeout", "1S"));
        call.Send("x");
        call.HalfClose();
        Assert.Equal("one", await call.Next());
        time.Advance(TimeSpan.FromSeconds(1));
        await call.Ended;
        Assert.Equal(Http2ErrorCode.Cancel, call.Error.Code);
        await over.Task.WaitAsync(Patience);
        Assert.Equal(StatusCode.DeadlineExceeded, Assert.IsType<RpcException>(failure).StatusCode);
    }

    [Theory]
    [MemberData(nameof(MarshallerForms))]
    public async Task ClientStreaming_Requests_AreReadToTheHalfCloseAndThenAnswered(bool trusted)
    {
        await using MemoryServer server = await MemoryServer.StartAsync(
            TextService.Builder().ClientStreaming("Join", JoinAsync, trusted ? TextService.Trusted : TextService.Plain));
        RawCall call = server.Client.Open(TextService.Path("Join"));
        for (int index = 0; index < 1000; index++)
        {
            call.Send($"{index}");
        }

        Assert.False(call.HeadersCame.IsCompleted);
        call.HalfClose();
        await call.Ended;
        Assert.Equal([string.Join(",", Enumerable.Range(0, 1000))], await call.Rest());
        Assert.True(call.Error.IsNone);
    }

    [Fact]
    public async Task ClientStreaming_HalfCloseWithTheHeaders_IsAnEmptyStream()
    {
        await using MemoryServer server = await MemoryServer.StartAsync(TextService.Builder().ClientStreaming("Join", JoinAsync));
        RawCall call = server.Client.Open(TextService.Path("Join"), endStream: true);
        await call.Ended;
        Assert.Equal([""], await call.Rest());
    }

    [Fact]
    public async Task ClientStreaming_AnswerBeforeTheHalfClose_EndsBothSides()
    {
        await using MemoryServer server = await MemoryServer.StartAsync(TextService.Builder().ClientStreaming("First", async (requests, _) =>
        {
            Assert.True(await requests.MoveNext(CancellationToken.None));
            return "enough after " + requests.Current;
        }));
        RawCall call = server.Client.Open(TextService.Path("First"));
        call.Send("one");
        await call.Ended;
        Assert.Equal(["enough after one"], await call.Rest());
        Assert.Equal("0", call.Status);
        Assert.Equal(Http2ErrorCode.NoError, call.Error.Code);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ClientStreaming_MessageLargerThanTheWindow_IsToppedUpWhileTheReaderWaits(bool blocking)
    {
        ServerServiceDefinition.Builder service = blocking
            ? TextService.Builder().BlockingClientStreaming("Join", (requests, _) => string.Join(",", requests))
            : TextService.Builder().ClientStreaming("Join", JoinAsync);
        await using MemoryServer server = await MemoryServer.StartAsync(
            service, new ServerOptions { Http2 = new() { InitialStreamWindow = 20_000, ConnectionWindow = 65_535 } });
        RawCall call = server.Client.Open(TextService.Path("Join"));
        string[] large = [new('a', 300_000), "b", new('c', 150_000), new('d', 19_000), new('e', 19_000)];
        foreach (string message in large)
        {
            call.Send(message);
        }

        call.HalfClose();
        await call.Ended;
        Assert.Equal([string.Join(",", large)], await call.Rest());
    }

    [Fact]
    public async Task ClientStreaming_HandlerThatDoesNotRead_HoldsTheClientBack()
    {
        var gate = new TaskCompletionSource();
        await using MemoryServer server = await MemoryServer.StartAsync(
            TextService.Builder().ClientStreaming("Join", async (requests, context) =>
            {
                await gate.Task;
                return await JoinAsync(requests, context);
            }),
            new ServerOptions { Http2 = new() { InitialStreamWindow = 30_000 } });
        RawCall call = server.Client.Open(TextService.Path("Join"));
        WriteOutcome last = WriteOutcome.Sent;
        for (int index = 0; index < 10; index++)
        {
            var data = new PooledBuffer();
            data.Write(RawCall.Frame(new byte[9995]));
            last = call.Stream.Write(new Outgoing { Data = data });
        }

        Assert.Equal(WriteOutcome.Waiting, last);
        gate.SetResult();
        call.HalfClose();
        await call.Ended;
        Assert.Equal("0", call.Status);
        Assert.Equal((10 * 9995) + 9, (await call.Rest())[0].Length);
    }

    [Theory]
    [MemberData(nameof(MarshallerForms))]
    public async Task Duplex_PingPong_AnswersEachRequestBeforeTheNext(bool trusted)
    {
        await using MemoryServer server = await MemoryServer.StartAsync(
            TextService.Builder().Duplex("Echo", EchoAsync, trusted ? TextService.Trusted : TextService.Plain));
        RawCall call = server.Client.Open(TextService.Path("Echo"));
        for (int index = 0; index < 500; index++)
        {
            call.Send($"{index}");
            Assert.Equal($"{index}", await call.Next());
        }

        call.HalfClose();
        await call.Ended;
        Assert.Equal("0", call.Status);
    }

    [Fact]
    public async Task Duplex_PingPongOnTheReadLoop_Works()
    {
        await using MemoryServer server = await MemoryServer.StartAsync(
            TextService.Builder().Duplex("Echo", EchoAsync), new ServerOptions { HandlersOnReadLoop = true });
        RawCall call = server.Client.Open(TextService.Path("Echo"));
        for (int index = 0; index < 100; index++)
        {
            call.Send($"{index}");
            Assert.Equal($"{index}", await call.Next());
        }

        call.HalfClose();
        await call.Ended;
        Assert.Equal("0", call.Status);
    }

    [Fact]
    public async Task Duplex_BrokenMessageMidway_EndsWithInternalAndFailsTheReader()
    {
        var failure = new TaskCompletionSource<Exception?>();
        await using MemoryServer server = await MemoryServer.StartAsync(TextService.Builder().Duplex("Read", async (requests, responses, _) =>
        {
            await responses.WriteAsync("ready");
            failure.SetResult(await Record.ExceptionAsync(async () =>
            {
                while (await requests.MoveNext(CancellationToken.None))
                {
                    await responses.WriteAsync(requests.Current);
                }
            }));
        }));
        RawCall call = server.Client.Open(TextService.Path("Read"));
        Assert.Equal("ready", await call.Next());
        call.Send("good");
        Assert.Equal("good", await call.Next());
        call.SendRaw([7, 0, 0, 0, 0]);
        await call.Ended;
        Assert.Equal("13", call.Status);
        Assert.Equal(StatusCode.Internal, Assert.IsType<RpcException>(await failure.Task.WaitAsync(Patience)).StatusCode);
    }

    [Fact]
    public async Task Duplex_ClientResets_FailsReaderAndWriter()
    {
        var failures = new TaskCompletionSource<(Exception?, Exception?)>();
        await using MemoryServer server = await MemoryServer.StartAsync(TextService.Builder().Duplex("Talk", async (requests, responses, _) =>
        {
            await responses.WriteAsync("ready");
            Exception? read = await Record.ExceptionAsync(() => requests.MoveNext(CancellationToken.None));
            failures.SetResult((read, await Record.ExceptionAsync(() => responses.WriteAsync("more"))));
        }));
        RawCall call = server.Client.Open(TextService.Path("Talk"));
        Assert.Equal("ready", await call.Next());
        call.Stream.Reset(Http2ErrorCode.Cancel);
        (Exception? read, Exception? write) = await failures.Task.WaitAsync(Patience);
        Assert.Equal(StatusCode.Cancelled, Assert.IsType<RpcException>(read).StatusCode);
        Assert.Equal(StatusCode.Cancelled, Assert.IsType<RpcException>(write).StatusCode);
    }

    [Fact]
    public async Task Duplex_CancelledMoveNext_LosesNoRequest()
    {
        var waiting = new TaskCompletionSource();
        await using MemoryServer server = await MemoryServer.StartAsync(TextService.Builder().Duplex("Patient", async (requests, responses, _) =>
        {
            using var impatience = new CancellationTokenSource();
            Task<bool> wait = requests.MoveNext(impatience.Token);
            Assert.False(wait.IsCompleted);
            await impatience.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait);
            waiting.SetResult();
            Assert.True(await requests.MoveNext(CancellationToken.None));
            await responses.WriteAsync(requests.Current);
        }));
        RawCall call = server.Client.Open(TextService.Path("Patient"));
        await waiting.Task.WaitAsync(Patience);
        call.Send("kept");
        await call.Ended;
        Assert.Equal(["kept"], await call.Rest());
    }

    [Fact]
    public async Task Duplex_SecondMoveNextBeforeTheFirstReturned_IsMisuse()
    {
        var failure = new TaskCompletionSource<Exception?>();
        await using MemoryServer server = await MemoryServer.StartAsync(TextService.Builder().Duplex("Twice", async (requests, _, _) =>
        {
            Task<bool> first = requests.MoveNext(CancellationToken.None);
            failure.SetResult(await Record.ExceptionAsync(() => requests.MoveNext(CancellationToken.None)));
            Assert.False(await first);
        }));
        RawCall call = server.Client.Open(TextService.Path("Twice"));
        Assert.IsType<InvalidOperationException>(await failure.Task.WaitAsync(Patience));
        call.HalfClose();
        await call.Ended;
        Assert.Equal("0", call.Status);
    }

    [Fact]
    public async Task Duplex_WriteAfterTheHandlerFinished_IsMisuse()
    {
        IServerStreamWriter<string>? kept = null;
        await using MemoryServer server = await MemoryServer.StartAsync(TextService.Builder().Duplex("Keep", (_, responses, _) =>
        {
            kept = responses;
            return Task.CompletedTask;
        }));
        RawCall call = server.Client.Open(TextService.Path("Keep"));
        await call.Ended;
        await Assert.ThrowsAsync<InvalidOperationException>(() => kept!.WriteAsync("late"));
    }

    [Fact]
    public async Task Duplex_SlowHandlers_DoNotStallOthers()
    {
        var gate = new TaskCompletionSource();
        await using MemoryServer server = await MemoryServer.StartAsync(
            TextService.Builder()
                .Duplex("Stuck", async (_, _, _) => await gate.Task)
                .Unary("Echo", (request, _) => Task.FromResult(request)));
        RawCall[] stuck = [.. Enumerable.Range(0, 50).Select(_ => server.Client.Open(TextService.Path("Stuck")))];
        Assert.Equal(["x"], await (await server.Client.Unary(TextService.Path("Echo"), "x")).Rest());
        gate.SetResult();
        await Task.WhenAll(stuck.Select(call => call.Ended));
    }

    private static async Task<string> JoinAsync(IAsyncStreamReader<string> requests, ServerCallContext context)
    {
        var all = new List<string>();
        while (await requests.MoveNext(CancellationToken.None))
        {
            all.Add(requests.Current);
        }

        return string.Join(",", all);
    }

    private static async Task EchoAsync(IAsyncStreamReader<string> requests, IServerStreamWriter<string> responses, ServerCallContext context)
    {
        while (await requests.MoveNext(CancellationToken.None))
        {
            await responses.WriteAsync(requests.Current);
        }
    }
}
