using System.Text;
using Trunkline.Http2;

namespace HttpPush;

/// <summary>One response, asked for or pushed: keeps what there is to tell of it.</summary>
internal sealed class Download(string path) : IStreamHandler
{
    private readonly TaskCompletionSource<Http2Error> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Path => path;

    public Http2Stream Stream { get; set; } = null!;

    public string Status { get; private set; } = "---";

    public string Type { get; private set; } = "";

    public long Size { get; private set; }

    /// <summary>Completes with the response's end: none when it is whole.</summary>
    public Task<Http2Error> Completion => _completion.Task;

    public void OnHeaders(in FieldBlock fields, bool endStream)
    {
        fields.TryGetValue(FieldName.Status, out ReadOnlySpan<byte> status);
        fields.TryGetValue(FieldName.ContentType, out ReadOnlySpan<byte> type);
        Status = Encoding.ASCII.GetString(status);
        Type = Encoding.ASCII.GetString(type);
    }

    public void OnData(ReadOnlyMemory<byte> data, bool endStream)
    {
        Size += data.Length;
        Stream.Consume(data.Length);
    }

    public void OnTrailers(in FieldBlock fields)
    {
    }

    public void OnClosed(in Http2Error error) => _completion.TrySetResult(error);
}
