using System.Collections.Concurrent;
using System.Text;
using Trunkline.Http2;

namespace HttpPush;

/// <summary>Asks for one page, takes what is pushed with it, and tells what came.</summary>
internal sealed class Browser : IClientConnectionHandler
{
    private readonly ConcurrentDictionary<string, Download> _pushed = new(StringComparer.Ordinal);

    /// <summary>Gets <c>/</c> and whatever comes with it.</summary>
    /// <returns>Whether all of it came whole.</returns>
    /// <exception cref="IOException">The server cannot be reached, or is no HTTP/2 server.</exception>
    public async Task<bool> VisitAsync(string host, int port, TextWriter output)
    {
        Link link = await new TcpDialer(host, port).DialAsync(CancellationToken.None);
        await using Http2ClientConnection connection = Http2ClientConnection.Create(link, this, new Http2Options { EnablePush = true });
        await connection.StartAsync(CancellationToken.None);

        var request = new FieldSection();
        request.Add(":method", "GET");
        request.Add(":scheme", "http");
        request.Add(":authority", $"{host}:{port}");
        request.Add(":path", "/");
        var page = new Download("/");
        if (connection.TryOpen(page, out Http2Stream? stream) != OpenOutcome.Opened)
        {
            await output.WriteLineAsync("The server takes no requests.");
            return false;
        }

        page.Stream = stream!;
        stream!.Write(new Outgoing { MoreHeaders = request, EndStream = true });

        // Every promise comes before the end of the page; so with the page all pushes are known.
        bool isWhole = await ReportAsync(page, "asked", output);
        foreach (Download pushed in _pushed.Values.OrderBy(pushed => pushed.Path, StringComparer.Ordinal))
        {
            isWhole &= await ReportAsync(pushed, "pushed", output);
        }

        await output.WriteLineAsync($"{_pushed.Count} responses came without being asked for");
        await connection.ShutdownAsync(CancellationToken.None);
        return isWhole;
    }

    public IStreamHandler? OnPush(in PushOffer offer)
    {
        offer.Request.TryGetValue(FieldName.Path, out ReadOnlySpan<byte> path);
        var download = new Download(Encoding.UTF8.GetString(path)) { Stream = offer.Stream };

        // Null refuses the push; so does this browser with what it has already.
        return _pushed.TryAdd(download.Path, download) ? download : null;
    }

    public void OnClosed(in Http2Error error)
    {
    }

    private static async Task<bool> ReportAsync(Download download, string how, TextWriter output)
    {
        Http2Error error = await download.Completion;
        await output.WriteLineAsync($"{how,-6}  {download.Path,-11}  {download.Status}  {download.Type,-15}  {download.Size,4} bytes{(error.IsNone ? "" : $", {error}")}");
        return error.IsNone && download.Status == "200";
    }
}
