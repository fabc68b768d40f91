using System.Collections.Concurrent;
using Trunkline.Http2;

namespace Trunkline.Harness.Traffic;

/// <summary>
/// Calls as honest clients make them that look like attacks: cancelled as soon as they have begun, cancelled while the answer is on its way, answered
/// before the request has ended. All on one connection, as fast as it goes, with handlers on the thread pool that heed their cancellation.
/// </summary>
public sealed class HonestTraffic
{
    private const int Workers = 64;

    // Turns of the thread pool that a call has before its deadline: about as many as its answer needs.
    private const int MaxTurns = 80;

    private readonly ConcurrentQueue<TaskCompletionSource> _waiting = new();
    private readonly HonestHabit _habit;
    private int _left;
    private int _answered;
    private int _cancelled;
    private int _refused;

    private HonestTraffic(HonestHabit habit, int calls)
    {
        _habit = habit;
        _left = calls;
    }

    /// <summary>Makes calls until all are over, or the connection is.</summary>
    /// <param name="habit">What kind of calls.</param>
    /// <param name="calls">How many.</param>
    /// <param name="options">The server's settings and limits.</param>
    public static async Task<HonestReport> RunAsync(HonestHabit habit, int calls, Http2Options options)
    {
        var traffic = new HonestTraffic(habit, calls);
        (MemoryLink near, MemoryLink far) = MemoryLink.CreatePair();
        await using Http2ServerConnection server = Http2ServerConnection.Create(far, new PooledHandlers(habit), options);
        await using Http2ClientConnection client = Http2ClientConnection.Create(near, new ClientEvents(traffic), new Http2Options());
        await Task.WhenAll(server.StartAsync(CancellationToken.None), client.StartAsync(CancellationToken.None));
        await client.PingAsync(CancellationToken.None);
        await Task.WhenAll(Enumerable.Range(0, Workers).Select(_ => Task.Run(() => traffic.WorkAsync(client))));
        string? end = client.Closed.IsCompleted ? (await client.Closed).ToString() : null;
        return new HonestReport(traffic._answered, traffic._cancelled, traffic._refused, end);
    }

    private async Task WorkAsync(Http2ClientConnection client)
    {
        while (Interlocked.Decrement(ref _left) >= 0)
        {
            var call = new HonestCall();
            OpenOutcome outcome = client.TryOpen(call, out Http2Stream? stream);
            while (outcome == OpenOutcome.AtLimit)
            {
                await WaitForPlaceAsync();
                outcome = client.TryOpen(call, out stream);
            }

            if (outcome == OpenOutcome.Unavailable)
            {
                return;
            }

            await MakeCallAsync(stream!, call);
            stream!.Release();
        }
    }

    private async Task MakeCallAsync(Http2Stream stream, HonestCall call)
    {
        stream.Write(new Outgoing { Headers = Heads.Request, EndStream = _habit != HonestHabit.EarlyAnswer });
        switch (_habit)
        {
            case HonestHabit.EarlyCancellation:
                stream.Reset(Http2ErrorCode.Cancel);
                break;
            case HonestHabit.DeadlineRace:
                for (int turns = Random.Shared.Next(MaxTurns); turns > 0; turns--)
                {
                    await Task.Yield();
                }

                stream.Reset(Http2ErrorCode.Cancel);
                break;
            default:
                SendUntilAnswered(stream);
                break;
        }

        Http2Error error = await call.Closed;
        Interlocked.Increment(ref error.IsUnprocessed ? ref _refused : ref error.Origin == ErrorOrigin.User ? ref _cancelled : ref _answered);
    }

    // Ten short messages, of which most are on their way when the server has already answered.
    private static void SendUntilAnswered(Http2Stream stream)
    {
        for (int i = 0; i < 10; i++)
        {
            var data = new PooledBuffer();
            data.Write("message"u8);
            if (stream.Write(new Outgoing { Data = data }) == WriteOutcome.Closed)
            {
                return;
            }
        }
    }

    private Task WaitForPlaceAsync()
    {
        var place = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting.Enqueue(place);

        // A place may have become free before it stood in the queue.
        return place.Task.WaitAsync(TimeSpan.FromMilliseconds(10)).ContinueWith(static _ => { }, TaskScheduler.Default);
    }

