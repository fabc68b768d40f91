using System.Buffers.Text;
using Trunkline.Http2;
using Trunkline.Rpc.Headers;
using Trunkline.Rpc.Messages;
using Trunkline.Rpc.Servers.Routing;

namespace Trunkline.Rpc.Servers;

/// <summary>
/// The fields of responses: the constant blocks, which each connection encodes once, and the writing of statuses (gRPC over HTTP/2, "Responses").
/// </summary>
internal sealed class ResponseFields
{
    private const int LongestStatus = 3;

    /// <summary>Fields on their way into a block are copied by the write that takes them, so one list a thread is enough.</summary>
    [ThreadStatic]
    private static FieldSection? _scratch;

    /// <summary>Makes the blocks.</summary>
    /// <param name="coding">The coding of responses for clients that take it; null for none.</param>
    public ResponseFields(MessageCoding? coding)
    {
        Plain = Prepare(coding: null);
        Coded = coding is null ? Plain : Prepare(coding);
    }

    /// <summary>Response headers for plain messages.</summary>
    public PreparedFields Plain { get; }

    /// <summary>Response headers for messages that may be compressed.</summary>
    public PreparedFields Coded { get; }

    /// <summary>Trailers that say OK and nothing else.</summary>
    public static PreparedFields OkTrailers { get; } = new(Fields(("grpc-status", "0")));

    /// <summary>The beginning of a Trailers-Only answer.</summary>
    public static PreparedFields TrailersOnly { get; } = new(Fields((":status", "200"), ("content-type", "application/grpc")));

    /// <summary>A whole Trailers-Only answer that says OK.</summary>
    public static PreparedFields OkTrailersOnly { get; } =
        new(Fields((":status", "200"), ("content-type", "application/grpc"), ("grpc-status", "0")));

    /// <summary>An empty list, this thread's own until the write that takes it returns.</summary>
    public static FieldSection Scratch()
    {
        FieldSection fields = _scratch ??= new FieldSection();
        fields.Clear();
        return fields;
    }

    /// <summary>Appends code and text of a status.</summary>
    public static void AddStatus(FieldSection fields, StatusCode code, string text)
    {
        Span<byte> digits = stackalloc byte[LongestStatus];
        Utf8Formatter.TryFormat((int)code, digits, out int length);
        fields.Add("grpc-status"u8, digits[..length]);
        AddText(fields, text);
    }

    /// <summary>Appends the text of a status, if there is one.</summary>
    public static void AddText(FieldSection fields, string text)
    {
        if (text.Length > 0)
        {
            PercentEncoding.Encode(text, fields.AddValue("grpc-message"u8, PercentEncoding.EncodedLength(text), Indexing.Without));
        }
    }

    /// <summary>The fields of a status beside the constant ones, on this thread's own list; null for an OK without text and trailers.</summary>
    /// <param name="status">The status.</param>
    /// <param name="own">The trailers that the handler filled.</param>
    /// <param name="more">Those of the exception that it threw.</param>
    /// <param name="isTrailersOnly">True where nothing goes before.</param>
    public static FieldSection? OfStatus(in Status status, Metadata? own, Metadata? more, bool isTrailersOnly)
    {
        bool isOk = status.StatusCode == StatusCode.OK;
        if (isOk && status.Detail.Length == 0 && own is not { Count: > 0 } && more is not { Count: > 0 })
        {
            return null;
        }

        FieldSection fields = Scratch();
        if (isOk && !isTrailersOnly)
        {
            AddText(fields, status.Detail);
        }
        else
        {
            AddStatus(fields, status.StatusCode, status.Detail);
        }

        AddTrailers(fields, own);
        AddTrailers(fields, more);
        return fields;
    }

    /// <summary>Answers a request that does not become a call.</summary>
    public static void Refuse(Http2Stream stream, in Refusal refusal)
    {
        FieldSection fields = Scratch();
        fields.Add(":status", refusal.HttpStatus.ToString(System.Globalization.CultureInfo.InvariantCulture));
        fields.Add("content-type"u8, GrpcContentType.Value);
        if (refusal.Code == StatusCode.Unimplemented)
        {
            fields.Add("grpc-accept-encoding"u8, MessageCodings.AcceptEncoding);
        }

        AddStatus(fields, refusal.Code, refusal.Text);
        stream.Write(new Outgoing { MoreHeaders = fields, EndStream = true, EndBothSides = true });
    }

    private static void AddTrailers(FieldSection fields, Metadata? trailers)
    {
        if (trailers is not null)
        {
            MetadataWriter.Write(trailers, fields);
        }
    }

    private static PreparedFields Prepare(MessageCoding? coding)
    {
        FieldSection fields = Fields((":status", "200"), ("content-type", "application/grpc"));
        if (coding is not null)
        {
            fields.Add("grpc-encoding"u8, coding.NameBytes);
        }

        fields.Add("grpc-accept-encoding"u8, MessageCodings.AcceptEncoding);
        return new PreparedFields(fields);
    }

    private static FieldSection Fields(params ReadOnlySpan<(string Name, string Value)> lines)
    {
        var fields = new FieldSection();
        foreach ((string name, string value) in lines)
        {
            fields.Add(name, value);
        }

        return fields;
    }
}
