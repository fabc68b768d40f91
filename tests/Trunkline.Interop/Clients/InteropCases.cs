using System.Globalization;
using Trunkline.Utils;

namespace Trunkline.Interop.Clients;

/// <summary>The cases, each a dialogue with a server that offers the interop service.</summary>
/// <param name="channel">The line to the server.</param>
internal sealed class InteropCases(ChannelBase channel)
{
    /// <summary>The cases that every implementation knows, by name, in the customary order.</summary>
    public static readonly IReadOnlyDictionary<string, Func<InteropCases, Task>> Standard = new OrderedDictionary<string, Func<InteropCases, Task>>
    {
        ["empty_unary"] = static cases => cases.EmptyUnaryAsync(),
        ["large_unary"] = static cases => cases.LargeUnaryAsync(),
        ["client_streaming"] = static cases => cases.ClientStreamingAsync(),
        ["server_streaming"] = static cases => cases.ServerStreamingAsync(),
        ["ping_pong"] = static cases => cases.PingPongAsync(),
        ["empty_stream"] = static cases => cases.EmptyStreamAsync(),
        ["custom_metadata"] = static cases => cases.CustomMetadataAsync(),
        ["status_code_and_message"] = static cases => cases.StatusCodeAndMessageAsync(),
        ["special_status_message"] = static cases => cases.SpecialStatusMessageAsync(),
        ["unimplemented_method"] = static cases => cases.UnimplementedMethodAsync(),
        ["unimplemented_service"] = static cases => cases.UnimplementedServiceAsync(),
        ["cancel_after_begin"] = static cases => cases.CancelAfterBeginAsync(),
        ["cancel_after_first_response"] = static cases => cases.CancelAfterFirstResponseAsync([]),
        ["timeout_on_sleeping_server"] = static cases => cases.TimeoutOnSleepingServerAsync(),
    };

    /// <summary>Cases that only our server and the peers in this repository understand.</summary>
    public static readonly IReadOnlyDictionary<string, Func<InteropCases, Task>> Own = new OrderedDictionary<string, Func<InteropCases, Task>>
    {
        ["repeated_metadata"] = static cases => cases.RepeatedMetadataAsync(),
        ["deadline_seen_by_server"] = static cases => cases.DeadlineSeenByServerAsync(),
        ["cancellation_seen_by_server"] = static cases => cases.CancellationSeenByServerAsync(),
        ["message_over_limit"] = static cases => cases.MessageOverLimitAsync(),
        ["slow_stream"] = static cases => cases.SlowStreamAsync(),
    };

    /// <summary>Cases that load both sides for seconds; not among those that run by default.</summary>
    public static readonly IReadOnlyDictionary<string, Func<InteropCases, Task>> Heavy = new OrderedDictionary<string, Func<InteropCases, Task>>
    {
        ["concurrent_large_unary"] = static cases => cases.ConcurrentLargeUnaryAsync(),
    };

    /// <summary>More than the 4 MiB that every implementation takes by default.</summary>
    private const int OverLimit = 5 * 1024 * 1024;

    private const int LargeRequest = 271828;
    private const int LargeResponse = 314159;
    private const string SpecialMessage = "\t\ntest with whitespace\r\nand Unicode BMP \u263a and non-BMP \U0001f608\t\n";

    private static readonly int[] RequestSizes = [27182, 8, 1828, 45904];
    private static readonly int[] ResponseSizes = [31415, 9, 2653, 58979];
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(20);

    private readonly TestService.TestServiceClient _client = new(channel);
    private readonly UnimplementedService.UnimplementedServiceClient _unimplemented = new(channel);

    private async Task EmptyUnaryAsync() => Expect.Equal("the response", new Empty(), await _client.EmptyCallAsync(new Empty()));

    private async Task LargeUnaryAsync()
    {
        SimpleResponse response = await _client.UnaryCallAsync(LargeUnaryRequest());
        Expect.Body("the response", LargeResponse, response.Payload);
    }

