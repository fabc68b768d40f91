using System.Threading.Channels;
using Trunkline.Harness;

namespace Trunkline.Http2.Tests.Connections;

/// <summary>A server connection of ours with a frame peer as its client, over memory.</summary>
internal sealed class ServerFixture : IAsyncDisposable
{
    private ServerFixture(Http2ServerConnection connection, FramePeer peer, RecordingServer events)
    {
        Connection = connection;
        Peer = peer;
        Events = events;
    }

    public Http2ServerConnection Connection { get; }

    public FramePeer Peer { get; }

    public RecordingServer Events { get; }

    /// <summary>Connects; the exchange of SETTINGS is behind when it returns.</summary>
    public static async Task<ServerFixture> ConnectAsync(Http2Options? options = null, int capacity = 65_536)
    {
        ServerFixture fixture = Create(options, capacity);
        Task start = fixture.Connection.StartAsync(CancellationToken.None);
        await fixture.Peer.ConnectAsClientAsync();
        await start;
        return fixture;
    }

    /// <summary>Makes both ends and says nothing yet.</summary>
    public static ServerFixture Create(Http2Options? options = null, int capacity = 65_536)
    {
        (MemoryLink ours, MemoryLink theirs) = MemoryLink.CreatePair(capacity);
        var events = new RecordingServer();
        return new ServerFixture(Http2ServerConnection.Create(ours, events, options ?? new Http2Options()), new FramePeer(theirs), events);
    }

    public async ValueTask DisposeAsync()
    {
        await Peer.DisposeAsync();
        await Connection.DisposeAsync();
    }
}

/// <summary>A client connection of ours with a frame peer as its server, over memory.</summary>
internal sealed class ClientFixture : IAsyncDisposable
{
    private ClientFixture(Http2ClientConnection connection, FramePeer peer, RecordingClient events)
    {
        Connection = connection;
        Peer = peer;
        Events = events;
    }

    public Http2ClientConnection Connection { get; }

    public FramePeer Peer { get; }

    public RecordingClient Events { get; }

    public static async Task<ClientFixture> ConnectAsync(Http2Options? options = null, params (ushort Id, uint Value)[] settings)
    {
        (MemoryLink ours, MemoryLink theirs) = MemoryLink.CreatePair();
        var events = new RecordingClient();
        var fixture = new ClientFixture(Http2ClientConnection.Create(ours, events, options ?? new Http2Options()), new FramePeer(theirs), events);
        Task start = fixture.Connection.StartAsync(CancellationToken.None);
        await fixture.Peer.ConnectAsServerAsync(settings);
        await start;
        return fixture;
    }

    /// <summary>Opens a stream with a request.</summary>
    public (Http2Stream Stream, RecordingStream Events) Open(bool endStream = true)
    {
        var handler = new RecordingStream();
        Assert.Equal(OpenOutcome.Opened, Connection.TryOpen(handler, out Http2Stream? stream));
        stream!.Write(new Outgoing { MoreHeaders = Request(), EndStream = endStream });
        return (stream, handler);
    }

    public static FieldSection Request()
    {
        var fields = new FieldSection();
        fields.Add(":method", "POST");
        fields.Add(":scheme", "http");
        fields.Add(":path", "/");
        fields.Add(":authority", "test");
        return fields;
    }

    public async ValueTask DisposeAsync()
    {
        await Peer.DisposeAsync();
        await Connection.DisposeAsync();
    }
}

/// <summary>One event of a stream, in words that tests compare: <c>headers end</c>, <c>data 5</c>, <c>trailers</c>, <c>closed CANCEL</c>.</summary>
internal sealed class RecordingStream : IStreamHandler
{
    private readonly Channel<string> _events = Channel.CreateUnbounded<string>();

    public Http2Stream? Stream { get; set; }

    public List<byte> Received { get; } = [];

    public List<(string Name, string Value)> Fields { get; } = [];

    public Http2Error CloseError { get; private set; }

