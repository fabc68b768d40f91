using System.Text;
using System.Threading.Channels;
using Trunkline.Http2;
using Trunkline.Rpc.Messages;

namespace Trunkline.Rpc.Tests.Servers;

/// <summary>A client that speaks HTTP/2 and writes gRPC's bytes by hand, so that tests see exactly what the server sends.</summary>
internal sealed class RawClient : IClientConnectionHandler, IAsyncDisposable
{
    private readonly Http2ClientConnection _connection;

    private RawClient(Link link, Http2Options options) => _connection = Http2ClientConnection.Create(link, this, options);

    public Http2ClientConnection Connection => _connection;

    public Http2Error? GoAway { get; private set; }

    public static async Task<RawClient> ConnectAsync(Link link, Http2Options? options = null)
    {
        var client = new RawClient(link, options ?? new Http2Options());
        await client._connection.StartAsync(CancellationToken.None);
        return client;
    }

    /// <summary>Opens a stream with the usual request headers, and those given; a null value takes a usual one away.</summary>
    public RawCall Open(string path, bool endStream = false, params (string Name, string? Value)[] headers)
    {
        var fields = new FieldSection();
        foreach ((string name, string value) in Usual(path))
        {
            if (!Array.Exists(headers, header => header.Name == name))
            {
                fields.Add(name, value);
            }
            else if (Array.Find(headers, header => header.Name == name).Value is { } other && name[0] == ':')
            {
                fields.Add(name, other);
            }
        }

        foreach ((string name, string? value) in headers.Where(header => header.Value is not null && header.Name[0] != ':'))
        {
            fields.Add(name, value!);
        }

        var call = new RawCall();
        Assert.Equal(OpenOutcome.Opened, _connection.TryOpen(call, out Http2Stream? stream));
        call.Stream = stream!;
        stream!.Write(new Outgoing { MoreHeaders = fields, EndStream = endStream });
        return call;
    }

    public async Task<RawCall> Unary(string path, string message, params (string Name, string? Value)[] headers)
    {
        RawCall call = Open(path, endStream: false, headers);
        call.Send(message);
        call.HalfClose();
        await call.Ended;
        return call;
    }

    public void OnBatchEnd()
    {
    }

    public void OnGoAway(in Http2Error error) => GoAway = error;

    public void OnClosed(in Http2Error error)
    {
    }

    public void OnStreamsAvailable()
    {
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private static (string Name, string Value)[] Usual(string path) =>
    [
        (":method", "POST"), (":scheme", "http"), (":path", path), (":authority", "test"), ("te", "trailers"), ("content-type", "application/grpc"),
    ];
}

/// <summary>One stream of a <see cref="RawClient"/>, with all that came on it.</summary>
internal sealed class RawCall : IStreamHandler
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _headersCame = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Channel<string> _messages = System.Threading.Channels.Channel.CreateUnbounded<string>();
    private MessageDeframer _deframer = new(int.MaxValue);
    private int _withheld;

    public Http2Stream Stream { get; set; } = null!;

    public List<(string Name, string Value)> Headers { get; } = [];

    public List<(string Name, string Value)> Trailers { get; } = [];

    public List<bool> CompressedFlags { get; } = [];

    public bool IsTrailersOnly { get; private set; }

    public Http2Error Error { get; private set; }

    public MessageCoding? Coding { get; set; }

    /// <summary>Completes when the stream is over.</summary>
    public Task Ended => _ended.Task.WaitAsync(TimeSpan.FromSeconds(30));

    public Task HeadersCame => _headersCame.Task.WaitAsync(TimeSpan.FromSeconds(30));

    public string? Status => Find("grpc-status");

    public string? Message => Find("grpc-message") is { } text ? Uri.UnescapeDataString(text) : null;

    /// <summary>False to keep the credit for what comes, until <see cref="ReleaseCredit"/>.</summary>
    public bool GivesCreditBack { get; set; } = true;

    public string? Find(string name)
    {
        List<(string Name, string Value)> block = IsTrailersOnly ? Headers : Trailers;
        return block.Find(field => field.Name == name).Value;
    }

    public string? Header(string name) => Headers.Find(field => field.Name == name).Value;

    public void Send(string message) => SendRaw(Frame(Encoding.UTF8.GetBytes(message)));

    public void SendRaw(byte[] bytes, bool endStream = false)
    {
        var buffer = new PooledBuffer();
        buffer.Write(bytes);
        Stream.Write(new Outgoing { Data = buffer, EndStream = endStream });
    }

    public void HalfClose() => Stream.Write(new Outgoing { EndStream = true });

    /// <summary>Gives back what was kept, and from now on what comes.</summary>
    public void ReleaseCredit()
    {
        int credit;
        lock (_ended)
        {
            GivesCreditBack = true;
            (credit, _withheld) = (_withheld, 0);
        }

        Stream.Consume(credit);
    }

    public async Task<string> Next() => await _messages.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30));

    public async Task<string[]> Rest()
    {
        var rest = new List<string>();
        await foreach (string message in _messages.Reader.ReadAllAsync())
        {
            rest.Add(message);
        }

        return [.. rest];
    }

    public void OnHeaders(in FieldBlock fields, bool endStream)
    {
        Copy(fields, Headers);
        IsTrailersOnly = endStream;
        _headersCame.TrySetResult();
    }

    public void OnData(ReadOnlyMemory<byte> data, bool endStream)
    {
        int credit = 0;
        lock (_ended)
        {
            _withheld += data.Length;
            if (GivesCreditBack)
            {
                (credit, _withheld) = (_withheld, 0);
            }
        }

        Stream.Consume(credit);

        while (_deframer.Read(ref data, out MessageFrame frame, out _) == DeframeOutcome.Message)
        {
            CompressedFlags.Add(frame.IsCompressed);
            Assert.True(MessageSerializer.Deserialize(Marshallers.StringMarshaller, frame, Coding, int.MaxValue, out string? message).IsNone);
            _messages.Writer.TryWrite(message!);
            frame.Release();
        }
    }

    public void OnTrailers(in FieldBlock fields) => Copy(fields, Trailers);

    public void OnWritable()
    {
    }

    public void OnClosed(in Http2Error error)
    {
        Error = error;
        _messages.Writer.TryComplete();
        _headersCame.TrySetResult();
        _ended.TrySetResult();
    }

    public static byte[] Frame(byte[] payload, bool compressed = false)
    {
        byte[] bytes = new byte[MessagePrefix.Size + payload.Length];
        MessagePrefix.Write(bytes, compressed, payload.Length);
        payload.CopyTo(bytes, MessagePrefix.Size);
        return bytes;
    }

    private static void Copy(in FieldBlock fields, List<(string Name, string Value)> list)
    {
        foreach (Field field in fields)
        {
            list.Add((Encoding.UTF8.GetString(field.Name), Encoding.UTF8.GetString(field.Value)));
        }
    }
}
