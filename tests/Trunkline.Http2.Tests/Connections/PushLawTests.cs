using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Trunkline.Http2.Connections;

namespace Trunkline.Http2.Tests.Connections;

/// <summary>
/// Laws of push with ours on both ends: whatever is pushed, refused, cancelled or taken back, what is kept arrives whole and in the end nothing is
/// open or counted on either side.
/// </summary>
public class PushLawTests
{
    private const int Pages = 60;
    private const int MaxPushes = 8;

    [Theory]
    [InlineData(1, 65_535, 256)]
    [InlineData(2, 500, 256)]
    [InlineData(3, 65_535, 3)]
    [InlineData(4, 1_000, 20)]
    public async Task Pushes_RandomlyTakenRefusedAndCancelled_LeaveNothingBehind(int seed, int window, int clientLimit)
    {
        var options = new Http2Options { EnablePush = true, InitialStreamWindow = window, MaxConcurrentStreams = clientLimit };
        (MemoryLink near, MemoryLink far) = MemoryLink.CreatePair();
        var site = new Site(seed);
        var reader = new Reader(seed);
        await using Http2ServerConnection server = Http2ServerConnection.Create(far, site, options with { MaxConcurrentStreams = Pages });
        await using Http2ClientConnection client = Http2ClientConnection.Create(near, reader, options);
        await Task.WhenAll(client.StartAsync(CancellationToken.None), server.StartAsync(CancellationToken.None));
        await client.PingAsync(CancellationToken.None);

        for (int page = 0; page < Pages; page++)
        {
            reader.Get(client, $"/{page}");
        }

        await UntilIdleAsync(client, server);
        Assert.Empty(reader.Complaints);
        Assert.True(reader.Whole > Pages, $"{reader.Whole} responses came whole");

        // Every place under every limit is free again.
        site.PushesOfNextPage = Math.Min(ServerPushes.MaxReserved, clientLimit);
        reader.Get(client, "/all");
        await UntilIdleAsync(client, server);
        Assert.Equal(site.PushesOfNextPage, site.LastPushed);
        await client.ShutdownAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(20));
        Assert.True((await client.Closed).IsNone);
        Assert.True((await server.Closed.WaitAsync(TimeSpan.FromSeconds(20))).IsNone);
    }

    // Each round trip lets both sides work off what the other has said; a leak would never end.
    private static async Task UntilIdleAsync(Http2ClientConnection client, Http2ServerConnection server)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        do
        {
            await client.PingAsync(patience.Token);
            await server.PingAsync(patience.Token);
        }
        while (client.OpenStreams + server.OpenStreams > 0);
    }

    private static FieldSection Request(string path)
    {
        var fields = new FieldSection();
        fields.Add(":method", "GET");
        fields.Add(":scheme", "http");
        fields.Add(":authority", "test");
        fields.Add(":path", path);
        return fields;
    }

    private sealed class Site(int seed) : IServerConnectionHandler
    {
        private readonly Random _random = new(seed);

        public int PushesOfNextPage { get; set; } = -1;

        public int LastPushed { get; private set; }

        public IStreamHandler OnStream(Http2Stream stream) => new Page(this, stream);

        public void OnBatchEnd()
        {
        }

        public void OnGoAway(in Http2Error error)
        {
        }

        public void OnClosed(in Http2Error error)
        {
        }

        private void Answer(Http2Stream page)
        {
            int wanted = PushesOfNextPage >= 0 ? PushesOfNextPage : _random.Next(MaxPushes);
            var pushed = new List<Http2Stream>();
            for (int i = 0; i < wanted; i++)
            {
                if (page.TryPush(Request($"/{i}"), new Page(this, stream: null), out Http2Stream? promised) == PushOutcome.Pushed)
                {
                    pushed.Add(promised!);
                }
            }

            LastPushed = pushed.Count;
            Respond(page);
            foreach (Http2Stream stream in pushed)
            {
                if (_random.Next(5) == 0)
                {
                    stream.Reset(Http2ErrorCode.Cancel);
                }
                else
                {
                    Respond(stream);
                }
            }
        }

        private void Respond(Http2Stream stream)
        {
            int length = _random.Next(5_000);
            var head = new FieldSection();
            head.Add(":status", "200");
            head.Add("content-length", length.ToString(CultureInfo.InvariantCulture));
            var body = new PooledBuffer();
            body.Write(new byte[length]);
            stream.Write(new Outgoing { MoreHeaders = head, Data = body, EndStream = true });
        }

        private sealed class Page(Site site, Http2Stream? stream) : IStreamHandler
        {
            public void OnHeaders(in FieldBlock fields, bool endStream) => site.Answer(stream!);

            public void OnData(ReadOnlyMemory<byte> data, bool endStream)
            {
            }

            public void OnTrailers(in FieldBlock fields)
            {
            }

            public void OnWritable()
            {
            }

            public void OnClosed(in Http2Error error)
            {
            }
        }
    }

    private sealed class Reader(int seed) : IClientConnectionHandler
    {
        private readonly Random _random = new(seed + 1000);
        private int _whole;

        public ConcurrentQueue<string> Complaints { get; } = [];

        public int Whole => _whole;

        public void Get(Http2ClientConnection client, string path)
        {
            var response = new Response(this, cancelAt: -1);
            Assert.Equal(OpenOutcome.Opened, client.TryOpen(response, out Http2Stream? stream));
            response.Stream = stream;
            stream!.Write(new Outgoing { MoreHeaders = Request(path), EndStream = true });
        }

        public IStreamHandler? OnPush(in PushOffer offer)
        {
            switch (_random.Next(6))
            {
                case 0:
                    return null;
                case 1:
                    offer.Stream.Reset(Http2ErrorCode.Cancel);
                    return new Response(this, cancelAt: 0) { Stream = offer.Stream };
                case 2:
                    return new Response(this, cancelAt: _random.Next(2_000)) { Stream = offer.Stream };
                default:
                    return new Response(this, cancelAt: -1) { Stream = offer.Stream };
            }
        }

        public void OnStreamsAvailable()
        {
        }

        public void OnBatchEnd()
        {
        }

        public void OnGoAway(in Http2Error error)
        {
        }

        public void OnClosed(in Http2Error error)
        {
        }

        private sealed class Response(Reader reader, int cancelAt) : IStreamHandler
        {
            private int _received;
            private int _ends;

            public Http2Stream? Stream { get; set; }

            private string Name => string.Create(CultureInfo.InvariantCulture, $"stream {Stream!.Id}");

            public void OnHeaders(in FieldBlock fields, bool endStream)
            {
                if (!fields.TryGetValue(FieldName.Status, out ReadOnlySpan<byte> status) || !status.SequenceEqual("200"u8))
                {
                    reader.Complaints.Enqueue($"{Name}: status {Encoding.ASCII.GetString(status)}");
                }
            }

            public void OnData(ReadOnlyMemory<byte> data, bool endStream)
            {
                _received += data.Length;
                Stream!.Consume(data.Length);
                if (cancelAt >= 0 && _received > cancelAt)
                {
                    Stream.Reset(Http2ErrorCode.Cancel);
                }
            }

            public void OnTrailers(in FieldBlock fields)
            {
            }

            public void OnWritable()
            {
            }

            // The engine holds content-length to what came, so a sound end means a whole body.
            public void OnClosed(in Http2Error error)
            {
                if (++_ends > 1)
                {
                    reader.Complaints.Enqueue($"{Name}: closed twice");
                }

                if (error.IsNone)
                {
                    Interlocked.Increment(ref reader._whole);
                }
                else if (error.Code != Http2ErrorCode.Cancel)
                {
                    reader.Complaints.Enqueue($"{Name}: {error}");
                }
            }
        }
    }
}
