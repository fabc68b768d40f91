namespace Trunkline.Http2.Hpack;

/// <summary>The fields that every decoder knows from the start (RFC 7541 Appendix A), at the indexes 1 to 61.</summary>
internal static class StaticTable
{
    /// <summary>The number of entries, and so the highest static index; the dynamic table begins behind it.</summary>
    public const int Count = 61;

    private static readonly HpackEntry[] Entries =
    [
        Entry(":authority"u8, ""u8),
        Entry(":method"u8, "GET"u8),
        Entry(":method"u8, "POST"u8),
        Entry(":path"u8, "/"u8),
        Entry(":path"u8, "/index.html"u8),
        Entry(":scheme"u8, "http"u8),
        Entry(":scheme"u8, "https"u8),
        Entry(":status"u8, "200"u8),
        Entry(":status"u8, "204"u8),
        Entry(":status"u8, "206"u8),
        Entry(":status"u8, "304"u8),
        Entry(":status"u8, "400"u8),
        Entry(":status"u8, "404"u8),
        Entry(":status"u8, "500"u8),
        Entry("accept-charset"u8, ""u8),
        Entry("accept-encoding"u8, "gzip, deflate"u8),
        Entry("accept-language"u8, ""u8),
        Entry("accept-ranges"u8, ""u8),
        Entry("accept"u8, ""u8),
        Entry("access-control-allow-origin"u8, ""u8),
        Entry("age"u8, ""u8),
        Entry("allow"u8, ""u8),
        Entry("authorization"u8, ""u8),
        Entry("cache-control"u8, ""u8),
        Entry("content-disposition"u8, ""u8),
        Entry("content-encoding"u8, ""u8),
        Entry("content-language"u8, ""u8),
        Entry("content-length"u8, ""u8),
        Entry("content-location"u8, ""u8),
        Entry("content-range"u8, ""u8),
        Entry("content-type"u8, ""u8),
        Entry("cookie"u8, ""u8),
        Entry("date"u8, ""u8),
        Entry("etag"u8, ""u8),
        Entry("expect"u8, ""u8),
        Entry("expires"u8, ""u8),
        Entry("from"u8, ""u8),
        Entry("host"u8, ""u8),
        Entry("if-match"u8, ""u8),
        Entry("if-modified-since"u8, ""u8),
        Entry("if-none-match"u8, ""u8),
        Entry("if-range"u8, ""u8),
        Entry("if-unmodified-since"u8, ""u8),
        Entry("last-modified"u8, ""u8),
        Entry("link"u8, ""u8),
        Entry("location"u8, ""u8),
        Entry("max-forwards"u8, ""u8),
        Entry("proxy-authenticate"u8, ""u8),
        Entry("proxy-authorization"u8, ""u8),
        Entry("range"u8, ""u8),
        Entry("referer"u8, ""u8),
        Entry("refresh"u8, ""u8),
        Entry("retry-after"u8, ""u8),
        Entry("server"u8, ""u8),
        Entry("set-cookie"u8, ""u8),
        Entry("strict-transport-security"u8, ""u8),
        Entry("transfer-encoding"u8, ""u8),
        Entry("user-agent"u8, ""u8),
        Entry("vary"u8, ""u8),
        Entry("via"u8, ""u8),
        Entry("www-authenticate"u8, ""u8),
    ];

    private static readonly EntryIndex Index = BuildIndex();

    /// <summary>An entry by its index on the wire, 1 to <see cref="Count"/>.</summary>
    public static HpackEntry Get(int index) => Entries[index - 1];

    /// <summary>The index on the wire of an entry with this name and value; 0 when there is none.</summary>
    public static int FindField(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, in FieldHash hash) => ToWire(Index.FindField(name, value, hash));

    /// <summary>The lowest index on the wire of an entry with this name; 0 when there is none.</summary>
    public static int FindName(ReadOnlySpan<byte> name, in FieldHash hash) => ToWire(Index.FindName(name, hash));

    private static HpackEntry Entry(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value) => new(FieldNames.Find(name), name.ToArray(), value.ToArray());

    // The index finds the entry that was added last, so the lowest wire index goes in last.
    private static EntryIndex BuildIndex()
    {
        var index = new EntryIndex();
        for (int i = Count; i > 0; i--)
        {
            index.Add(Entries[i - 1]);
        }

        return index;
    }

    private static int ToWire(int age) => age < 0 ? 0 : age + 1;
}