    private void OnStreamsAvailable()
    {
        while (_waiting.TryDequeue(out TaskCompletionSource? place))
        {
            place.TrySetResult();
        }
    }

    private static class Heads
    {
        public static readonly PreparedFields Request = Prepare((":method", "POST"), (":scheme", "http"), (":path", "/honest"), (":authority", "test"));

        public static readonly PreparedFields Response = Prepare((":status", "200"));

        private static PreparedFields Prepare(params (string Name, string Value)[] fields)
        {
            var section = new FieldSection();
            foreach ((string name, string value) in fields)
            {
                section.Add(name, value);
            }

            return new PreparedFields(section);
        }
    }

    private sealed class HonestCall : IStreamHandler
    {
        private readonly TaskCompletionSource<Http2Error> _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<Http2Error> Closed => _closed.Task;

        public void OnHeaders(in FieldBlock fields, bool endStream)
        {
        }

        public void OnData(ReadOnlyMemory<byte> data, bool endStream)
        {
        }

        public void OnTrailers(in FieldBlock fields)
        {
        }

        public void OnWritable()
        {
        }

        public void OnClosed(in Http2Error error) => _closed.TrySetResult(error);
    }

    private sealed class ClientEvents(HonestTraffic traffic) : IClientConnectionHandler
    {
        public void OnBatchEnd()
        {
        }

        public void OnGoAway(in Http2Error error)
        {
        }

        public void OnClosed(in Http2Error error)
        {
        }

        public void OnStreamsAvailable() => traffic.OnStreamsAvailable();
    }

    /// <summary>Each stream gets a handler on the thread pool, which works until it has answered or the stream is over.</summary>
    private sealed class PooledHandlers(HonestHabit habit) : IServerConnectionHandler
    {
        private readonly List<PooledHandler> _gathered = [];

        public IStreamHandler OnStream(Http2Stream stream)
        {
            stream.BeginWork();
            var handler = new PooledHandler(stream, habit);
            _gathered.Add(handler);
            return handler;
        }

        public void OnBatchEnd()
        {
            foreach (PooledHandler handler in _gathered)
            {
                ThreadPool.UnsafeQueueUserWorkItem(handler, preferLocal: false);
            }

            _gathered.Clear();
        }

        public void OnGoAway(in Http2Error error)
        {
        }

        public void OnClosed(in Http2Error error)
        {
        }
    }

    private sealed class PooledHandler(Http2Stream stream, HonestHabit habit) : IStreamHandler, IThreadPoolWorkItem
    {
        private int _left = habit == HonestHabit.EarlyCancellation ? 2 : 1;

        // The handler of a call that is to be cancelled ends when it has run and has been cancelled; the others when they have answered.
        public void Execute()
        {
            if (habit != HonestHabit.EarlyCancellation)
            {
                stream.Write(new Outgoing { Headers = Heads.Response, EndStream = true, EndBothSides = true });
            }

            EndOne();
        }

        public void OnHeaders(in FieldBlock fields, bool endStream)
        {
        }

        public void OnData(ReadOnlyMemory<byte> data, bool endStream) => stream.Consume(data.Length);

        public void OnTrailers(in FieldBlock fields)
        {
        }

        public void OnWritable()
        {
        }

        public void OnClosed(in Http2Error error)
        {
            if (habit == HonestHabit.EarlyCancellation)
            {
                EndOne();
            }
        }

        private void EndOne()
        {
            if (Interlocked.Decrement(ref _left) == 0)
            {
                stream.EndWork();
            }
        }
    }
}

/// <summary>What honest clients do that looks like an attack.</summary>
public enum HonestHabit
{
    /// <summary>The call is cancelled as soon as it has begun.</summary>
    EarlyCancellation,

    /// <summary>The call is cancelled while the answer is on its way, as at a deadline that both sides keep.</summary>
    DeadlineRace,

    /// <summary>The server answers while the request still comes, and has no use for the rest.</summary>
    EarlyAnswer,
}

/// <summary>What became of the calls.</summary>
/// <param name="Answered">Calls that the server ended.</param>
/// <param name="Cancelled">Calls that the client ended.</param>
/// <param name="Refused">Calls that were refused unprocessed.</param>
/// <param name="ConnectionEnd">Why the connection ended; null while it stands.</param>
public sealed record HonestReport(int Answered, int Cancelled, int Refused, string? ConnectionEnd);
