using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using Trunkline.LoadContract;

namespace KestrelPeer;

/// <summary>The load client straight on SocketsHttpHandler, one connection.</summary>
internal sealed class SocketsHandlerClient : ILoadClient
{
    private readonly HttpMessageInvoker _invoker;
    private readonly Uri _echo;
    private readonly Uri _pingPong;
    private readonly Uri _pour;

    public SocketsHandlerClient(string address)
    {
        _invoker = new HttpMessageInvoker(new SocketsHttpHandler { EnableMultipleHttp2Connections = false, UseProxy = false, AllowAutoRedirect = false });
        _echo = new Uri($"http://{address}/load.Load/Echo");
        _pingPong = new Uri($"http://{address}/load.Load/PingPong");
        _pour = new Uri($"http://{address}/load.Load/Pour");
    }

    public async Task<long> EchoAsync(Item request, RoundClock clock)
    {
        var count = 0L;
        while (clock.IsRunning)
        {
            using var response = await SendAsync(_echo, new MessageContent(request));
            var pipe = PipeReader.Create(await response.Content.ReadAsStreamAsync());
            var replies = new MessageReader<Item>(pipe, Item.Parser);
            var reply = await replies.ReadAsync();
            if (reply is null || reply.Number != request.Number || reply.Body.Length != request.Body.Length || await replies.ReadAsync() is not null)
            {
                throw new InvalidOperationException("The echo is not the request.");
            }

            await pipe.CompleteAsync();
            CheckStatus(response);
            count++;
        }

        return count;
    }

    public async Task<long> PingPongAsync(Item request, RoundClock clock)
    {
        var content = new StreamedContent();
        using var response = await SendAsync(_pingPong, content);
        var output = await content.Opened;
        var replies = new MessageReader<Item>(PipeReader.Create(await response.Content.ReadAsStreamAsync()), Item.Parser);
        var buffer = new ArrayBufferWriter<byte>();
        var count = 0L;
        while (clock.IsRunning)
        {
            buffer.ResetWrittenCount();
            GrpcFrame.Write(buffer, request);
            await output.WriteAsync(buffer.WrittenMemory);
            await output.FlushAsync();
            if ((await replies.ReadAsync())?.Number != request.Number)
            {
                throw new InvalidOperationException("The echo is not the request.");
            }

            count++;
        }

        content.End();
        if (await replies.ReadAsync() is not null)
        {
            throw new InvalidOperationException("More came than was sent.");
        }

        CheckStatus(response);
        return count;
    }

    public async Task<long> PourAsync(PourRequest request, RoundClock clock)
    {
        var count = 0L;
        while (clock.IsRunning)
        {
            using var response = await SendAsync(_pour, new MessageContent(request));
            var items = new MessageReader<Item>(PipeReader.Create(await response.Content.ReadAsStreamAsync()), Item.Parser);
            var expected = 1;
            while (await items.ReadAsync() is { } item)
            {
                if (item.Number != expected++)
                {
                    throw new InvalidOperationException("Messages came out of order.");
                }
            }

            CheckStatus(response);
            count += expected - 1;
        }

        return count;
    }

    public ValueTask DisposeAsync()
    {
        _invoker.Dispose();
        return ValueTask.CompletedTask;
    }

    private Task<HttpResponseMessage> SendAsync(Uri method, HttpContent content)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, method)
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = content,
        };
        request.Headers.TryAddWithoutValidation("te", "trailers");
        return _invoker.SendAsync(request, CancellationToken.None);
    }

    private static void CheckStatus(HttpResponseMessage response)
    {
        if (response.TrailingHeaders.TryGetValues("grpc-status", out var values) && values.Single() == "0")
        {
            return;
        }

        throw new InvalidOperationException($"The call did not end with grpc-status 0 (HTTP {(int)response.StatusCode}).");
    }
}
