using System.Buffers.Binary;

namespace Trunkline.Http2.Tests.Connections;

/// <summary>
/// Laws of a whole connection, ours on both ends, under many streams at once: what is echoed comes back byte for byte and in order, resets hurt
/// nobody else, and in the end nothing is left open.
/// </summary>
public class ConnectionLawTests
{
    // As many as the server allows: none of their streams may ever be refused.
    private const int Workers = 40;

    [Theory]
    [InlineData(1, 65_535, 128 * 1024, 0)]
    [InlineData(2, 1, 1, 0)]
    [InlineData(3, 1000, 4096, 30)]
    [InlineData(4, 512 * 1024, 128 * 1024, 30)]
    [InlineData(5, 100, 128 * 1024, 50)]
    public async Task Echo_ManyStreams_ComesBackWhole(int seed, int window, int highWater, int percentReset)
    {
        // Windows of a few bytes on purpose: the budgets that take them for an attack are off.
        Http2Limits limits = new() { TinyData = RateLimit.Unlimited, TinyWindows = RateLimit.Unlimited };
        var options = new Http2Options { InitialStreamWindow = window, OutputHighWaterMark = highWater, MaxConcurrentStreams = Workers, Limits = limits };
        (MemoryLink near, MemoryLink far) = MemoryLink.CreatePair(window == 1 ? 0 : 65_536);
        await using Http2ServerConnection server = Http2ServerConnection.Create(far, new EchoServerHandler(), options);
        await using Http2ClientConnection client = Http2ClientConnection.Create(near, new RecordingClient(), options);
        await Task.WhenAll(client.StartAsync(CancellationToken.None), server.StartAsync(CancellationToken.None));
        await client.PingAsync(CancellationToken.None);

        int maxLength = window == 1 ? 300 : 100_000;
        Task<bool>[] workers = [.. Enumerable.Range(0, Workers).Select(worker => Task.Run(() => RunWorkerAsync(client, new Random((seed * 1000) + worker), maxLength, percentReset)))];
        bool[] results = await Task.WhenAll(workers).WaitAsync(TimeSpan.FromSeconds(60));
        Assert.All(results, Assert.True);

        await client.PingAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal(0, client.OpenStreams);
        await client.ShutdownAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(20));
        Assert.True((await client.Closed).IsNone);
        await server.Closed.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal(0, server.OpenStreams);
    }

    private static async Task<bool> RunWorkerAsync(Http2ClientConnection client, Random random, int maxLength, int percentReset)
    {
        for (int call = 0; call < 12; call++)
        {
            var handler = new EchoClientStream(random.Next(0, maxLength), random.Next(), reset: random.Next(100) < percentReset);
            if (client.TryOpen(handler, out Http2Stream? stream) != OpenOutcome.Opened)
            {
                return false;
            }

            handler.Start(stream!);
            await handler.Completion;
            stream!.Release();
        }

        return true;
    }

    private sealed class EchoClientStream(int length, int seed, bool reset) : IStreamHandler
    {
        private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly byte[] _expected = Fill(length, seed);
        private Http2Stream? _stream;
        private int _received;
        private int _resets;

        public Task Completion => _completion.Task;

        public void Start(Http2Stream stream)
        {
            _stream = stream;
            var data = new PooledBuffer();
            data.Write(_expected.AsSpan(0, length / 2));
            stream.Write(new Outgoing { MoreHeaders = ClientFixture.Request(), Data = data });
            if (reset && seed % 2 == 0)
            {
                _resets++;
                stream.Reset(Http2ErrorCode.Cancel);
                return;
            }

            var rest = new PooledBuffer();
            rest.Write(_expected.AsSpan(length / 2));
            stream.Write(new Outgoing { Data = rest, EndStream = true });
            if (reset)
            {
                _resets++;
                stream.Reset(Http2ErrorCode.Cancel);
            }
        }

        public void OnHeaders(in FieldBlock fields, bool endStream)
        {
        }

        public void OnData(ReadOnlyMemory<byte> data, bool endStream)
        {
            if (!data.Span.SequenceEqual(_expected.AsSpan(_received, data.Length)))
            {
                _completion.TrySetException(new InvalidOperationException($"wrong bytes at {_received}"));
            }

            _received += data.Length;
            _stream!.Consume(data.Length);
        }

        public void OnTrailers(in FieldBlock fields)
        {
        }

        public void OnWritable()
        {
        }

        public void OnClosed(in Http2Error error)
        {
            if (error.IsNone && _received != length)
            {
                _completion.TrySetException(new InvalidOperationException($"{_received} of {length} bytes came back"));
            }
            else if (!error.IsNone && _resets == 0)
            {
                _completion.TrySetException(new Http2Exception(error));
            }
            else
            {
                _completion.TrySetResult();
            }
        }

        private static byte[] Fill(int length, int seed)
        {
            byte[] bytes = new byte[length];
            for (int i = 0; i + 4 <= length; i += 4)
            {
                BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(i), seed + i);
            }

            return bytes;
        }
    }

    private sealed class EchoServerHandler : IServerConnectionHandler
    {
        public IStreamHandler OnStream(Http2Stream stream) => new EchoServerStream(stream);

        public void OnBatchEnd()
        {
        }

        public void OnGoAway(in Http2Error error)
        {
        }

        public void OnClosed(in Http2Error error)
        {
        }
    }

    private sealed class EchoServerStream(Http2Stream stream) : IStreamHandler
    {
        private int _unsent;

        public void OnHeaders(in FieldBlock fields, bool endStream)
        {
            var response = new FieldSection();
            response.Add(":status", "200");
            stream.Write(new Outgoing { MoreHeaders = response, EndStream = endStream });
        }

        public void OnData(ReadOnlyMemory<byte> data, bool endStream)
        {
            var echo = new PooledBuffer();
            echo.Write(data.Span);
            Interlocked.Add(ref _unsent, data.Length);
            if (stream.Write(new Outgoing { Data = echo, EndStream = endStream }) == WriteOutcome.Sent)
            {
                OnWritable();
            }
        }

        public void OnTrailers(in FieldBlock fields)
        {
        }

        public void OnWritable()
        {
            int sent = Interlocked.Exchange(ref _unsent, 0);
            if (sent > 0)
            {
                stream.Consume(sent);
            }
        }

        // Released on purpose: the engine must cope with the object's next life.
        public void OnClosed(in Http2Error error)
        {
        }
    }
}
