using System.Net;
using System.Net.Http.Headers;

namespace KestrelPeer;

/// <summary>A request body that the caller writes to while the response is read.</summary>
internal sealed class StreamedContent : HttpContent
{
    private readonly TaskCompletionSource<Stream> _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public StreamedContent() => Headers.ContentType = new MediaTypeHeaderValue("application/grpc");

    public Task<Stream> Opened => _opened.Task;

    public void End() => _ended.TrySetResult();

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        await stream.FlushAsync();
        _opened.TrySetResult(stream);
        await _ended.Task;
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
