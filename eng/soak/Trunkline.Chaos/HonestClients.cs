using Trunkline.Utils;

namespace Trunkline.Chaos;

/// <summary>Clients that keep to the rules, on four channels, calling all the time and checking every answer.</summary>
internal sealed class HonestClients : IAsyncDisposable
{
    private const int WorkersPerChannel = 6;

    // Generous: what is asserted is that calls succeed on a machine that is kept busy, not how fast.
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly Action<string> _onFailure;
    private readonly List<Channel> _channels = [];
    private readonly List<Task> _workers = [];
    private readonly CancellationTokenSource _stop = new();
    private long _succeeded;
    private long _failed;

    public HonestClients(ServerProcess server, int seed, Action<string> onFailure)
    {
        _onFailure = onFailure;
        for (int i = 0; i < 4; i++)
        {
            Channel channel = i % 2 == 0
                ? new Channel($"127.0.0.1:{server.Port}", ChannelCredentials.Insecure)
                : new Channel($"127.0.0.1:{server.TlsPort}", new SslCredentials(server.Root), new ChannelOptions { Authority = "localhost" });
            _channels.Add(channel);
            for (int worker = 0; worker < WorkersPerChannel; worker++)
            {
                var random = new Random(unchecked((seed * 397) + (i * WorkersPerChannel) + worker));
                _workers.Add(Task.Run(() => WorkAsync(channel.CreateCallInvoker(), random)));
            }
        }
    }

    public long Succeeded => Interlocked.Read(ref _succeeded);

    public long Failed => Interlocked.Read(ref _failed);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_workers);
        foreach (Channel channel in _channels)
        {
            await channel.DisposeAsync();
        }

        _stop.Dispose();
    }

    private async Task WorkAsync(CallInvoker invoker, Random random)
    {
        while (!_stop.IsCancellationRequested)
        {
            int kind = random.Next(10);
            try
            {
                bool isRight = await CallAsync(invoker, kind, random);
                Count(isRight, isRight ? "" : $"kind {kind}: a wrong answer");
            }
            catch (RpcException exception)
            {
                Count(isRight: false, $"kind {kind}: {exception}");
            }

            await Task.Delay(random.Next(10));
        }
    }

    private void Count(bool isRight, string failure)
    {
        if (isRight)
        {
            Interlocked.Increment(ref _succeeded);
        }
        else
        {
            Interlocked.Increment(ref _failed);
            _onFailure(failure);
        }
    }

    private static async Task<bool> CallAsync(CallInvoker invoker, int kind, Random random)
    {
        var options = new CallOptions(deadline: TimeProvider.System.GetUtcNow().UtcDateTime + Deadline);
        string text = $"{random.Next(1, 12)} {random.Next()}";
        switch (kind)
        {
            case 0:
                List<string> answers = await invoker.AsyncServerStreamingCall(EchoMethods.Repeat, null, options, text).ResponseStream.ToListAsync();
                return answers.Count == int.Parse(text.Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture) && answers.TrueForAll(answer => answer == text);
            case 1:
                using (AsyncClientStreamingCall<string, string> join = invoker.AsyncClientStreamingCall(EchoMethods.Join, null, options))
                {
                    await join.RequestStream.WriteAllAsync([text, "b", "c"]);
                    return await join.ResponseAsync == $"{text},b,c";
                }

            case 2:
                return await ChatAsync(invoker, options, text);
            case 3:
                string large = new('l', random.Next(1, 200_000));
                return await invoker.AsyncUnaryCall(EchoMethods.Unary, null, options, large).ResponseAsync == large;
            default:
                return await invoker.AsyncUnaryCall(EchoMethods.Unary, null, options, text).ResponseAsync == text;
        }
    }

    private static async Task<bool> ChatAsync(CallInvoker invoker, CallOptions options, string text)
    {
        using AsyncDuplexStreamingCall<string, string> chat = invoker.AsyncDuplexStreamingCall(EchoMethods.Chat, null, options);
        for (int i = 0; i < 5; i++)
        {
            await chat.RequestStream.WriteAsync($"{text} {i}");
            if (!await chat.ResponseStream.MoveNext(CancellationToken.None) || chat.ResponseStream.Current != $"{text} {i}")
            {
                return false;
            }
        }

        await chat.RequestStream.CompleteAsync();
        return !await chat.ResponseStream.MoveNext(CancellationToken.None);
    }
}
