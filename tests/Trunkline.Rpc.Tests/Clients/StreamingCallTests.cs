using System.Runtime.CompilerServices;
using Trunkline.Http2;
using Trunkline.Utils;

namespace Trunkline.Rpc.Tests.Clients;

public sealed class StreamingCallTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task ServerStreaming_ReadInEachWay_GivesAllInOrder()
    {
        await using var server = new ScriptedServer(async call =>
        {
            int count = int.Parse((await call.ReadAsync())!);
            call.SendHeaders();
            for (int i = 0; i < count; i++)
            {
                call.SendMessage($"{i}");
            }

            call.SendStatus(0, ("end", "reached"));
        });
        await using Channel channel = server.CreateChannel();
        List<string> expected = [.. Enumerable.Range(0, 500).Select(i => $"{i}")];

        AsyncServerStreamingCall<string> stream = Start(channel, "500");
        Assert.Equal(expected, await stream.ResponseStream.ToListAsync().WaitAsync(Patience));
        Assert.Equal("reached", stream.GetTrailers().GetValue("end"));

        var read = new List<string>();
        await foreach (string message in Start(channel, "500"))
        {
            read.Add(message);
        }

        Assert.Equal(expected, read);
        Assert.Equal(expected, await OwnThread.Run(() => Start(channel, "500").Blocking().ToList()).WaitAsync(Patience));
        Assert.Empty(await Start(channel, "0").ResponseStream.ToListAsync().WaitAsync(Patience));
    }

    [Fact]
    public async Task ServerStreaming_FailureBehindMessages_ComesAfterThem()
    {
        await using var server = new ScriptedServer(call =>
        {
            call.SendHeaders();
            call.SendMessage("a");
            call.SendMessage("b");
            call.SendStatus(10, ("grpc-message", "enough"));
            return Task.CompletedTask;
        });
        await using Channel channel = server.CreateChannel();
        AsyncServerStreamingCall<string> call = Start(channel, "x");

        Assert.True(await call.ResponseStream.MoveNext().WaitAsync(Patience));
        Assert.True(await call.ResponseStream.MoveNext().WaitAsync(Patience));
        Assert.Equal("b", call.ResponseStream.Current);
        RpcException exception = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext().WaitAsync(Patience));
        Assert.Equal(StatusCode.Aborted, exception.StatusCode);
        Assert.Throws<InvalidOperationException>(() => call.ResponseStream.Current);
    }

    [Fact]
    public async Task ServerStreaming_LoopLeftEarly_ResetsTheStream()
    {
        var closed = new TaskCompletionSource<Http2Error>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = new ScriptedServer(async call =>
        {
            call.SendHeaders();
            call.SendMessage("a");
            closed.SetResult(await call.Closed);
        });
        await using Channel channel = server.CreateChannel();
        AsyncServerStreamingCall<string> stream = Start(channel, "x");

        await foreach (string message in stream)
        {
            break;
        }

        Assert.Equal(Http2ErrorCode.Cancel, (await closed.Task.WaitAsync(Patience)).Code);
    }

    [Fact]
    public async Task ServerStreaming_SlowReader_HoldsTheSenderBack()
    {
        var options = new ChannelOptions { Http2 = new Http2Options { InitialStreamWindow = 65_535 } };
        WriteOutcome? last = null;
        await using var server = new ScriptedServer(async call =>
        {
            call.SendHeaders();
            for (int i = 0; i < 40 && last != WriteOutcome.Waiting; i++)
            {
                var buffer = new PooledBuffer();
                buffer.Write(ScriptedCall.Frame(new byte[10_000]));
                last = call.Stream.Write(new Outgoing { Data = buffer });
            }

            call.SendMessage("last");
            call.SendStatus(0);
            await call.Closed;
        });
        await using Channel channel = server.CreateChannel(options);
        AsyncServerStreamingCall<string> call = Start(channel, "x");

        List<string> all = await call.ResponseStream.ToListAsync().WaitAsync(Patience);

        Assert.Equal(WriteOutcome.Waiting, last);
        Assert.Equal("last", all[^1]);
    }

    [Fact]
    public async Task ServerStreaming_MessageLongerThanTheWindow_Arrives()
    {
        string large = new('y', 1_000_000);
        await using var server = new ScriptedServer(async call => call.Answer((await call.ReadAsync())!));
        await using Channel channel = server.CreateChannel(new ChannelOptions { Http2 = new Http2Options { InitialStreamWindow = 65_535 } });

        Assert.Equal([large], await Start(channel, large).ResponseStream.ToListAsync().WaitAsync(Patience));
    }

    [Fact]
    public async Task ClientStreaming_InEachForm_SendsAllThenTakesTheReply()
    {
        await using var server = new ScriptedServer(JoinAsync);
        await using Channel channel = server.CreateChannel();
        CallInvoker invoker = channel.CreateCallInvoker();

        using AsyncClientStreamingCall<string, string> call = invoker.AsyncClientStreamingCall(TestMethods.ClientStreaming, null, default);
        await call.RequestStream.WriteAllAsync(["a", "b", "c"]).WaitAsync(Patience);
        Assert.Equal("a,b,c", await call.ResponseAsync.WaitAsync(Patience));

        AsyncUnaryCall<string> pumped = invoker.AsyncClientStreamingCall(TestMethods.ClientStreaming, null, default, Sequence("d", "e"));
        Assert.Equal("d,e", await pumped.ResponseAsync.WaitAsync(Patience));
        Assert.Equal(StatusCode.OK, pumped.GetStatus().StatusCode);

        Assert.Equal("f,g", await OwnThread.Run(
            () => invoker.BlockingClientStreamingCall(TestMethods.ClientStreaming, null, default, (IEnumerable<string>)["f", "g"])).WaitAsync(Patience));
        Assert.Equal("", await invoker.AsyncClientStreamingCall(TestMethods.ClientStreaming, null, default, Sequence()).ResponseAsync.WaitAsync(Patience));
    }

    [Fact]
    public async Task ClientStreaming_WritesWithoutWaiting_KeepTheirOrder()
    {
        await using var server = new ScriptedServer(JoinAsync);
        await using Channel channel = server.CreateChannel();
        using AsyncClientStreamingCall<string, string> call = channel.CreateCallInvoker()
            .AsyncClientStreamingCall(TestMethods.ClientStreaming, null, default);

        List<Task> writes = [.. Enumerable.Range(0, 3000).Select(i => call.RequestStream.WriteAsync($"{i}"))];
        await call.RequestStream.CompleteAsync();
        await Task.WhenAll(writes).WaitAsync(Patience);

        Assert.Equal(string.Join(',', Enumerable.Range(0, 3000)), await call.ResponseAsync.WaitAsync(Patience));
        await Assert.ThrowsAsync<RpcException>(() => call.RequestStream.WriteAsync("late"));
    }

    [Fact]
    public async Task ClientStreaming_ServerDoesNotRead_HoldsTheWriterBackAndFreesItAtTheEnd()
    {
        var arrived = new TaskCompletionSource<ScriptedCall>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = new UnreadingServer(arrived);
        await using var channel = new Channel("memory:1", ChannelCredentials.Insecure, new ChannelOptions { Dialer = server });
        using AsyncClientStreamingCall<string, string> call = channel.CreateCallInvoker()
            .AsyncClientStreamingCall(TestMethods.ClientStreaming, null, default);

        Task write = Task.CompletedTask;
        int written = 0;
        while (write.IsCompletedSuccessfully && written < 1000)
        {
            write = call.RequestStream.WriteAsync(new string('x', 10_000));
            written++;
            if (!write.IsCompleted)
            {
                // Before the stream is there the writes are held; afterwards its window and the bound decide.
                await Task.WhenAny(write, arrived.Task).WaitAsync(Patience);
                await Task.Yield();
            }
        }

        Assert.InRange(written, 6, 60);
        call.Dispose();
        await Assert.ThrowsAsync<RpcException>(() => write.WaitAsync(Patience));
        await Assert.ThrowsAsync<RpcException>(() => call.ResponseAsync.WaitAsync(Patience));
    }

    [Fact]
    public async Task ClientStreaming_ServerAnswersEarly_EndsThePump()
    {
        await using var server = new ScriptedServer(async call =>
        {
            await call.ReadAsync();
            call.Answer("enough");
        });
        await using Channel channel = server.CreateChannel();
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        AsyncUnaryCall<string> call = channel.CreateCallInvoker()
            .AsyncClientStreamingCall(TestMethods.ClientStreaming, null, default, Endless(ended));

        Assert.Equal("enough", await call.ResponseAsync.WaitAsync(Patience));
        await ended.Task.WaitAsync(Patience);
    }

    [Fact]
    public async Task ClientStreaming_SequenceThrows_CancelsTheCallAndNamesTheReason()
    {
        var closed = new TaskCompletionSource<Http2Error>(TaskCreationOptions.RunContinuationsAsynchronously);
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = new ScriptedServer(async call =>
        {
            arrived.TrySetResult();
            closed.TrySetResult(await call.Closed);
        });
        await using Channel channel = server.CreateChannel();

        AsyncUnaryCall<string> call = channel.CreateCallInvoker()
            .AsyncClientStreamingCall(TestMethods.ClientStreaming, null, default, ThrowingOnce(arrived.Task));
        RpcException exception = await Assert.ThrowsAsync<RpcException>(() => call.ResponseAsync.WaitAsync(Patience));

        Assert.Equal("broken source", exception.InnerException!.Message);
        Assert.Equal(Http2ErrorCode.Cancel, (await closed.Task.WaitAsync(Patience)).Code);
        Assert.Throws<FormatException>(() => channel.CreateCallInvoker().BlockingClientStreamingCall(
            TestMethods.ClientStreaming, null, default, Enumerable.Range(0, 2).Select<int, string>(_ => throw new FormatException())));
    }

    [Fact]
    public async Task Duplex_PingPong_InEachForm()
    {
        await using var server = new ScriptedServer(EchoAsync);
        await using Channel channel = server.CreateChannel();
        CallInvoker invoker = channel.CreateCallInvoker();

        using AsyncDuplexStreamingCall<string, string> call = invoker.AsyncDuplexStreamingCall(TestMethods.Duplex, null, default);
        for (int i = 0; i < 200; i++)
        {
            await call.RequestStream.WriteAsync($"{i}").WaitAsync(Patience);
            Assert.True(await call.ResponseStream.MoveNext().WaitAsync(Patience));
            Assert.Equal($"{i}", call.ResponseStream.Current);
        }

        await call.RequestStream.CompleteAsync();
        Assert.False(await call.ResponseStream.MoveNext().WaitAsync(Patience));

        AsyncServerStreamingCall<string> pumped = invoker.AsyncDuplexStreamingCall(TestMethods.PlainDuplex, null, default, Sequence("a", "b"));
        Assert.Equal(["a", "b"], await pumped.ResponseStream.ToListAsync().WaitAsync(Patience));
        Assert.Equal(["c", "d"], await OwnThread.Run(
            () => invoker.BlockingDuplexStreamingCall(TestMethods.Duplex, null, default, (IEnumerable<string>)["c", "d"]).ToList()).WaitAsync(Patience));
    }

    [Fact]
    public async Task Duplex_ServerSpeaksFirst_AndEndsFirst()
    {
        await using var server = new ScriptedServer(call =>
        {
            call.SendHeaders();
            call.SendMessage("welcome");
            call.SendStatus(0);
            return Task.CompletedTask;
        });
        await using Channel channel = server.CreateChannel();

        using AsyncDuplexStreamingCall<string, string> call = channel.CreateCallInvoker().AsyncDuplexStreamingCall(TestMethods.Duplex, null, default);

        Assert.Equal(["welcome"], await call.ResponseStream.ToListAsync().WaitAsync(Patience));
        Assert.Equal(StatusCode.OK, call.GetStatus().StatusCode);
        await Assert.ThrowsAsync<RpcException>(() => call.RequestStream.WriteAsync("late"));
        await call.RequestStream.CompleteAsync();
    }

    [Fact]
    public async Task Duplex_CancelledWhileReading_EndsTheRead()
    {
        await using var server = new ScriptedServer(async call => await call.Closed);
        await using Channel channel = server.CreateChannel();
        using var source = new CancellationTokenSource();
        using AsyncDuplexStreamingCall<string, string> call = channel.CreateCallInvoker().AsyncDuplexStreamingCall(TestMethods.Duplex, null, default);

        Task<bool> read = call.ResponseStream.MoveNext(source.Token);
        await source.CancelAsync();

        Assert.Equal(StatusCode.Cancelled, (await Assert.ThrowsAsync<RpcException>(() => read.WaitAsync(Patience))).StatusCode);
        await Assert.ThrowsAsync<RpcException>(() => call.ResponseHeadersAsync.WaitAsync(Patience));
    }

    [Fact]
    public async Task Duplex_TwoReadsAtOnce_AreRefused()
    {
        await using var server = new ScriptedServer(async call => await call.Closed);
        await using Channel channel = server.CreateChannel();
        using AsyncDuplexStreamingCall<string, string> call = channel.CreateCallInvoker().AsyncDuplexStreamingCall(TestMethods.Duplex, null, default);

        Task<bool> first = call.ResponseStream.MoveNext();

        await Assert.ThrowsAsync<InvalidOperationException>(() => call.ResponseStream.MoveNext());
        Assert.False(first.IsCompleted);
    }

    [Fact]
    public async Task Abandoned_StreamsNobodyHolds_AreCancelled()
    {
        var closed = new TaskCompletionSource<Http2Error>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = new ScriptedServer(async call =>
        {
            call.SendHeaders();
            call.SendMessage("a");
            closed.TrySetResult(await call.Closed);
        });
        await using Channel channel = server.CreateChannel();

        await ForgetAsync(channel);
        while (!closed.Task.IsCompleted)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            await Task.WhenAny(closed.Task, Task.Delay(20));
        }

        Assert.Equal(Http2ErrorCode.Cancel, (await closed.Task).Code);
    }

    [Fact]
    public async Task Abandoned_ButAwaited_GoesOn()
    {
        var gate = new TaskCompletionSource();
        await using var server = new ScriptedServer(async call =>
        {
            call.SendHeaders();
            await gate.Task;
            call.SendMessage("late");
            call.SendStatus(0);
        });
        await using Channel channel = server.CreateChannel();

        Task<bool> read = ReadOnce(channel);
        for (int i = 0; i < 5; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.False(read.IsCompleted);
        gate.SetResult();
        Assert.True(await read.WaitAsync(Patience));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task ForgetAsync(Channel channel) => Assert.True(await Start(channel, "x").ResponseStream.MoveNext());

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Task<bool> ReadOnce(Channel channel) => Start(channel, "x").ResponseStream.MoveNext();

    private static AsyncServerStreamingCall<string> Start(Channel channel, string request) =>
        channel.CreateCallInvoker().AsyncServerStreamingCall(TestMethods.ServerStreaming, null, default, request);

    private static async Task JoinAsync(ScriptedCall call)
    {
        var all = new List<string>();
        while (await call.ReadAsync() is { } message)
        {
            all.Add(message);
        }

        call.Answer(string.Join(',', all));
    }

    private static async Task EchoAsync(ScriptedCall call)
    {
        call.SendHeaders();
        while (await call.ReadAsync() is { } message)
        {
            call.SendMessage(message);
        }

        call.SendStatus(0);
    }

    private static async IAsyncEnumerable<string> Sequence(params string[] messages)
    {
        foreach (string message in messages)
        {
            await Task.Yield();
            yield return message;
        }
    }

    private static async IAsyncEnumerable<string> Endless(TaskCompletionSource ended, [EnumeratorCancellation] CancellationToken token = default)
    {
        try
        {
            yield return "first";
            await Task.Delay(Timeout.InfiniteTimeSpan, token);
        }
        finally
        {
            ended.SetResult();
        }
    }

    private static async IAsyncEnumerable<string> ThrowingOnce(Task arrived)
    {
        yield return "first";
        await arrived;
        throw new FormatException("broken source");
    }

    /// <summary>Gives no credit back, as a server whose application does not read.</summary>
    private sealed class UnreadingServer(TaskCompletionSource<ScriptedCall> arrived) : Dialer, IServerConnectionHandler, IStreamHandler, IAsyncDisposable
    {
        private Http2ServerConnection? _connection;

        public override string Target => "memory";

        public override ValueTask<Link> DialAsync(CancellationToken cancellationToken)
        {
            (MemoryLink near, MemoryLink far) = MemoryLink.CreatePair();
            _connection = Http2ServerConnection.Create(far, this, new Http2Options { InitialStreamWindow = 65_535 });
            _ = _connection.StartAsync(CancellationToken.None);
            return new ValueTask<Link>(near);
        }

        public IStreamHandler OnStream(Http2Stream stream) => this;

        public void OnHeaders(in FieldBlock fields, bool endStream) => arrived.TrySetResult(null!);

        public void OnData(ReadOnlyMemory<byte> data, bool endStream)
        {
        }

        public void OnTrailers(in FieldBlock fields)
        {
        }

        public void OnWritable()
        {
        }

        public void OnBatchEnd()
        {
        }

        public void OnGoAway(in Http2Error error)
        {
        }

        public void OnClosed(in Http2Error error)
        {
        }

        public ValueTask DisposeAsync() => _connection?.DisposeAsync() ?? ValueTask.CompletedTask;
    }
}
