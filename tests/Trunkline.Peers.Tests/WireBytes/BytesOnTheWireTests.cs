using System.Net;
using Greeting;
using Trunkline.Http2;
using Xunit.Abstractions;

namespace Trunkline.Peers.Tests.WireBytes;

/// <summary>What a small unary call costs in bytes, the 1st and the 100th on a connection, beside the same call as JSON over HTTP/1.1.</summary>
public sealed class BytesOnTheWireTests(ITestOutputHelper output)
{
    private const int Calls = 100;
    private const string Name = "world";

    /// <summary>The budget for the fields of a call, each way, once the connection knows them.</summary>
    private const int WarmFieldBytes = 20;

    [Fact]
    public async Task HundredthUnaryCall_SmallMessage_FieldsTakeAtMostTwentyBytesEachWay()
    {
        (List<CallBytes> requests, List<CallBytes> responses) = await MeasureGrpcAsync();
        List<(int Request, int Response)> json = await JsonOverHttp1.MeasureAsync(Calls, Name);

        output.WriteLine("bytes                       request: fields  in all   response: fields  in all");
        foreach (int call in (int[])[1, Calls])
        {
            (CallBytes request, CallBytes response) = (requests[call - 1], responses[call - 1]);
            output.WriteLine($"gRPC, call {call,-3}              {request.Fields,14}  {request.Total,6}   {response.Fields,16}  {response.Total,6}");
        }

        foreach (int call in (int[])[1, Calls])
        {
            output.WriteLine($"JSON, HTTP/1.1, call {call,-3}                    {json[call - 1].Request,6}                     {json[call - 1].Response,6}");
        }

        Assert.InRange(requests[^1].Fields, 1, WarmFieldBytes);
        Assert.InRange(responses[^1].Fields, 1, WarmFieldBytes);
        Assert.True(requests[^1].Total < json[^1].Request && responses[^1].Total < json[^1].Response, "a call takes more bytes than JSON over HTTP/1.1");
    }

    private static async Task<(List<CallBytes> Requests, List<CallBytes> Responses)> MeasureGrpcAsync()
    {
        await using var server = new Server();
        server.Services.Add(Greeter.BindService(new HelloService()));
        ServerPort port = server.Ports.Add("127.0.0.1", 0, ServerCredentials.Insecure);
        server.Start();
        var dialer = new RecordingDialer(new TcpDialer(new IPEndPoint(IPAddress.Loopback, port.BoundPort)));
        await using var channel = new Channel("localhost", port.BoundPort, ChannelCredentials.Insecure, new ChannelOptions { Dialer = dialer });
        var client = new Greeter.GreeterClient(channel);
        for (int i = 0; i < Calls; i++)
        {
            Assert.Equal($"Hello, {Name}!", (await client.HelloAsync(new Request { Name = Name })).Message);
        }

        return (ByCall(dialer.SentFrames()), ByCall(dialer.ReceivedFrames()));
    }

    /// <summary>The frames of each stream added up; streams in the order of their numbers.</summary>
    private static List<CallBytes> ByCall(List<RecordedFrame> frames)
    {
        List<CallBytes> calls =
        [
            .. frames.Where(static frame => frame.StreamId != 0)
                .GroupBy(static frame => frame.StreamId)
                .OrderBy(static stream => stream.Key)
                .Select(static stream => new CallBytes(stream.Sum(static frame => frame.FieldBlockLength), stream.Sum(static frame => frame.TotalLength))),
        ];
        Assert.Equal(Calls, calls.Count);
        return calls;
    }

    /// <summary>Bytes of one direction of a call.</summary>
    /// <param name="Fields">Of header and trailer blocks.</param>
    /// <param name="Total">Of all frames, their headers included.</param>
    private sealed record CallBytes(int Fields, int Total);

    private sealed class HelloService : Greeter.GreeterBase
    {
        public override Task<Reply> Hello(Request request, ServerCallContext context) => Task.FromResult(new Reply { Message = $"Hello, {request.Name}!" });
    }
}