    private Task ConcurrentLargeUnaryAsync() => Task.WhenAll(Enumerable.Range(0, 1000).Select(_ => LargeUnaryAsync()));

    private async Task ClientStreamingAsync()
    {
        using AsyncClientStreamingCall<StreamingInputCallRequest, StreamingInputCallResponse> call = _client.StreamingInputCall();
        foreach (int size in RequestSizes)
        {
            await call.RequestStream.WriteAsync(new StreamingInputCallRequest { Payload = Payloads.Zeros(size) });
        }

        await call.RequestStream.CompleteAsync();
        Expect.Equal("the sum of the sizes", RequestSizes.Sum(), (await call).AggregatedPayloadSize);
    }

    private async Task ServerStreamingAsync()
    {
        var request = new StreamingOutputCallRequest();
        request.ResponseParameters.Add(ResponseSizes.Select(static size => new ResponseParameters { Size = size }));
        using AsyncServerStreamingCall<StreamingOutputCallResponse> call = _client.StreamingOutputCall(request);
        int count = 0;
        await foreach (StreamingOutputCallResponse response in call)
        {
            Expect.Equal("a response within the number asked for", true, count < ResponseSizes.Length);
            Expect.Body($"response {count}", ResponseSizes[count], response.Payload);
            count++;
        }

        Expect.Equal("the number of responses", ResponseSizes.Length, count);
        Expect.Equal("the status code", StatusCode.OK, call.GetStatus().StatusCode);
    }

    private async Task PingPongAsync()
    {
        using AsyncDuplexStreamingCall<StreamingOutputCallRequest, StreamingOutputCallResponse> call = _client.FullDuplexCall();
        for (int i = 0; i < RequestSizes.Length; i++)
        {
            await call.RequestStream.WriteAsync(StreamRequest(ResponseSizes[i], RequestSizes[i]));
            Expect.Equal($"response {i} is there", true, await call.ResponseStream.MoveNext());
            Expect.Body($"response {i}", ResponseSizes[i], call.ResponseStream.Current.Payload);
        }

        await call.RequestStream.CompleteAsync();
        await ExpectEndAsync(call);
    }

    private async Task EmptyStreamAsync()
    {
        using AsyncDuplexStreamingCall<StreamingOutputCallRequest, StreamingOutputCallResponse> call = _client.FullDuplexCall();
        await call.RequestStream.CompleteAsync();
        await ExpectEndAsync(call);
    }

    private Task CustomMetadataAsync() => EchoMetadataAsync(new Metadata
    {
        { MetadataKeys.EchoInitial, "test_initial_metadata_value" },
        { MetadataKeys.EchoTrailing, [0xAB, 0xAB, 0xAB] },
    });

    // No empty value: grpc-js joins the values of one name, and an empty one cannot be told then.
    private Task RepeatedMetadataAsync() => EchoMetadataAsync(new Metadata
    {
        { MetadataKeys.EchoInitial, "first" },
        { MetadataKeys.EchoTrailing, [0x00, 0xFF, 0x2C, 0x3D] },
        { MetadataKeys.EchoInitial, "second" },
        { MetadataKeys.EchoTrailing, [0xAB] },
    });

    private async Task EchoMetadataAsync(Metadata sent)
    {
        using AsyncUnaryCall<SimpleResponse> unary = _client.UnaryCallAsync(LargeUnaryRequest(), sent);
        Expect.Body("the response", LargeResponse, (await unary).Payload);
        ExpectEcho("the unary call", sent, await unary.ResponseHeadersAsync, unary.GetTrailers());

        using AsyncDuplexStreamingCall<StreamingOutputCallRequest, StreamingOutputCallResponse> stream = _client.FullDuplexCall(sent);
        await stream.RequestStream.WriteAsync(StreamRequest(31415, 27182));
        await stream.RequestStream.CompleteAsync();
        Metadata headers = await stream.ResponseHeadersAsync;
        Expect.Equal("the number of responses", 1, (await stream.ResponseStream.ToListAsync()).Count);
        ExpectEcho("the stream", sent, headers, stream.GetTrailers());
    }

