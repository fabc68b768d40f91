namespace Trunkline.Conformance.Attacks;

/// <summary>Clients that call the server under attack all the time, each over its own connection, and count what fails.</summary>
internal sealed class HonestClients : IAsyncDisposable
{
    private const int Clients = 4;

    private readonly CancellationTokenSource _stop = new();
    private readonly Task[] _work;
    private long _answered;
    private long _failed;

    public HonestClients(int port) => _work = [.. Enumerable.Range(0, Clients).Select(_ => Task.Run(() => CallAsync(port)))];

    public long Answered => Interlocked.Read(ref _answered);

    public long Failed => Interlocked.Read(ref _failed);

    public string? LastFailure { get; private set; }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_work);
        _stop.Dispose();
    }

    private async Task CallAsync(int port)
    {
        await using var channel = new Channel($"127.0.0.1:{port}", ChannelCredentials.Insecure);
        CallInvoker invoker = channel.CreateCallInvoker();
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                // A call that takes longer than this counts as failed: others do not notice.
                CallOptions options = default(CallOptions).WithDeadline(TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(5));
                string answer = await invoker.AsyncUnaryCall(AttackTarget.Echo, host: null, options, "honest");
                Interlocked.Increment(ref answer == "honest" ? ref _answered : ref _failed);
            }
            catch (RpcException exception)
            {
                LastFailure = exception.Message;
                Interlocked.Increment(ref _failed);
            }

            await Task.Delay(1);
        }
    }
}
