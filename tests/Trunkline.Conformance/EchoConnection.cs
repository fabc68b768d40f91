using Trunkline.Http2;

namespace Trunkline.Conformance;

/// <summary>Gives every stream an echo of its own.</summary>
internal sealed class EchoConnection : IServerConnectionHandler
{
    public IStreamHandler OnStream(Http2Stream stream) => new EchoStream(stream);

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

/// <summary>
/// Answers one request: the body comes back as it arrives, and a request without a body gets a short text. What the peer does not take is not asked
/// for: credit for the request's body goes back as the echo leaves.
/// </summary>
internal sealed class EchoStream(Http2Stream stream) : IStreamHandler
{
    private static readonly PreparedFields Ok = Prepare();

    private int _unsent;
    private bool _isHead;

    public void OnHeaders(in FieldBlock fields, bool endStream)
    {
        foreach (Field field in fields)
        {
            _isHead |= field.Known == FieldName.Method && field.Value.SequenceEqual("HEAD"u8);
        }

        if (!endStream)
        {
            stream.Write(new Outgoing { Headers = Ok });
            return;
        }

        if (_isHead)
        {
            stream.Write(new Outgoing { Headers = Ok, EndStream = true });
            return;
        }

        var text = new PooledBuffer();
        text.Write("Trunkline speaks HTTP/2.\n"u8);
        stream.Write(new Outgoing { Headers = Ok, Data = text, EndStream = true });
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

    public void OnTrailers(in FieldBlock fields) => stream.Write(new Outgoing { EndStream = true });

    public void OnWritable()
    {
        int sent = Interlocked.Exchange(ref _unsent, 0);
        if (sent > 0)
        {
            stream.Consume(sent);
        }
    }

    public void OnClosed(in Http2Error error)
    {
    }

    private static PreparedFields Prepare()
    {
        var fields = new FieldSection();
        fields.Add(":status", "200");
        fields.Add("content-type", "text/plain");
        fields.Add("server", "trunkline");
        return new PreparedFields(fields);
    }
}