    private async Task StatusCodeAndMessageAsync()
    {
        const string Message = "test status message";
        await Expect.EndsAsync(StatusCode.Unknown, async () => await _client.UnaryCallAsync(StatusRequest(Message)), Message);
        await Expect.EndsAsync(
            StatusCode.Unknown,
            async () =>
            {
                using AsyncDuplexStreamingCall<StreamingOutputCallRequest, StreamingOutputCallResponse> call = _client.FullDuplexCall();
                await call.RequestStream.WriteAsync(new StreamingOutputCallRequest { ResponseStatus = StatusOf(Message) });
                await call.RequestStream.CompleteAsync();
                await call.ResponseStream.MoveNext();
            },
            Message);
    }

    private Task SpecialStatusMessageAsync() => Expect.EndsAsync(
        StatusCode.Unknown, async () => await _client.UnaryCallAsync(StatusRequest(SpecialMessage)), SpecialMessage);

    private Task UnimplementedMethodAsync() =>
        Expect.EndsAsync(StatusCode.Unimplemented, async () => await _client.UnimplementedCallAsync(new Empty()));

    private Task UnimplementedServiceAsync() =>
        Expect.EndsAsync(StatusCode.Unimplemented, async () => await _unimplemented.UnimplementedCallAsync(new Empty()));

    private async Task CancelAfterBeginAsync()
    {
        using var cancellation = new CancellationTokenSource();
        using AsyncClientStreamingCall<StreamingInputCallRequest, StreamingInputCallResponse> call =
            _client.StreamingInputCall(cancellationToken: cancellation.Token);
        await cancellation.CancelAsync();
        await Expect.EndsAsync(StatusCode.Cancelled, () => call.ResponseAsync);
        Expect.Equal("the status code", StatusCode.Cancelled, call.GetStatus().StatusCode);
    }

    private async Task CancelAfterFirstResponseAsync(Metadata headers)
    {
        using var cancellation = new CancellationTokenSource();
        using AsyncDuplexStreamingCall<StreamingOutputCallRequest, StreamingOutputCallResponse> call =
            _client.FullDuplexCall(headers, cancellationToken: cancellation.Token);
        await call.RequestStream.WriteAsync(StreamRequest(31415, 27182));
        Expect.Equal("the first response is there", true, await call.ResponseStream.MoveNext());
        Expect.Body("the first response", 31415, call.ResponseStream.Current.Payload);
        await cancellation.CancelAsync();
        await Expect.EndsAsync(StatusCode.Cancelled, () => call.ResponseStream.MoveNext());
        Expect.Equal("the status code", StatusCode.Cancelled, call.GetStatus().StatusCode);
    }

    private async Task TimeoutOnSleepingServerAsync()
    {
        using AsyncDuplexStreamingCall<StreamingOutputCallRequest, StreamingOutputCallResponse> call =
            _client.FullDuplexCall(deadline: In(TimeSpan.FromMilliseconds(1)));
        try
        {
            await call.RequestStream.WriteAsync(new StreamingOutputCallRequest { Payload = Payloads.Zeros(27182) });
        }
        catch (RpcException)
        {
            // The deadline may pass before the write has; what counts is the status that is read.
        }

        await Expect.EndsAsync(StatusCode.DeadlineExceeded, () => call.ResponseStream.MoveNext());
        Expect.Equal("the status code", StatusCode.DeadlineExceeded, call.GetStatus().StatusCode);
    }

