using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Text;
using System.Threading.Channels;
using Trunkline.Http2;

namespace Trunkline.Rpc.Tests.Clients;

/// <summary>A server of bare HTTP/2 over memory links whose answers a test writes by hand, well formed or not.</summary>
internal sealed class ScriptedServer(Func<ScriptedCall, Task> script) : Dialer, IAsyncDisposable
{
    private readonly ConcurrentQueue<Http2ServerConnection> _connections = new();
    private int _accepted;

    public override string Target => "memory";

    /// <summary>Settings of the connections to come.</summary>
    public Http2Options Options { get; set; } = new();

    /// <summary>While true, dialling fails.</summary>
    public bool IsDown { get; set; }

    /// <summary>Connections made so far.</summary>
    public int Accepted => Volatile.Read(ref _accepted);

    /// <summary>What the scripts threw.</summary>
    public ConcurrentQueue<Exception> Errors { get; } = new();

    public Http2ServerConnection LastConnection => _connections.Last();

    public override ValueTask<Link> DialAsync(CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _accepted);
        if (IsDown)
        {
            throw new DialException(DialPhase.Connect, "cannot connect to memory: the test says no", innerException: null);
        }

        (MemoryLink near, MemoryLink far) = MemoryLink.CreatePair();
        var connection = Http2ServerConnection.Create(far, new Handler(this), Options);
        _connections.Enqueue(connection);
        _ = StartAsync(connection);
        return new ValueTask<Link>(near);
    }

    public Channel CreateChannel(ChannelOptions? options = null) =>
        new("memory:50051", ChannelCredentials.Insecure, (options ?? new ChannelOptions()) with { Dialer = this });

    public async ValueTask DisposeAsync()
    {
        foreach (Http2ServerConnection connection in _connections)
        {
            await connection.DisposeAsync();
        }
    }

    private static async Task StartAsync(Http2ServerConnection connection)
    {
        try
        {
            await connection.StartAsync(CancellationToken.None);
        }
        catch (Http2Exception)
        {
            // The client left during the handshake; its own test looks at that.
        }
    }

    private async Task RunAsync(ScriptedCall call)
    {
        try
        {
            await script(call);
        }
        catch (Exception exception)
        {
            Errors.Enqueue(exception);
        }
    }

    private sealed class Handler(ScriptedServer server) : IServerConnectionHandler
    {
        public IStreamHandler OnStream(Http2Stream stream) => new ScriptedCall(stream, call => _ = Task.Run(() => server.RunAsync(call)));

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
}

/// <summary>One call as the scripted server sees it.</summary>
internal sealed class ScriptedCall(Http2Stream stream, Action<ScriptedCall> start) : IStreamHandler
{
    private readonly Channel<string> _messages = System.Threading.Channels.Channel.CreateUnbounded<string>();
    private readonly TaskCompletionSource<Http2Error> _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<byte> _bytes = [];

    /// <summary>The request's fields, in order.</summary>
    public List<(string Name, string Value)> Headers { get; } = [];

    public string Path => Header(":path")!;

    /// <summary>Completes when the stream is over.</summary>
    public Task<Http2Error> Closed => _closed.Task;

    public Http2Stream Stream => stream;

    public string? Header(string name) => Headers.Find(field => field.Name == name).Value;

    /// <summary>The next request, or null at the half-close.</summary>
    public async Task<string?> ReadAsync() =>
        await _messages.Reader.WaitToReadAsync() && _messages.Reader.TryRead(out string? message) ? message : null;

    public void SendHeaders(params (string Name, string Value)[] more) =>
        stream.Write(new Outgoing { Headers = Fields([(":status", "200"), ("content-type", "application/grpc"), .. more]) });

    /// <summary>Sends a header block as it is given.</summary>
    public void SendRaw(bool endStream, params (string Name, string Value)[] fields) =>
        stream.Write(new Outgoing { Headers = Fields(fields), EndStream = endStream });

    public void SendMessage(string message, byte flag = 0) => SendBytes(Frame(Encoding.UTF8.GetBytes(message), flag));

    public void SendBytes(byte[] bytes, bool endStream = false)
    {
        var buffer = new PooledBuffer();
        buffer.Write(bytes);
        stream.Write(new Outgoing { Data = buffer, EndStream = endStream });
    }

    public void SendStatus(int code, params (string Name, string Value)[] more) =>
        stream.Write(new Outgoing { Trailers = Fields([("grpc-status", code.ToString()), .. more]), EndBothSides = true });

    public void SendTrailersOnly(int code, params (string Name, string Value)[] more) =>
        SendRaw(endStream: true, [(":status", "200"), ("content-type", "application/grpc"), ("grpc-status", code.ToString()), .. more]);

    /// <summary>Answers with one message and OK.</summary>
    public void Answer(string message)
    {
        SendHeaders();
        SendMessage(message);
        SendStatus(0);
    }

    public void OnHeaders(in FieldBlock fields, bool endStream)
    {
        foreach (Field field in fields)
        {
            Headers.Add((Encoding.UTF8.GetString(field.Name), Encoding.UTF8.GetString(field.Value)));
        }

        start(this);
        End(endStream);
    }

    public void OnData(ReadOnlyMemory<byte> data, bool endStream)
    {
        stream.Consume(data.Length);
        _bytes.AddRange(data.Span);
        while (_bytes.Count >= 5)
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(_bytes.GetRange(1, 4).ToArray());
            if (_bytes.Count < 5 + length)
            {
                break;
            }

            _messages.Writer.TryWrite(Encoding.UTF8.GetString(_bytes.GetRange(5, length).ToArray()));
            _bytes.RemoveRange(0, 5 + length);
        }

        End(endStream);
    }

    public void OnTrailers(in FieldBlock fields) => End(endStream: true);

    public void OnWritable()
    {
    }

    public void OnClosed(in Http2Error error)
    {
        _messages.Writer.TryComplete();
        _closed.TrySetResult(error);
    }

    public static byte[] Frame(byte[] payload, byte flag = 0)
    {
        byte[] framed = new byte[5 + payload.Length];
        framed[0] = flag;
        BinaryPrimitives.WriteInt32BigEndian(framed.AsSpan(1), payload.Length);
        payload.CopyTo(framed, 5);
        return framed;
    }

    private static PreparedFields Fields((string Name, string Value)[] fields)
    {
        var section = new FieldSection();
        foreach ((string name, string value) in fields)
        {
            section.Add(name, value);
        }

        return new PreparedFields(section);
    }

    private void End(bool endStream)
    {
        if (endStream)
        {
            _messages.Writer.TryComplete();
        }
    }
}
