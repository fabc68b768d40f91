using Trunkline.Harness;

namespace Trunkline.Http2.Tests.Connections;

/// <summary>A server connection with a handler of the test's own, and a frame peer.</summary>
internal sealed class AttackFixture(Http2ServerConnection connection, FramePeer peer, WorkingServer handler) : IAsyncDisposable
{
    public Http2ServerConnection Connection => connection;

    public FramePeer Peer => peer;

    public WorkingServer Handler => handler;

    public static async Task<AttackFixture> ConnectAsync(WorkingServer handler, Http2Options options)
    {
        (MemoryLink ours, MemoryLink theirs) = MemoryLink.CreatePair();
        var fixture = new AttackFixture(Http2ServerConnection.Create(ours, handler, options), new FramePeer(theirs), handler);
        Task start = fixture.Connection.StartAsync(CancellationToken.None);
        await fixture.Peer.ConnectAsClientAsync();
        await start;
        return fixture;
    }

    public async ValueTask DisposeAsync()
    {
        await peer.DisposeAsync();
        await connection.DisposeAsync();
    }
}

/// <summary>Begins work for each stream; ends it with the stream, or when the test says so.</summary>
internal sealed class WorkingServer : IServerConnectionHandler
{
    private readonly List<Http2Stream> _working = [];
    private int _begun;

    public int Begun => Volatile.Read(ref _begun);

    /// <summary>The streams whose work has begun and was not ended by <see cref="EndAll"/>.</summary>
    public IReadOnlyList<Http2Stream> Streams
    {
        get
        {
            lock (_working)
            {
                return [.. _working];
            }
        }
    }

    public bool EndsOnClose { get; init; }

    public PreparedFields? Answer { get; init; }

    public IStreamHandler OnStream(Http2Stream stream)
    {
        Interlocked.Increment(ref _begun);
        stream.BeginWork();
        lock (_working)
        {
            _working.Add(stream);
        }

        return new WorkingStream(this, stream);
    }

    public void EndAll()
    {
        lock (_working)
        {
            _working.ForEach(static stream => stream.EndWork());
            _working.Clear();
        }
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

    private sealed class WorkingStream(WorkingServer server, Http2Stream stream) : IStreamHandler
    {
        public void OnHeaders(in FieldBlock fields, bool endStream)
        {
            if (server.Answer is { } answer)
            {
                stream.Write(new Outgoing { Headers = answer, EndStream = true });
            }
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

        public void OnClosed(in Http2Error error)
        {
            if (server.EndsOnClose)
            {
                stream.EndWork();
            }
        }
    }
}
