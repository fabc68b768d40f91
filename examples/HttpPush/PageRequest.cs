using Trunkline.Http2;

namespace HttpPush;

/// <summary>
/// Answers one request. Its events come on the connection's read loop, where nothing may block: all that is sent here lies in memory, and what the
/// client cannot take yet waits in the connection.
/// </summary>
internal sealed class PageRequest(Http2Stream stream) : IStreamHandler
{
    public void OnHeaders(in FieldBlock fields, bool endStream)
    {
        fields.TryGetValue(FieldName.Method, out ReadOnlySpan<byte> method);
        fields.TryGetValue(FieldName.Path, out ReadOnlySpan<byte> path);
        bool isHead = method.SequenceEqual("HEAD"u8);
        if (!isHead && !method.SequenceEqual("GET"u8))
        {
            Respond(stream, Resource.NotAllowed, isHead);
            return;
        }

        Resource page = Resource.Find(path);

        // All promises come before the page: once the client reads what the page refers to, it knows that this is under way and does not ask for it.
        List<(Http2Stream, Resource)> pushed = [];
        foreach (string needed in page.Needs)
        {
            if (stream.TryPush(RequestFor(needed, fields), new PushedResponse(needed), out Http2Stream? promised) == PushOutcome.Pushed)
            {
                pushed.Add((promised!, Resource.Find(System.Text.Encoding.UTF8.GetBytes(needed))));
            }
        }

        Respond(stream, page, isHead);
        foreach ((Http2Stream promised, Resource resource) in pushed)
        {
            Respond(promised, resource, isHead: false);
        }
    }

    public void OnData(ReadOnlyMemory<byte> data, bool endStream) => stream.Consume(data.Length);

    public void OnTrailers(in FieldBlock fields)
    {
    }

    public void OnClosed(in Http2Error error)
    {
    }

    // The request that the client would send for it: same scheme, same authority, another path.
    private static FieldSection RequestFor(string path, in FieldBlock page)
    {
        page.TryGetValue(FieldName.Scheme, out ReadOnlySpan<byte> scheme);
        if (!page.TryGetValue(FieldName.Authority, out ReadOnlySpan<byte> authority))
        {
            page.TryGetValue(FieldName.Host, out authority);
        }

        var request = new FieldSection();
        request.Add(":method"u8, "GET"u8);
        request.Add(":scheme"u8, scheme);
        request.Add(":authority"u8, authority);
        request.Add(":path", path);
        return request;
    }

    // EndBothSides: whatever the client still sends with its request is of no use once it is answered.
    private static void Respond(Http2Stream stream, Resource resource, bool isHead)
    {
        if (isHead)
        {
            stream.Write(new Outgoing { Headers = resource.Head, EndStream = true, EndBothSides = true });
            return;
        }

        var content = new PooledBuffer();
        content.Write(resource.Content);
        stream.Write(new Outgoing { Headers = resource.Head, Data = content, EndStream = true, EndBothSides = true });
    }

    /// <summary>Watches a pushed response; nothing comes in on it, but the client may not want it.</summary>
    private sealed class PushedResponse(string path) : IStreamHandler
    {
        public void OnHeaders(in FieldBlock fields, bool endStream)
        {
        }

        public void OnData(ReadOnlyMemory<byte> data, bool endStream)
        {
        }

        public void OnTrailers(in FieldBlock fields)
        {
        }

        public void OnClosed(in Http2Error error)
        {
            if (!error.IsNone)
            {
                Console.WriteLine($"The push of {path} ended early: {error}");
            }
        }
    }
}