    private async Task DeadlineSeenByServerAsync()
    {
        string left = await AskAsync(MetadataKeys.AskDeadline, "1", MetadataKeys.Deadline, In(Lease));
        bool isWithin = long.TryParse(left, CultureInfo.InvariantCulture, out long milliseconds) && milliseconds > 0 && milliseconds <= Lease.TotalMilliseconds;
        Expect.Equal($"the {left} ms that the server saw left are within the deadline", true, isWithin);
    }

    private async Task CancellationSeenByServerAsync()
    {
        string key = Guid.NewGuid().ToString("N");
        await CancelAfterFirstResponseAsync(new Metadata { { MetadataKeys.Watch, key } });
        Expect.Equal("how the server saw the call end", "cancelled", await AskAsync(MetadataKeys.AwaitEnd, key, MetadataKeys.Ended, deadline: null));
    }

    private async Task MessageOverLimitAsync()
    {
        SimpleRequest[] tooLong = [new() { Payload = Payloads.Zeros(OverLimit) }, new() { ResponseSize = OverLimit }];
        foreach (SimpleRequest request in tooLong)
        {
            await Expect.EndsAsync(StatusCode.ResourceExhausted, async () => await _client.UnaryCallAsync(request));
        }

        await EmptyUnaryAsync();
    }

    /// <summary>A stream that takes a while: time for a server to begin its shutdown.</summary>
    private async Task SlowStreamAsync()
    {
        const int Responses = 5;
        var request = new StreamingOutputCallRequest();
        request.ResponseParameters.Add(Enumerable.Repeat(new ResponseParameters { Size = 100, IntervalUs = 200_000 }, Responses));
        using AsyncServerStreamingCall<StreamingOutputCallResponse> call = _client.StreamingOutputCall(request);
        Expect.Equal("the number of responses", Responses, (await call.ResponseStream.ToListAsync()).Count);
    }

    private async Task<string> AskAsync(string question, string value, string answer, DateTime? deadline)
    {
        using AsyncUnaryCall<SimpleResponse> call = _client.UnaryCallAsync(new SimpleRequest(), new Metadata { { question, value } }, deadline);
        await call;
        return (await call.ResponseHeadersAsync).GetValue(answer) ?? throw new CaseFailedException($"the server did not answer with {answer}");
    }

    private static async Task ExpectEndAsync(AsyncDuplexStreamingCall<StreamingOutputCallRequest, StreamingOutputCallResponse> call)
    {
        Expect.Equal("another response", false, await call.ResponseStream.MoveNext());
        Expect.Equal("the status code", StatusCode.OK, call.GetStatus().StatusCode);
    }

    private static void ExpectEcho(string call, Metadata sent, Metadata headers, Metadata trailers)
    {
        Expect.Equal($"initial metadata of {call}", Joined(sent), Joined(headers));
        Expect.Equal($"trailing metadata of {call}", Bytes(sent), Bytes(trailers));

        // Implementations may join the texts of one name as they arrive, which the protocol allows; bytes they must hand on apart.
        static string Joined(Metadata metadata) => string.Join(", ", metadata.GetAll(MetadataKeys.EchoInitial).Select(static entry => entry.Value));
        static string Bytes(Metadata metadata) =>
            string.Join(' ', metadata.GetAll(MetadataKeys.EchoTrailing).Select(static entry => Convert.ToHexString(entry.ValueBytes)));
    }

    private static SimpleRequest LargeUnaryRequest() => new() { ResponseSize = LargeResponse, Payload = Payloads.Zeros(LargeRequest) };

    private static SimpleRequest StatusRequest(string message) => new() { ResponseStatus = StatusOf(message) };

    private static EchoStatus StatusOf(string message) => new() { Code = (int)StatusCode.Unknown, Message = message };

    private static StreamingOutputCallRequest StreamRequest(int responseSize, int requestSize) => new()
    {
        ResponseParameters = { new ResponseParameters { Size = responseSize } },
        Payload = Payloads.Zeros(requestSize),
    };

    private static DateTime In(TimeSpan time) => TimeProvider.System.GetUtcNow().UtcDateTime + time;
}
