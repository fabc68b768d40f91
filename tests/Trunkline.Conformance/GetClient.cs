using System.Net.Security;
using Trunkline.Http2;

namespace Trunkline.Conformance;

/// <summary>One GET, and what came of it.</summary>
internal static class GetClient
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static async Task<int> RunAsync(string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out Uri? target) || target.Scheme is not ("http" or "https"))
        {
            Console.Error.WriteLine($"'{url}' is not an http or https URL");
            return 2;
        }

        using var patience = new CancellationTokenSource(Patience);
        try
        {
            await using Link link = await Dial(target).DialAsync(patience.Token);
            (int status, long size) = await GetAsync(link, target, patience.Token);
            Console.WriteLine($"status {status}, {size} bytes");
            return 0;
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine($"no whole response within {Patience.TotalSeconds} s");
        }
        catch (IOException exception)
        {
            Console.Error.WriteLine(exception.Message);
        }

        return 1;
    }

    private static Dialer Dial(Uri target)
    {
        var tcp = new TcpDialer(target.DnsSafeHost, target.Port);
        if (target.Scheme == "http")
        {
            return tcp;
        }

        return new TlsDialer(tcp, new SslClientAuthenticationOptions
        {
            TargetHost = target.DnsSafeHost,
#pragma warning disable CA5359 // Conformance tools bring certificates that nobody signed; no secret ever goes over this client.
            RemoteCertificateValidationCallback = static (_, _, _, _) => true,
#pragma warning restore CA5359
        });
    }

    private static async Task<(int Status, long Size)> GetAsync(Link link, Uri target, CancellationToken cancellationToken)
    {
        await using Http2ClientConnection connection = Http2ClientConnection.Create(link, new QuietHandler(), new Http2Options());
        await connection.StartAsync(cancellationToken);
        var response = new ResponseReader();
        if (connection.TryOpen(response, out Http2Stream? stream) != OpenOutcome.Opened)
        {
            throw new IOException("the server allows no stream");
        }

        response.Stream = stream!;
        var fields = new FieldSection();
        fields.Add(":method", "GET");
        fields.Add(":scheme", target.Scheme);
        fields.Add(":path", target.PathAndQuery);
        fields.Add(":authority", target.Authority);
        fields.Add("user-agent", "trunkline-conformance");
        stream!.Write(new Outgoing { MoreHeaders = fields, EndStream = true });
        (int Status, long Size) result = await response.Completion.WaitAsync(cancellationToken);

        // A server that breaks a rule behind the response is still to be found out: the end of the connection tells.
        await connection.ShutdownAsync(cancellationToken);
        Http2Error error = await connection.Closed;
        return error.IsNone || error.Origin == ErrorOrigin.Link ? result : throw new Http2Exception(error);
    }

    private sealed class QuietHandler : IClientConnectionHandler
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

        public void OnStreamsAvailable()
        {
        }
    }
}

/// <summary>Reads a response to its end.</summary>
internal sealed class ResponseReader : IStreamHandler
{
    private readonly TaskCompletionSource<(int Status, long Size)> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _status;
    private long _size;

    public Http2Stream Stream { get; set; } = null!;

    public Task<(int Status, long Size)> Completion => _completion.Task;

    public void OnHeaders(in FieldBlock fields, bool endStream)
    {
        foreach (Field field in fields)
        {
            if (field.Known == FieldName.Status)
            {
                _status = ((field.Value[0] - '0') * 100) + ((field.Value[1] - '0') * 10) + (field.Value[2] - '0');
            }
        }
    }

    public void OnData(ReadOnlyMemory<byte> data, bool endStream)
    {
        _size += data.Length;
        Stream.Consume(data.Length);
    }

    public void OnTrailers(in FieldBlock fields)
    {
    }

    public void OnWritable()
    {
    }

    public void OnClosed(in Http2Error error)
    {
        // RFC 9113 8.1: a response that is whole stands, even if RST_STREAM NO_ERROR follows it.
        if (error.IsNone)
        {
            _completion.TrySetResult((_status, _size));
        }
        else
        {
            _completion.TrySetException(new Http2Exception(error));
        }
    }
}
