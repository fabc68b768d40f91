using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using Trunkline.Http2;

namespace HttpPush;

/// <summary>One file of the site, with the response's fields ready, and the paths of what a page needs besides itself.</summary>
internal sealed record Resource(byte[] Content, PreparedFields Head, string[] Needs)
{
    // The files lie in the program itself: see Site/ and the project file.
    private static readonly FrozenDictionary<string, Resource> Site = new Dictionary<string, Resource>(StringComparer.Ordinal)
    {
        ["/"] = Read("/index.html", "text/html", "/style.css", "/script.js"),
        ["/style.css"] = Read("/style.css", "text/css"),
        ["/script.js"] = Read("/script.js", "text/javascript"),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static Resource NotFound { get; } = Of("404", "text/plain", "there is no such page\n"u8.ToArray());

    public static Resource NotAllowed { get; } = Of("405", "text/plain", "only GET and HEAD work here\n"u8.ToArray());

    /// <summary>What a request is for.</summary>
    public static Resource Find(ReadOnlySpan<byte> path) => Site.GetValueOrDefault(Encoding.UTF8.GetString(path), NotFound);

    private static Resource Read(string file, string type, params string[] needs)
    {
        using Stream source = typeof(Resource).Assembly.GetManifestResourceStream(file)!;
        byte[] content = new byte[source.Length];
        source.ReadExactly(content);
        return Of("200", type, content, needs);
    }

    private static Resource Of(string status, string type, byte[] content, params string[] needs)
    {
        var head = new FieldSection();
        head.Add(":status", status);
        head.Add("content-type", type);
        head.Add("content-length", content.Length.ToString(CultureInfo.InvariantCulture));
        return new Resource(content, new PreparedFields(head), needs);
    }
}