    public void OnHeaders(in FieldBlock fields, bool endStream)
    {
        Read(fields);
        _events.Writer.TryWrite(endStream ? "headers end" : "headers");
    }

    public void OnData(ReadOnlyMemory<byte> data, bool endStream)
    {
        Received.AddRange(data.ToArray());
        _events.Writer.TryWrite($"data {data.Length}{(endStream ? " end" : "")}");
    }

    public void OnTrailers(in FieldBlock fields)
    {
        Read(fields);
        _events.Writer.TryWrite("trailers");
    }

    public void OnWritable() => _events.Writer.TryWrite("writable");

    public void OnClosed(in Http2Error error)
    {
        CloseError = error;
        _events.Writer.TryWrite(error.IsNone ? "closed" : $"closed {error.Code.ToSpecName()}");
    }

    public async Task<string> NextAsync() => await _events.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20));

    /// <summary>The next event, if there is one already.</summary>
    public bool TryNext(out string? text) => _events.Reader.TryRead(out text);

    public async Task ExpectAsync(params string[] expected)
    {
        foreach (string text in expected)
        {
            Assert.Equal(text, await NextAsync());
        }
    }

    public static List<(string Name, string Value)> ToList(in FieldBlock fields)
    {
        var list = new List<(string, string)>();
        foreach (Field field in fields)
        {
            list.Add((System.Text.Encoding.Latin1.GetString(field.Name), System.Text.Encoding.Latin1.GetString(field.Value)));
        }

        return list;
    }

    private void Read(in FieldBlock fields) => Fields.AddRange(ToList(fields));
}

/// <summary>A push as it was offered.</summary>
/// <param name="Associated">The stream with whose response it came.</param>
/// <param name="Stream">The promised stream.</param>
/// <param name="Request">The promised request.</param>
/// <param name="Taker">What took it.</param>
internal sealed record OfferedPush(int Associated, Http2Stream Stream, (string Name, string Value)[] Request, RecordingStream? Taker);

/// <summary>Takes every stream and keeps it for the test.</summary>
internal sealed class RecordingServer : IServerConnectionHandler
{
    private readonly Channel<RecordingStream> _streams = Channel.CreateUnbounded<RecordingStream>();

    public IStreamHandler OnStream(Http2Stream stream)
    {
        var handler = new RecordingStream { Stream = stream };
        _streams.Writer.TryWrite(handler);
        return handler;
    }

    public async Task<RecordingStream> NextStreamAsync() => await _streams.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20));

    public void OnBatchEnd()
    {
    }

    public void OnGoAway(in Http2Error error)
    {
    }

    public void OnClosed(in Http2Error error) => _streams.Writer.TryComplete();
}

/// <summary>Remembers what a client connection was told.</summary>
internal sealed class RecordingClient : IClientConnectionHandler
{
    public TaskCompletionSource<Http2Error> GoAway { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Says what takes a push; nothing by default, so that every push is refused.</summary>
    public Func<Http2Stream, RecordingStream?> Taker { get; set; } = static _ => null;

    /// <summary>The pushes that were offered.</summary>
    public Channel<OfferedPush> Offers { get; } = Channel.CreateUnbounded<OfferedPush>();

    public TaskCompletionSource StreamsAvailable { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void OnBatchEnd()
    {
    }

    public void OnGoAway(in Http2Error error) => GoAway.TrySetResult(error);

    public void OnClosed(in Http2Error error)
    {
    }

    public void OnStreamsAvailable() => StreamsAvailable.TrySetResult();

    public IStreamHandler? OnPush(in PushOffer offer)
    {
        RecordingStream? taker = Taker(offer.Stream);
        Offers.Writer.TryWrite(new OfferedPush(offer.Associated.Value, offer.Stream, [.. RecordingStream.ToList(offer.Request)], taker));
        return taker;
    }

    public async Task<OfferedPush> NextOfferAsync() => await Offers.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20));
}
