using System.Text;
using Trunkline.Http2;

namespace Trunkline.Rpc.Tests.Clients;

public sealed class UnaryCallTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static TheoryData<int, StatusCode> HttpStatuses => new()
    {
        { 400, StatusCode.Internal }, { 401, StatusCode.Unauthenticated }, { 403, StatusCode.PermissionDenied }, { 404, StatusCode.Unimplemented },
        { 429, StatusCode.Unavailable }, { 431, StatusCode.Internal }, { 502, StatusCode.Unavailable }, { 503, StatusCode.Unavailable },
        { 504, StatusCode.Unavailable }, { 200, StatusCode.Unknown }, { 500, StatusCode.Unknown }, { 302, StatusCode.Unknown },
    };

    public static TheoryData<Http2ErrorCode, StatusCode> Resets => new()
    {
        { Http2ErrorCode.NoError, StatusCode.Internal }, { Http2ErrorCode.ProtocolError, StatusCode.Internal },
        { Http2ErrorCode.RefusedStream, StatusCode.Unavailable }, { Http2ErrorCode.Cancel, StatusCode.Cancelled },
        { Http2ErrorCode.EnhanceYourCalm, StatusCode.ResourceExhausted }, { Http2ErrorCode.InadequateSecurity, StatusCode.PermissionDenied },
    };

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4091)]
    [InlineData(4092)]
    [InlineData(300_000)]
    public async Task Unary_EchoOfAnySize_ComesBack(int size)
    {
        await using var server = new ScriptedServer(async call => call.Answer((await call.ReadAsync())!));
        await using Channel channel = server.CreateChannel();
        string text = new('x', size);

        foreach (Method<string, string> method in (Method<string, string>[])[TestMethods.Unary, TestMethods.PlainUnary])
        {
            Assert.Equal(text, await channel.CreateCallInvoker().AsyncUnaryCall(method, null, default, text).ResponseAsync.WaitAsync(Patience));
            Assert.Equal(text, await OwnThread.Run(() => channel.CreateCallInvoker().BlockingUnaryCall(method, null, default, text)).WaitAsync(Patience));
        }

        Assert.Equal(1, server.Accepted);
        Assert.Empty(server.Errors);
    }

    [Fact]
    public async Task Unary_RequestHeaders_AreThoseOfTheSpecification()
    {
        ScriptedCall? seen = null;
        await using var server = new ScriptedServer(async call =>
        {
            seen = call;
            call.Answer((await call.ReadAsync())!);
        });
        await using Channel channel = server.CreateChannel(new ChannelOptions { UserAgent = "myapp/1.0" });
        var headers = new Metadata { { "custom", "value" }, { "bytes-bin", [1, 2, 3, 4] }, { "grpc-status", "7" }, { "te", "nothing" } };

        await Call(channel, "x", new CallOptions(headers, TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(1)));

        Assert.Equal([":method", ":scheme", ":path", ":authority"], seen!.Headers.Take(4).Select(field => field.Name));
        Assert.Equal("POST", seen.Header(":method"));
        Assert.Equal("http", seen.Header(":scheme"));
        Assert.Equal("/test.Service/Unary", seen.Path);
        Assert.Equal("memory:50051", seen.Header(":authority"));
        Assert.Equal("trailers", seen.Header("te"));
        Assert.Equal("application/grpc", seen.Header("content-type"));
        Assert.Equal("identity,deflate,gzip", seen.Header("grpc-accept-encoding"));
        Assert.StartsWith("myapp/1.0 grpc-csharp-trunkline/", seen.Header("user-agent"), StringComparison.Ordinal);
        Assert.Equal("value", seen.Header("custom"));
        Assert.Equal("AQIDBA", seen.Header("bytes-bin"));
        Assert.Matches("^[0-9]{1,8}[umS]$", seen.Header("grpc-timeout"));
        Assert.Null(seen.Header("grpc-status"));
        Assert.Single(seen.Headers, field => field.Name == "te");
    }

    [Fact]
    public async Task Unary_HeadersAndTrailersOfTheServer_ReachTheCaller()
    {
        await using var server = new ScriptedServer(call =>
        {
            call.SendHeaders(("initial", "one"), ("data-bin", "AQI,AwQ="), ("grpc-secret", "hidden"));
            call.SendMessage("reply");
            call.SendStatus(0, ("trailing", "two"));
            return Task.CompletedTask;
        });
        await using Channel channel = server.CreateChannel();

        for (int i = 0; i < 3; i++)
        {
            AsyncUnaryCall<string> call = channel.CreateCallInvoker().AsyncUnaryCall(TestMethods.Unary, null, default, "x");
            Metadata headers = await call.ResponseHeadersAsync.WaitAsync(Patience);
            Assert.Equal("reply", await call);

            Assert.Equal(["initial", "data-bin", "data-bin"], headers.Select(entry => entry.Key));
            Assert.Equal([[1, 2], [3, 4]], headers.GetAll("data-bin").Select(entry => entry.ValueBytes));
            Assert.Equal("two", call.GetTrailers().GetValue("trailing"));
            Assert.Equal(StatusCode.OK, call.GetStatus().StatusCode);
        }
    }

    [Fact]
    public async Task Unary_TrailersOnly_FailsWithStatusMessageAndTrailers()
    {
        await using var server = new ScriptedServer(call =>
        {
            call.SendTrailersOnly(5, ("grpc-message", "no %E2%98%BA here"), ("why", "because"));
            return Task.CompletedTask;
        });
        await using Channel channel = server.CreateChannel();

        RpcException exception = await Fails(channel);

        Assert.Equal(StatusCode.NotFound, exception.StatusCode);
        Assert.Equal("no ☺ here", exception.Status.Detail);
        Assert.Equal("because", exception.Trailers.GetValue("why"));
        Assert.Null(exception.Failure);
    }

    [Fact]
    public async Task Unary_InterimResponse_IsPassedOver()
    {
        await using var server = new ScriptedServer(async call =>
        {
            call.SendRaw(endStream: false, (":status", "103"), ("link", "x"));
            call.Answer((await call.ReadAsync())!);
        });
        await using Channel channel = server.CreateChannel();

        Assert.Equal("x", await Call(channel, "x"));
    }

    [Theory]
    [MemberData(nameof(HttpStatuses))]
    public async Task Unary_AnswerWithoutGrpc_FailsByTheTableWithTheBodyInTheText(int http, StatusCode expected)
    {
        await using var server = new ScriptedServer(call =>
        {
            call.SendRaw(endStream: false, (":status", http.ToString()), ("content-type", "text/html"));
            call.SendBytes(Encoding.UTF8.GetBytes("<h1>go\naway</h1>"), endStream: true);
            return Task.CompletedTask;
        });
        await using Channel channel = server.CreateChannel();

        RpcException exception = await Fails(channel);

        Assert.Equal(expected, exception.StatusCode);
        Assert.Contains("text/html", exception.Status.Detail, StringComparison.Ordinal);
        Assert.Contains("<h1>go away</h1>", exception.Status.Detail, StringComparison.Ordinal);
        Assert.Equal(http, exception.Failure!.HttpStatus);
    }

    [Fact]
    public async Task Unary_EndlessPageWithoutGrpc_IsCutOff()
    {
        await using var server = new ScriptedServer(async call =>
        {
            call.SendRaw(endStream: false, (":status", "503"));
            call.SendBytes(new byte[100_000]);
            await call.Closed;
        });
        await using Channel channel = server.CreateChannel();

        Assert.Equal(StatusCode.Unavailable, (await Fails(channel)).StatusCode);
    }

    [Theory]
    [MemberData(nameof(Resets))]
    public async Task Unary_Reset_FailsByTheTable(Http2ErrorCode code, StatusCode expected)
    {
        await using var server = new ScriptedServer(call =>
        {
            call.Stream.Reset(code);
            return Task.CompletedTask;
        });
        await using Channel channel = server.CreateChannel();

        RpcException exception = await Fails(channel);

        Assert.Equal(expected, exception.StatusCode);
        Assert.Equal(code, exception.Failure!.Http2Code);
        Assert.Equal(code == Http2ErrorCode.RefusedStream, exception.Failure.IsRetrySafe);
    }

    [Theory]
    [InlineData("99", "99")]
    [InlineData("abc", "abc")]
    [InlineData("17", "17")]
    public async Task Unary_StatusThatIsNone_IsUnknown(string status, string inText)
    {
        await using var server = new ScriptedServer(call =>
        {
            call.SendRaw(endStream: true, (":status", "200"), ("content-type", "application/grpc"), ("grpc-status", status));
            return Task.CompletedTask;
        });
        await using Channel channel = server.CreateChannel();

        RpcException exception = await Fails(channel);

        Assert.Equal(StatusCode.Unknown, exception.StatusCode);
        Assert.Contains(inText, exception.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unary_OkWithoutMessageOrWithTwo_IsUnimplemented()
    {
        int messages = 0;
        await using var server = new ScriptedServer(call =>
        {
            call.SendHeaders();
            for (int i = 0; i < messages; i++)
            {
                call.SendMessage("m");
            }

            call.SendStatus(0);
            return Task.CompletedTask;
        });
        await using Channel channel = server.CreateChannel();

        Assert.Equal(StatusCode.Unimplemented, (await Fails(channel)).StatusCode);
        messages = 2;
        Assert.Equal(StatusCode.Unimplemented, (await Fails(channel)).StatusCode);
    }

    [Fact]
    public async Task Unary_TruncatedMessage_IsInternal()
    {
        await using var server = new ScriptedServer(call =>
        {
            call.SendHeaders();
            call.SendBytes([0, 0, 0, 0, 9, 1]);
            call.SendStatus(0);
            return Task.CompletedTask;
        });
        await using Channel channel = server.CreateChannel();

        Assert.Equal(StatusCode.Internal, (await Fails(channel)).StatusCode);
    }

    [Fact]
    public async Task Unary_EndWithoutStatus_IsUnknown()
    {
        await using var server = new ScriptedServer(call =>
        {
            call.SendHeaders();
            call.SendBytes(ScriptedCall.Frame("m"u8.ToArray()), endStream: true);
            return Task.CompletedTask;
        });
        await using Channel channel = server.CreateChannel();

        Assert.Equal(StatusCode.Unknown, (await Fails(channel)).StatusCode);
    }

    [Fact]
    public async Task Unary_MessageOverTheLimit_IsResourceExhaustedWithBothSizesAndTheConnectionGoesOn()
    {
        await using var server = new ScriptedServer(async call => call.Answer((await call.ReadAsync())!));
        await using Channel channel = server.CreateChannel(new ChannelOptions { MaxReceiveMessageSize = 10, MaxSendMessageSize = 100 });

        RpcException received = await Fails(channel, new string('x', 11));
        RpcException sent = await Fails(channel, new string('x', 101));

        Assert.Equal(StatusCode.ResourceExhausted, received.StatusCode);
        Assert.Contains("11", received.Status.Detail, StringComparison.Ordinal);
        Assert.Contains("10", received.Status.Detail, StringComparison.Ordinal);
        Assert.Equal(StatusCode.ResourceExhausted, sent.StatusCode);
        Assert.Contains("101", sent.Status.Detail, StringComparison.Ordinal);
        Assert.Equal("ok", await Call(channel, "ok"));
        Assert.Equal(1, server.Accepted);
    }

    [Fact]
    public async Task Unary_UnknownCoding_IsInternal()
    {
        await using var server = new ScriptedServer(call =>
        {
            call.SendHeaders(("grpc-encoding", "snappy"));
            call.SendMessage("x", flag: 1);
            call.SendStatus(0);
            return Task.CompletedTask;
        });
        await using Channel channel = server.CreateChannel();

        RpcException exception = await Fails(channel);

        Assert.Equal(StatusCode.Internal, exception.StatusCode);
        Assert.Contains("snappy", exception.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unary_BrokenBinaryMetadata_IsInternal()
    {
        await using var server = new ScriptedServer(call =>
        {
            call.SendHeaders(("x-bin", "a"));
            call.SendMessage("x");
            call.SendStatus(0);
            return Task.CompletedTask;
        });
        await using Channel channel = server.CreateChannel();

        Assert.Equal(StatusCode.Internal, (await Fails(channel)).StatusCode);
    }

    [Fact]
    public async Task Unary_DeadlineAlreadyPast_FailsWithoutAConnection()
    {
        await using var server = new ScriptedServer(_ => Task.CompletedTask);
        await using Channel channel = server.CreateChannel();

        RpcException exception = await Fails(channel, options: new CallOptions(deadline: TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(-1)));

        Assert.Equal(StatusCode.DeadlineExceeded, exception.StatusCode);
        Assert.Equal(0, server.Accepted);
    }

    [Fact]
    public async Task Unary_DeadlinePasses_FailsAndResetsTheStream()
    {
        var time = new Harness.ManualTimeProvider();
        var arrived = new TaskCompletionSource<ScriptedCall>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = new ScriptedServer(call =>
        {
            arrived.SetResult(call);
            return Task.CompletedTask;
        });
        await using Channel channel = server.CreateChannel(new ChannelOptions { TimeProvider = time });

        AsyncUnaryCall<string> call = channel.CreateCallInvoker().AsyncUnaryCall(
            TestMethods.Unary, null, new CallOptions(deadline: time.GetUtcNow().UtcDateTime.AddSeconds(5)), "x");
        ScriptedCall seen = await arrived.Task.WaitAsync(Patience);
        time.Advance(TimeSpan.FromSeconds(6));

        RpcException exception = await Assert.ThrowsAsync<RpcException>(() => call.ResponseAsync.WaitAsync(Patience));
        Assert.Equal(StatusCode.DeadlineExceeded, exception.StatusCode);
        Assert.Equal("5000000u", seen.Header("grpc-timeout"));
        Assert.Equal(Http2ErrorCode.Cancel, (await seen.Closed.WaitAsync(Patience)).Code);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Unary_CancelledByTokenOrDispose_FailsAndResetsTheStream(bool byToken)
    {
        var arrived = new TaskCompletionSource<ScriptedCall>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = new ScriptedServer(call =>
        {
            arrived.SetResult(call);
            return Task.CompletedTask;
        });
        await using Channel channel = server.CreateChannel();
        using var source = new CancellationTokenSource();

        AsyncUnaryCall<string> call = channel.CreateCallInvoker().AsyncUnaryCall(
            TestMethods.Unary, null, new CallOptions(cancellationToken: source.Token), "x");
        ScriptedCall seen = await arrived.Task.WaitAsync(Patience);
        if (byToken)
        {
            await source.CancelAsync();
        }
        else
        {
            call.Dispose();
        }

        RpcException exception = await Assert.ThrowsAsync<RpcException>(() => call.ResponseAsync.WaitAsync(Patience));
        Assert.Equal(StatusCode.Cancelled, exception.StatusCode);
        Assert.Equal(Http2ErrorCode.Cancel, (await seen.Closed.WaitAsync(Patience)).Code);
        Assert.Equal(StatusCode.Cancelled, call.GetStatus().StatusCode);
    }

    [Fact]
    public async Task Unary_StatusBeforeTheEnd_IsNotThereYet()
    {
        await using var server = new ScriptedServer(_ => Task.CompletedTask);
        await using Channel channel = server.CreateChannel();

        using AsyncUnaryCall<string> call = channel.CreateCallInvoker().AsyncUnaryCall(TestMethods.Unary, null, default, "x");

        Assert.Throws<InvalidOperationException>(() => call.GetStatus());
        Assert.Throws<InvalidOperationException>(call.GetTrailers);
    }

    [Fact]
    public async Task Unary_RequestChangedWhileTheCallWaits_IsSentAsItWas()
    {
        var gate = new TaskCompletionSource();
        await using var server = new ScriptedServer(async call =>
        {
            string request = (await call.ReadAsync())!;
            await gate.Task;
            call.Answer(request);
        })
        {
            Options = new Http2Options { MaxConcurrentStreams = 1 },
        };
        await using Channel channel = server.CreateChannel();
        await channel.ConnectAsync(CancellationToken.None).WaitAsync(Patience);
        var marshaller = new Marshaller<StringBuilder>(text => Encoding.UTF8.GetBytes(text.ToString()), bytes => new StringBuilder(Encoding.UTF8.GetString(bytes)));
        var method = new Method<StringBuilder, StringBuilder>(MethodType.Unary, "test.Service", "Unary", marshaller, marshaller);
        var request = new StringBuilder("first");

        Task<StringBuilder> first = channel.CreateCallInvoker().AsyncUnaryCall(method, null, default, request).ResponseAsync;
        Task<StringBuilder> second = channel.CreateCallInvoker().AsyncUnaryCall(method, null, default, request).ResponseAsync;
        request.Append(" changed");
        gate.SetResult();

        Assert.Equal("first", (await first.WaitAsync(Patience)).ToString());
        Assert.Equal("first", (await second.WaitAsync(Patience)).ToString());
    }

    [Fact]
    public async Task Unary_ManyAtOnce_AllComeBackOverOneConnection()
    {
        await using var server = new ScriptedServer(async call => call.Answer((await call.ReadAsync())!));
        await using Channel channel = server.CreateChannel();

        IEnumerable<Task> calls = Enumerable.Range(0, 50).Select(async worker =>
        {
            for (int i = 0; i < 40; i++)
            {
                string text = $"{worker}-{i}";
                Assert.Equal(text, await Call(channel, text));
            }
        });

        await Task.WhenAll(calls).WaitAsync(Patience);
        Assert.Equal(1, server.Accepted);
        Assert.Empty(server.Errors);
    }

    [Fact]
    public async Task Unary_Compressed_ComesBack()
    {
        string? encoding = null;
        await using var server = new ScriptedServer(async call =>
        {
            encoding = call.Header("grpc-encoding");
            await call.ReadAsync();
            call.Answer("ok");
        });
        await using Channel channel = server.CreateChannel(new ChannelOptions { Compression = "gzip" });

        Assert.Equal("ok", await Call(channel, new string('z', 1000)));
        Assert.Equal("gzip", encoding);
    }

    private static Task<string> Call(Channel channel, string request, CallOptions options = default) =>
        channel.CreateCallInvoker().AsyncUnaryCall(TestMethods.Unary, null, options, request).ResponseAsync.WaitAsync(Patience);

    private static Task<RpcException> Fails(Channel channel, string request = "x", CallOptions options = default) =>
        Assert.ThrowsAsync<RpcException>(() => Call(channel, request, options));
}
