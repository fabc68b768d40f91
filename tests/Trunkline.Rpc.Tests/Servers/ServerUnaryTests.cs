using Microsoft.Extensions.Logging.Abstractions;
using Trunkline.Harness;
using Trunkline.Rpc.Messages;

namespace Trunkline.Rpc.Tests.Servers;

/// <summary>Unary calls, byte for byte: what the server answers in the good case and in each bad one.</summary>
public sealed class ServerUnaryTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static TheoryData<bool> MarshallerForms => [true, false];

    [Theory]
    [MemberData(nameof(MarshallerForms))]
    public async Task Unary_Request_IsAnsweredWithHeadersMessageAndTrailers(bool trusted)
    {
        await using MemoryServer server = await MemoryServer.StartAsync(
            TextService.Builder().Unary("Hello", (request, _) => Task.FromResult("hello " + request), trusted ? TextService.Trusted : TextService.Plain));
        for (int round = 0; round < 3; round++)
        {
            RawCall call = await server.Client.Unary(TextService.Path("Hello"), "world");
            Assert.Equal(["hello world"], await call.Rest());
            Assert.Equal("200", call.Header(":status"));
            Assert.Equal("application/grpc", call.Header("content-type"));
            Assert.Equal("0", call.Status);
            Assert.Null(call.Message);
            Assert.False(call.IsTrailersOnly);
            Assert.True(call.Error.IsNone);
        }
    }

    [Fact]
    public async Task Unary_HandlerThatAwaits_IsAnsweredLater()
    {
        var gate = new TaskCompletionSource<string>();
        await using MemoryServer server = await MemoryServer.StartAsync(
            TextService.Builder().Unary("Wait", async (request, _) => request + await gate.Task));
        RawCall call = server.Client.Open(TextService.Path("Wait"));
        call.Send("a");
        call.HalfClose();
        Assert.False(call.Ended.IsCompleted);
        gate.SetResult("b");
        await call.Ended;
        Assert.Equal(["ab"], await call.Rest());
    }

    [Fact]
    public async Task Unary_MessageInManyPieces_IsPutTogether()
    {
        await using MemoryServer server = await Echo();
        RawCall call = server.Client.Open(TextService.Path("Echo"));
        foreach (byte value in RawCall.Frame("piece by piece"u8.ToArray()))
        {
            call.SendRaw([value]);
        }

        call.HalfClose();
        await call.Ended;
        Assert.Equal(["piece by piece"], await call.Rest());
    }

    [Fact]
    public async Task Unary_MessageLargerThanTheWindow_Arrives()
    {
        await using MemoryServer server = await MemoryServer.StartAsync(
            TextService.Builder().Unary("Echo", (request, _) => Task.FromResult(request)),
            new ServerOptions { Http2 = new() { InitialStreamWindow = 16_384, ConnectionWindow = 65_535 } });
        string large = new('x', 1_000_000);
        RawCall call = await server.Client.Unary(TextService.Path("Echo"), large);
        Assert.Equal([large], await call.Rest());
    }

    [Theory]
    [InlineData("/test.Text/Nothing", "has no method Nothing")]
    [InlineData("/test.Other/Echo", "has no service test.Other")]
    [InlineData("/Echo", "does not have the form")]
    [InlineData("/", "does not have the form")]
    public async Task Unary_UnknownPath_IsUnimplementedTrailersOnly(string path, string text)
    {
        await using MemoryServer server = await Echo();
        RawCall call = await server.Client.Unary(path, "x");
        Assert.True(call.IsTrailersOnly);
        Assert.Equal("200", call.Header(":status"));
        Assert.Equal("12", call.Status);
        Assert.Contains(text, call.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("content-type", "text/html", "415", "3")]
    [InlineData("content-type", "application/grpc-web", "415", "3")]
    [InlineData("content-type", null, "415", "3")]
    [InlineData("grpc-timeout", "5x", "400", "13")]
    [InlineData("grpc-timeout", "123456789S", "400", "13")]
    [InlineData("x-test-bin", "!!", "400", "13")]
    [InlineData(":method", "PUT", "405", "13")]
    [InlineData("grpc-timeout", "0n", "200", "4")]
    [InlineData("grpc-encoding", "snappy", "200", "12")]
    public async Task Unary_BadRequestHead_GetsTheAnswerOfTheSheet(string name, string? value, string httpStatus, string grpcStatus)
    {
        await using MemoryServer server = await Echo();
        RawCall call = server.Client.Open(TextService.Path("Echo"), endStream: false, (name, value));
        await call.Ended;
        Assert.Equal(httpStatus, call.Header(":status"));
        Assert.Equal(grpcStatus, call.Status);
        RawCall next = await server.Client.Unary(TextService.Path("Echo"), "still here");
        Assert.Equal(["still here"], await next.Rest());
    }

    [Theory]
    [InlineData("application/grpc+proto")]
    [InlineData("application/grpc;charset=utf-8")]
    public async Task Unary_ContentTypeWithMore_IsTaken(string value)
    {
        await using MemoryServer server = await Echo();
        RawCall call = await server.Client.Unary(TextService.Path("Echo"), "x", ("content-type", value));
        Assert.Equal("0", call.Status);
    }

    [Fact]
    public async Task Unary_UnknownCoding_SaysWhichAreKnown()
    {
        await using MemoryServer server = await Echo();
        RawCall call = await server.Client.Unary(TextService.Path("Echo"), "x", ("grpc-encoding", "zstd"));
        Assert.Equal("identity,deflate,gzip", call.Header("grpc-accept-encoding"));
        Assert.Contains("zstd", call.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unary_HandlerThrowsRpcException_SendsItsStatusTextAndTrailers()
    {
        await using MemoryServer server = await MemoryServer.StartAsync(TextService.Builder().Unary("Fail", (_, context) =>
        {
            context.ResponseTrailers.Add("own", "1");
            throw new RpcException(new Status(StatusCode.NotFound, "no such thing: \u00e9\n"), new Metadata { { "extra", "2" } });
        }));
        RawCall call = await server.Client.Unary(TextService.Path("Fail"), "x");
        Assert.True(call.IsTrailersOnly);
        Assert.Equal("5", call.Status);
        Assert.Equal("no such thing: \u00e9\n", call.Message);
        Assert.Equal("1", call.Find("own"));
        Assert.Equal("2", call.Find("extra"));
    }

    [Theory]
    [InlineData(false, "The handler threw an exception.")]
    [InlineData(true, "The handler threw FormatException: secret")]
    public async Task Unary_HandlerThrows_IsUnknownAndTellsNoMoreThanAllowed(bool detailed, string text)
    {
        await using MemoryServer server = await MemoryServer.StartAsync(
            TextService.Builder().Unary("Fail", (_, _) => throw new FormatException("secret")).Unary("FailLater", async (_, _) =>
            {
                await Task.Yield();
                throw new FormatException("secret");
            }),
            new ServerOptions { EnableDetailedErrors = detailed, LoggerFactory = NullLoggerFactory.Instance });
        foreach (string method in new[] { "Fail", "FailLater" })
        {
            RawCall call = await server.Client.Unary(TextService.Path(method), "x");
            Assert.Equal("2", call.Status);
            Assert.Equal(text, call.Message);
        }
    }

    [Fact]
    public async Task Unary_StatusInContext_IsSentInPlaceOfTheMessage()
    {
        await using MemoryServer server = await MemoryServer.StartAsync(TextService.Builder().Unary("Deny", (_, context) =>
        {
            context.Status = new Status(StatusCode.PermissionDenied, "no");
            return Task.FromResult("never seen");
        }));
        RawCall call = await server.Client.Unary(TextService.Path("Deny"), "x");
        Assert.Equal("7", call.Status);
        Assert.Empty(await call.Rest());
    }

    [Fact]
    public async Task Unary_NullResponse_IsUnknown()
    {
        await using MemoryServer server = await MemoryServer.StartAsync(TextService.Builder().Unary("Null", (_, _) => Task.FromResult<string>(null!)));
        Assert.Equal("2", (await server.Client.Unary(TextService.Path("Null"), "x")).Status);
    }

    [Fact]
    public async Task Unary_HeadersWrittenFirst_CarryMetadataAndMayBeWrittenOnce()
    {
        Exception? second = null;
        await using MemoryServer server = await MemoryServer.StartAsync(TextService.Builder().Unary("Headers", async (_, context) =>
        {
            await context.WriteResponseHeadersAsync(new Metadata { { "x-early", "yes" }, { "x-raw-bin", [1, 2, 255] } });
            second = await Record.ExceptionAsync(() => context.WriteResponseHeadersAsync([]));
            return "done";
        }));
        RawCall call = await server.Client.Unary(TextService.Path("Headers"), "x");
        Assert.Equal("yes", call.Header("x-early"));
        Assert.Equal("AQL/", call.Header("x-raw-bin"));
        Assert.Equal("0", call.Status);
        Assert.IsType<InvalidOperationException>(second);
    }

    [Fact]
    public async Task Unary_Context_TellsAboutTheCall()
    {
        ServerCallContext? seen = null;
        Metadata? headers = null;
        await using MemoryServer server = await MemoryServer.StartAsync(TextService.Builder().Unary("Look", (_, context) =>
        {
            seen = context;
            headers = context.RequestHeaders;
            return Task.FromResult("");
        }));
        await server.Client.Unary(TextService.Path("Look"), "x", ("x-name", "v"), ("x-data-bin", "AQI"), ("user-agent", "raw/1"));
        Assert.Equal(TextService.Path("Look"), seen!.Method);
        Assert.Equal("test", seen.Host);
        Assert.Equal(DateTime.MaxValue, seen.Deadline);
        Assert.False(seen.AuthContext.IsPeerAuthenticated);
        Assert.Equal("v", headers!.GetValue("x-name"));
        Assert.Equal([1, 2], headers.GetValueBytes("x-data-bin"));
        Assert.Equal("raw/1", headers.GetValue("user-agent"));

        // The client may have its answer a moment before the server has let the call go.
        var cancelled = new TaskCompletionSource();
        await using CancellationTokenRegistration registration = seen.CancellationToken.Register(cancelled.SetResult);
        await cancelled.Task.WaitAsync(Patience);
        await Assert.ThrowsAsync<InvalidOperationException>(() => seen.WriteResponseHeadersAsync([]));
    }

    [Fact]
    public async Task Unary_NoMessage_IsUnimplemented()
    {
        await using MemoryServer server = await Echo();
        RawCall call = server.Client.Open(TextService.Path("Echo"), endStream: true);
        await call.Ended;
        Assert.Equal("12", call.Status);
    }

    [Fact]
    public async Task Unary_TwoMessages_IsUnimplementedAndTheConnectionGoesOn()
    {
        await using MemoryServer server = await Echo();
        RawCall call = server.Client.Open(TextService.Path("Echo"));
        call.Send("one");
        call.Send("two");
        await call.Ended;
        Assert.Equal("12", call.Status);
        Assert.Equal("0", (await server.Client.Unary(TextService.Path("Echo"), "x")).Status);
    }

    [Fact]
    public async Task Unary_OverTheReceiveLimit_IsResourceExhaustedWithBothSizes()
    {
        await using MemoryServer server = await MemoryServer.StartAsync(
            TextService.Builder().Unary("Echo", (request, _) => Task.FromResult(request)), new ServerOptions { MaxReceiveMessageSize = 10 });
        Assert.Equal("0", (await server.Client.Unary(TextService.Path("Echo"), "0123456789")).Status);
        RawCall call = server.Client.Open(TextService.Path("Echo"));
        call.Send("0123456789a");
        await call.Ended;
        Assert.Equal("8", call.Status);
        Assert.Contains("11 bytes", call.Message, StringComparison.Ordinal);
        Assert.Contains("10 bytes", call.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(MarshallerForms))]
    public async Task Unary_OverTheSendLimit_IsResourceExhausted(bool trusted)
    {
        await using MemoryServer server = await MemoryServer.StartAsync(
            TextService.Builder().Unary("Big", (_, _) => Task.FromResult("12345"), trusted ? TextService.Trusted : TextService.Plain),
            new ServerOptions { MaxSendMessageSize = 4 });
        Assert.Equal("8", (await server.Client.Unary(TextService.Path("Big"), "x")).Status);
    }

    [Theory]
    [InlineData(new byte[] { 2, 0, 0, 0, 0 }, "13")]
    [InlineData(new byte[] { 1, 0, 0, 0, 1, 9 }, "13")]
    [InlineData(new byte[] { 0, 0, 0, 0, 9, 1 }, "13")]
    public async Task Unary_BrokenFraming_IsInternal(byte[] bytes, string status)
    {
        await using MemoryServer server = await Echo();
        RawCall call = server.Client.Open(TextService.Path("Echo"));
        call.SendRaw(bytes, endStream: true);
        await call.Ended;
        Assert.Equal(status, call.Status);
        Assert.Equal("0", (await server.Client.Unary(TextService.Path("Echo"), "x")).Status);
    }

    [Fact]
    public async Task Unary_GzipBothWays_IsReadAndAnswered()
    {
        await using MemoryServer server = await MemoryServer.StartAsync(
            TextService.Builder().Unary("Echo", (request, _) => Task.FromResult(request)), new ServerOptions { ResponseCompression = "gzip" });
        string text = new('z', 5000);
        Assert.True(MessageSerializer.Serialize(TextService.Plain, text, MessageCodings.Gzip, int.MaxValue, out Http2.PooledBuffer? framed).IsNone);
        RawCall call = server.Client.Open(TextService.Path("Echo"), endStream: false, ("grpc-encoding", "gzip"), ("grpc-accept-encoding", "identity, gzip"));
        call.Coding = MessageCodings.Gzip;
        call.Stream.Write(new Http2.Outgoing { Data = framed, EndStream = true });
        await call.Ended;
        Assert.Equal([text], await call.Rest());
        Assert.Equal("gzip", call.Header("grpc-encoding"));
        Assert.Equal([true], call.CompressedFlags);

        RawCall plain = await server.Client.Unary(TextService.Path("Echo"), text);
        Assert.Equal([false], plain.CompressedFlags);
        Assert.Null(plain.Header("grpc-encoding"));
    }

    [Fact]
    public async Task Unary_GzipBomb_IsResourceExhausted()
    {
        await using MemoryServer server = await MemoryServer.StartAsync(
            TextService.Builder().Unary("Echo", (request, _) => Task.FromResult(request)), new ServerOptions { MaxReceiveMessageSize = 10_000 });
        Assert.True(MessageSerializer.Serialize(
            TextService.Plain, new string('b', 1_000_000), MessageCodings.Gzip, int.MaxValue, out Http2.PooledBuffer? framed).IsNone);
        RawCall call = server.Client.Open(TextService.Path("Echo"), endStream: false, ("grpc-encoding", "gzip"));
        call.Stream.Write(new Http2.Outgoing { Data = framed, EndStream = true });
        await call.Ended;
        Assert.Equal("8", call.Status);
    }

    [Fact]
    public async Task Unary_DeadlinePasses_IsDeadlineExceededAndCancelsTheHandler()
    {
        var time = new ManualTimeProvider();
        var entered = new TaskCompletionSource<ServerCallContext>();
        var cancelled = new TaskCompletionSource();
        await using MemoryServer server = await MemoryServer.StartAsync(
            TextService.Builder().Unary("Sleep", async (_, context) =>
            {
                using CancellationTokenRegistration registration = context.CancellationToken.Register(() => cancelled.SetResult());
                entered.SetResult(context);
                await cancelled.Task;
                return "too late";
            }),
            new ServerOptions { TimeProvider = time });
        RawCall call = server.Client.Open(TextService.Path("Sleep"), endStream: false, ("grpc-timeout", "5S"));
        call.Send("x");
        call.HalfClose();
        ServerCallContext context = await entered.Task;
        Assert.Equal(time.GetUtcNow().UtcDateTime.AddSeconds(5), context.Deadline);
        time.Advance(TimeSpan.FromMilliseconds(4999));
        Assert.False(cancelled.Task.IsCompleted);
        time.Advance(TimeSpan.FromMilliseconds(1));
        await call.Ended;
        Assert.Equal("4", call.Status);
        await cancelled.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Unary_ClientResets_CancelsTheHandler()
    {
        var entered = new TaskCompletionSource();
        var cancelled = new TaskCompletionSource();
        await using MemoryServer server = await MemoryServer.StartAsync(TextService.Builder().Unary("Sleep", async (_, context) =>
        {
            using CancellationTokenRegistration registration = context.CancellationToken.Register(() => cancelled.SetResult());
            entered.SetResult();
            await cancelled.Task;
            return "nobody listens";
        }));
        RawCall call = server.Client.Open(TextService.Path("Sleep"));
        call.Send("x");
        call.HalfClose();
        await entered.Task;
        call.Stream.Reset(Http2.Http2ErrorCode.Cancel);
        await cancelled.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Unary_ConnectionLost_CancelsTheHandlerAlsoWhenItAsksLate()
    {
        var entered = new TaskCompletionSource();
        var lost = new TaskCompletionSource();
        var seen = new TaskCompletionSource<bool>();
        await using MemoryServer server = await MemoryServer.StartAsync(TextService.Builder().Unary("Sleep", async (_, context) =>
        {
            entered.SetResult();
            await lost.Task;
            var cancelled = new TaskCompletionSource();
            using CancellationTokenRegistration registration = context.CancellationToken.Register(() => cancelled.TrySetResult());
            await cancelled.Task;
            seen.SetResult(context.CancellationToken.IsCancellationRequested);
            return "";
        }));
        RawCall call = server.Client.Open(TextService.Path("Sleep"));
        call.Send("x");
        call.HalfClose();
        await entered.Task;
        server.Client.Connection.Abort(Http2.Http2ErrorCode.NoError, "gone");
        lost.SetResult();
        Assert.True(await seen.Task.WaitAsync(TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public async Task Unary_MoreCallsThanAllowed_AreRefusedAndTheOthersGoOn()
    {
        var gate = new TaskCompletionSource();
        await using MemoryServer server = await MemoryServer.StartAsync(
            TextService.Builder().Unary("Wait", async (request, _) =>
            {
                await gate.Task;
                return request;
            }),
            new ServerOptions { MaxConcurrentCalls = 2 });
        RawCall[] calls = [.. Enumerable.Range(0, 3).Select(_ => server.Client.Open(TextService.Path("Wait")))];
        foreach (RawCall call in calls)
        {
            call.Send("x");
            call.HalfClose();
        }

        await calls[2].Ended;
        Assert.Equal("8", calls[2].Status);
        Assert.Contains("MaxConcurrentCalls", calls[2].Message, StringComparison.Ordinal);
        gate.SetResult();
        await Task.WhenAll(calls[0].Ended, calls[1].Ended);
        Assert.Equal(("0", "0"), (calls[0].Status, calls[1].Status));
    }

    [Fact]
    public async Task Unary_NextCallBehindTheAnswer_FindsThePlaceFree()
    {
        await using MemoryServer server = await MemoryServer.StartAsync(
            TextService.Builder().Unary("Echo", (request, _) => Task.FromResult(request)), new ServerOptions { MaxConcurrentCalls = 1 });
        for (int i = 0; i < 5000; i++)
        {
            Assert.Equal("0", (await server.Client.Unary(TextService.Path("Echo"), "x")).Status);
        }
    }

    [Fact]
    public async Task Unary_HandlersOnReadLoop_AnswerAsWell()
    {
        await using MemoryServer server = await MemoryServer.StartAsync(
            TextService.Builder().Unary("Echo", (request, _) => Task.FromResult(request)), new ServerOptions { HandlersOnReadLoop = true });
        RawCall[] calls = await Task.WhenAll(Enumerable.Range(0, 50).Select(index => server.Client.Unary(TextService.Path("Echo"), $"{index}")));
        for (int index = 0; index < calls.Length; index++)
        {
            Assert.Equal([$"{index}"], await calls[index].Rest());
        }
    }

    private static Task<MemoryServer> Echo() =>
        MemoryServer.StartAsync(TextService.Builder().Unary("Echo", (request, _) => Task.FromResult(request)));
}
