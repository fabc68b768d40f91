using System.Diagnostics;
using System.Net;
using Trunkline.Harness.Relays;
using Trunkline.Http2;

namespace Trunkline.Distance;

/// <summary>A server of ours, a client of ours, and perhaps a relay between them: one connection.</summary>
internal sealed class TrunklinePath : IAsyncDisposable
{
    private readonly Server _server;
    private readonly TcpRelay? _relay;
    private readonly Channel _channel;
    private readonly Distance.DistanceClient _client;

    private TrunklinePath(Server server, TcpRelay? relay, Channel channel)
    {
        _server = server;
        _relay = relay;
        _channel = channel;
        _client = new Distance.DistanceClient(channel);
    }

    /// <summary>Starts both ends.</summary>
    /// <param name="shape">The link between them; null for none.</param>
    /// <param name="grows">Whether windows grow.</param>
    public static TrunklinePath Start(LinkShape? shape, bool grows)
    {
        var http2 = grows ? new Http2Options() : new Http2Options { MaxStreamWindow = 0 };
        var server = new Server(new ServerOptions { MaxReceiveMessageSize = int.MaxValue, Http2 = http2 });
        server.Services.Add(Distance.BindService(new DistanceService()));
        server.Ports.Add(new ServerPort("127.0.0.1", ServerPort.PickUnused, ServerCredentials.Insecure));
        server.Start();
        var endPoint = new IPEndPoint(IPAddress.Loopback, server.Ports.Single().BoundPort);
        var relay = shape is null ? null : TcpRelay.Start(endPoint, shape);
        var options = new ChannelOptions { MaxReceiveMessageSize = null, Http2 = http2 };
        return new TrunklinePath(server, relay, new Channel((relay?.EndPoint ?? endPoint).ToString(), ChannelCredentials.Insecure, options));
    }

    /// <summary>Moves bytes once.</summary>
    public Task MoveAsync(Direction direction, bool streamed, long bytes) => (direction, streamed) switch
    {
        (Direction.ToServer, false) => PutAsync(bytes),
        (Direction.ToServer, true) => PutStreamAsync(bytes),
        (_, false) => GetAsync(bytes),
        (_, true) => GetStreamAsync(bytes),
    };

    /// <summary>The time that a small call takes, one after the other; the median of many.</summary>
    public async Task<TimeSpan> SmallCallAsync(int calls)
    {
        var blob = Cargo.InPieces(16).Single();
        var times = new long[calls];
        for (var i = 0; i < calls; i++)
        {
            var start = Stopwatch.GetTimestamp();
            await _client.PutAsync(blob);
            times[i] = Stopwatch.GetTimestamp() - start;
        }

        Array.Sort(times);
        return Stopwatch.GetElapsedTime(0, times[calls / 2]);
    }

    public async ValueTask DisposeAsync()
    {
        await _channel.DisposeAsync();
        await _server.DisposeAsync();
        if (_relay is not null)
        {
            await _relay.DisposeAsync();
        }
    }

    private async Task PutAsync(long bytes) => Expect((await _client.PutAsync(Cargo.Of(bytes))).Bytes, bytes);

    private async Task GetAsync(long bytes) => Expect((await _client.GetAsync(new Wanted { Bytes = bytes })).Body.Length, bytes);

    private async Task PutStreamAsync(long bytes)
    {
        using var call = _client.PutStream();
        foreach (var blob in Cargo.InPieces(bytes))
        {
            await call.RequestStream.WriteAsync(blob);
        }

        await call.RequestStream.CompleteAsync();
        Expect((await call).Bytes, bytes);
    }

    private async Task GetStreamAsync(long bytes)
    {
        using var call = _client.GetStream(new Wanted { Bytes = bytes });
        long received = 0;
        while (await call.ResponseStream.MoveNext(CancellationToken.None))
        {
            received += call.ResponseStream.Current.Body.Length;
        }

        Expect(received, bytes);
    }

    private static void Expect(long received, long bytes)
    {
        if (received != bytes)
        {
            throw new InvalidOperationException($"{received} of {bytes} bytes arrived.");
        }
    }
}

/// <summary>Which way bytes go.</summary>
internal enum Direction
{
    ToServer,
    ToClient,
}
