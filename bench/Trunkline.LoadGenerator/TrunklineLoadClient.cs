using Trunkline.LoadContract;

namespace Trunkline.LoadGenerator;

/// <summary>The client's half of the Trunkline stack: one channel, one connection.</summary>
internal sealed class TrunklineLoadClient : ILoadClient
{
    private readonly Channel _channel;
    private readonly Load.LoadClient _client;

    public TrunklineLoadClient(string address)
    {
        _channel = new Channel(address, ChannelCredentials.Insecure);
        _client = new Load.LoadClient(_channel);
    }

    public async Task<long> EchoAsync(Item request, RoundClock clock)
    {
        var count = 0L;
        while (clock.IsRunning)
        {
            var reply = await _client.EchoAsync(request);
            Expect(reply.Number == request.Number && reply.Body.Length == request.Body.Length, "The echo is not the request.");
            count++;
        }

        return count;
    }

    public async Task<long> PingPongAsync(Item request, RoundClock clock)
    {
        using var call = _client.PingPong();
        var count = 0L;
        while (clock.IsRunning)
        {
            await call.RequestStream.WriteAsync(request);
            Expect(await call.ResponseStream.MoveNext(CancellationToken.None), "The stream ended early.");
            Expect(call.ResponseStream.Current.Number == request.Number, "The echo is not the request.");
            count++;
        }

        await call.RequestStream.CompleteAsync();
        Expect(!await call.ResponseStream.MoveNext(CancellationToken.None), "More came than was sent.");
        return count;
    }

    public async Task<long> PourAsync(PourRequest request, RoundClock clock)
    {
        var count = 0L;
        while (clock.IsRunning)
        {
            using var call = _client.Pour(request);
            var expected = 1;
            while (await call.ResponseStream.MoveNext(CancellationToken.None))
            {
                Expect(call.ResponseStream.Current.Number == expected++, "Messages came out of order.");
            }

            Expect(expected - 1 == request.Count, "Messages are missing.");
            count += request.Count;
        }

        return count;
    }

    public ValueTask DisposeAsync() => _channel.DisposeAsync();

    private static void Expect(bool condition, string otherwise)
    {
        if (!condition)
        {
            throw new InvalidOperationException(otherwise);
        }
    }
}
