using System.Globalization;

namespace Trunkline.HeaderBytes;

/// <summary>What a browser and a web server say to each other, made up with the fields that today's browsers and servers send.</summary>
internal static class WebTraffic
{
    private const int Pages = 12;
    private const int FilesOfAPage = 24;

    private static readonly (string Extension, string Type, string Accept, string Destination)[] Files =
    [
        ("css", "text/css; charset=utf-8", "text/css,*/*;q=0.1", "style"),
        ("js", "text/javascript; charset=utf-8", "*/*", "script"),
        ("webp", "image/webp", "image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8", "image"),
        ("woff2", "font/woff2", "*/*", "font"),
        ("json", "application/json", "application/json", "empty"),
    ];

    public static IReadOnlyList<Traffic> Make()
    {
        var random = new Random(7);
        List<HeaderField[]> requests = [];
        List<HeaderField[]> responses = [];
        for (var page = 0; page < Pages; page++)
        {
            var address = $"/articles/{2020 + (page % 6)}/{Word(random)}-{Word(random)}-{page}";
            requests.Add(Request(address, "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8", "document", "navigate", referer: "/"));
            responses.Add(Response(random, "200", "text/html; charset=utf-8", page, "private, no-cache"));
            for (var file = 0; file < FilesOfAPage; file++)
            {
                AddFile(random, page, file, address, requests, responses);
            }
        }

        return [new Traffic("web requests: a browser on one site", requests), new Traffic("web responses: the site's", responses)];
    }

    // The first two of a page are the site's own and come again, the others are new.
    private static void AddFile(Random random, int page, int file, string address, List<HeaderField[]> requests, List<HeaderField[]> responses)
    {
        var (extension, type, accept, destination) = Files[file < 2 ? file : random.Next(Files.Length)];
        var isKnown = file < 2 && page > 0;
        var path = file < 2 ? $"/static/site.{extension}" : $"/static/{Word(random)}/{Word(random)}-{Hex(random, 8)}.{extension}";
        var request = Request(path, accept, destination, destination == "empty" ? "cors" : "no-cors", address);
        requests.Add(isKnown ? [.. request, HeaderField.Of("if-none-match", $"\"{extension}-5f3a91c27be04d16\"")] : request);
        responses.Add(Response(random, isKnown ? "304" : "200", type, page, "public, max-age=31536000, immutable"));
    }

    private static HeaderField[] Request(string path, string accept, string destination, string mode, string referer) =>
    [
        HeaderField.Of(":method", "GET"),
        HeaderField.Of(":authority", "www.example.org"),
        HeaderField.Of(":scheme", "https"),
        HeaderField.Of(":path", path),
        HeaderField.Of("user-agent", "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36"),
        HeaderField.Of("accept", accept),
        HeaderField.Of("sec-fetch-site", "same-origin"),
        HeaderField.Of("sec-fetch-mode", mode),
        HeaderField.Of("sec-fetch-dest", destination),
        HeaderField.Of("referer", "https://www.example.org" + referer),
        HeaderField.Of("accept-encoding", "gzip, deflate, br, zstd"),
        HeaderField.Of("accept-language", "en-GB,en;q=0.9,de;q=0.8"),
        HeaderField.Of("cookie", "session=8f14e45fceea167a5a36dedd4bea2543; consent=all; theme=dark"),
    ];

    private static HeaderField[] Response(Random random, string status, string type, int second, string caching) =>
    [
        HeaderField.Of(":status", status),
        HeaderField.Of("date", string.Create(CultureInfo.InvariantCulture, $"Mon, 02 Mar 2026 10:15:{second:00} GMT")),
        .. status == "304" ? Array.Empty<HeaderField>() :
        [
            HeaderField.Of("content-type", type),
            HeaderField.Of("content-length", random.Next(300, 400_000).ToString(CultureInfo.InvariantCulture)),
            HeaderField.Of("last-modified", string.Create(CultureInfo.InvariantCulture, $"Tue, {random.Next(10, 28)} Jan 2026 0{random.Next(10)}:{random.Next(10, 60)}:17 GMT")),
        ],
        HeaderField.Of("etag", $"\"{Hex(random, 16)}\""),
        HeaderField.Of("cache-control", caching),
        HeaderField.Of("vary", "accept-encoding"),
        HeaderField.Of("strict-transport-security", "max-age=31536000; includeSubDomains"),
        HeaderField.Of("x-content-type-options", "nosniff"),
        HeaderField.Of("server", "example"),
    ];

    private static string Hex(Random random, int digits) => string.Concat(Enumerable.Range(0, digits).Select(_ => "0123456789abcdef"[random.Next(16)]));

    private static string Word(Random random) => string.Concat(Enumerable.Range(0, random.Next(3, 9)).Select(_ => "etaoinshrdlu"[random.Next(12)]));
}
