using System.Text;
using Trunkline.Http2;

namespace Trunkline.Rpc.Headers;

/// <summary>Writes the user's metadata into a header block.</summary>
internal static class MetadataWriter
{
    /// <summary>Longer values are too dear for a table of 4 KiB that all calls of the connection share; bytes.</summary>
    private const int LongestIndexedValue = 256;

    private const int LongestName = 256;

    /// <summary>Appends all entries but those with reserved names.</summary>
    public static void Write(Metadata metadata, FieldSection fields)
    {
        for (int i = 0; i < metadata.Count; i++)
        {
            Metadata.Entry entry = metadata[i];
            if (ReservedNames.IsUnsendable(entry.Key))
            {
                continue;
            }

            if (entry.IsBinary)
            {
                WriteBytes(entry, fields);
            }
            else
            {
                // RFC 9113 8.2.1: a field value neither begins nor ends with a space.
                fields.Add(entry.Key, entry.Value.Trim(' '), PolicyOf(entry));
            }
        }
    }

    private static void WriteBytes(Metadata.Entry entry, FieldSection fields)
    {
        Span<byte> name = entry.Key.Length <= LongestName ? stackalloc byte[LongestName] : new byte[entry.Key.Length];
        int nameLength = Encoding.ASCII.GetBytes(entry.Key, name);
        ReadOnlySpan<byte> value = entry.RawBytes;
        BinaryValue.Encode(value, fields.AddValue(name[..nameLength], BinaryValue.EncodedLength(value.Length), Indexing.Without));
    }

    /// <summary>
    /// What comes again is worth a place in the table; what is new in each call would only push other entries out; a secret stays out of every table
    /// (RFC 7541 7.1.3).
    /// </summary>
    private static Indexing PolicyOf(Metadata.Entry entry) => entry.Key switch
    {
        "authorization" or "cookie" or "set-cookie" or "proxy-authorization" => Indexing.Never,
        "traceparent" or "tracestate" or "baggage" or "x-request-id" or "grpc-previous-rpc-attempts" or "grpc-retry-pushback-ms" => Indexing.Without,
        _ => entry.Value.Length > LongestIndexedValue ? Indexing.Without : Indexing.Incremental,
    };
}
