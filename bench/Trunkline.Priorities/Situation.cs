using System.Diagnostics;
using System.Net;
using Trunkline.Harness.Relays;
using Trunkline.Http2;

namespace Trunkline.Priorities;

/// <summary>One case: a server, a relay that limits the rate, a channel with one connection, downloads, and urgent calls one after the other.</summary>
internal sealed class Situation(long bitsPerSecond, int queue)
{
    private static readonly CallPriority Urgent = new(0);
    private static readonly CallPriority Background = new(7, incremental: true);

    private readonly Random _random = new(1);
    private long _downloaded;

    /// <summary>Measures.</summary>
    /// <param name="calls">How many urgent calls.</param>
    /// <param name="downloads">How many downloads beside them.</param>
    /// <param name="usesPriorities">Whether calls are marked and both sides schedule by it.</param>
    public async Task<Measurement> MeasureAsync(int calls, int downloads, bool usesPriorities)
    {
        var http2 = new Http2Options { SchedulesByPriority = usesPriorities };
        await using SocketListener listener = SocketListener.ListenTcp(new IPEndPoint(IPAddress.Loopback, 0));
        await using var server = new Server(new ServerOptions { Listeners = [listener], Http2 = http2 });
        server.Services.Add(Service.Bind());
        server.Start();
        var link = new LinkShape { BytesPerSecond = bitsPerSecond / 8, Queue = queue };
        await using TcpRelay relay = TcpRelay.Start((IPEndPoint)listener.LocalEndPoint!, link);
        await using var channel = new Channel(relay.EndPoint.ToString(), ChannelCredentials.Insecure, new ChannelOptions { Http2 = http2 });
        CallInvoker invoker = channel.CreateCallInvoker();
        CallOptions urgent = usesPriorities ? default(CallOptions).WithPriority(Urgent) : default;
        CallOptions background = usesPriorities ? default(CallOptions).WithPriority(Background) : default;

        using var stop = new CancellationTokenSource();
        Task[] running = [.. Enumerable.Range(0, downloads).Select(_ => DownloadAsync(invoker, background.WithCancellationToken(stop.Token)))];
        await AskAsync(invoker, urgent, calls / 10);
        long before = Volatile.Read(ref _downloaded);
        long start = Stopwatch.GetTimestamp();
        TimeSpan[] latencies = await AskAsync(invoker, urgent, calls);
        TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
        long downloaded = Volatile.Read(ref _downloaded) - before;
        await stop.CancelAsync();
        await Task.WhenAll(running);
        return new Measurement(latencies, downloaded * 8 / elapsed.TotalSeconds);
    }

    // Pauses of random length between the calls, so that they meet the downloads' frames at any point.
    private async Task<TimeSpan[]> AskAsync(CallInvoker invoker, CallOptions options, int calls)
    {
        var latencies = new TimeSpan[calls];
        for (int i = 0; i < calls; i++)
        {
            await Task.Delay(_random.Next(2, 20));
            long start = Stopwatch.GetTimestamp();
            await invoker.AsyncUnaryCall(Service.Ask, host: null, options, []);
            latencies[i] = Stopwatch.GetElapsedTime(start);
        }

        return latencies;
    }

    private async Task DownloadAsync(CallInvoker invoker, CallOptions options)
    {
        using AsyncServerStreamingCall<byte[]> call = invoker.AsyncServerStreamingCall(Service.Download, host: null, options, []);
        try
        {
            while (await call.ResponseStream.MoveNext(CancellationToken.None))
            {
                Interlocked.Add(ref _downloaded, call.ResponseStream.Current.Length);
            }
        }
        catch (RpcException exception) when (exception.StatusCode == StatusCode.Cancelled)
        {
            // Enough was measured.
        }
    }
}

/// <summary>What was measured.</summary>
/// <param name="Latencies">Of the urgent calls.</param>
/// <param name="DownloadRate">Bits a second of all downloads together.</param>
internal sealed record Measurement(TimeSpan[] Latencies, double DownloadRate)
{
    /// <summary>The latency under which a share of the calls stayed.</summary>
    public TimeSpan Percentile(double share)
    {
        TimeSpan[] sorted = [.. Latencies.Order()];
        return sorted[(int)Math.Ceiling(share * sorted.Length) - 1];
    }
}
