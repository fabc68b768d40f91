using System.Runtime.InteropServices;
using Trunkline.Http2.Fields;

namespace Trunkline.Http2.Connections;

/// <summary>What a field section is within its message (RFC 9113 8.1).</summary>
internal enum SectionKind : byte
{
    /// <summary>The head of a request or of a final response.</summary>
    Head,

    /// <summary>The head of an interim response.</summary>
    Interim,

    /// <summary>Trailers.</summary>
    Trailers,
}

/// <summary>
/// Holds one stream's incoming message to the order of RFC 9113 8.1: interim heads, one head, content as long as announced, trailers. Owned by the
/// read loop.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal struct MessageRules
{
    private bool _isHeadSeen;
    private ContentLength _contentLength;

    /// <summary>Whether the message answers a HEAD request, so that its content-length announces nothing.</summary>
    public bool AnswersHead { get; set; }

    /// <summary>Whether the request's head has a <c>priority</c> field.</summary>
    public bool HasPriority { get; private set; }

    /// <summary>Checks a field section.</summary>
    public Http2Error ReadSection(in FieldBlock fields, bool isRequest, bool endStream, out SectionKind kind)
    {
        if (_isHeadSeen)
        {
            kind = SectionKind.Trailers;
            return ReadTrailers(fields, endStream);
        }

        kind = SectionKind.Head;
        if (isRequest)
        {
            Http2Error error = RequestHead.Read(fields, endStream, out RequestHead request);
            _contentLength = request.ContentLength;
            HasPriority = request.HasPriority;
            _isHeadSeen = true;
            return error;
        }

        Http2Error responseError = ResponseHead.Read(fields, endStream, AnswersHead, out ResponseHead response);
        kind = response.IsInterim ? SectionKind.Interim : SectionKind.Head;
        _isHeadSeen = kind == SectionKind.Head;
        _contentLength = response.ContentLength;
        return responseError;
    }

    /// <summary>Checks the content of a DATA frame, without its padding.</summary>
    public Http2Error ReadData(int length, bool endStream)
    {
        if (!_isHeadSeen)
        {
            return FieldRules.Malformed("DATA came before the response's final head (RFC 9113 8.1)");
        }

        Http2Error error = _contentLength.Receive(length);
        return error.IsNone && endStream ? _contentLength.End() : error;
    }

    private readonly Http2Error ReadTrailers(in FieldBlock fields, bool endStream)
    {
        if (!endStream)
        {
            return FieldRules.Malformed("a second header block does not end the stream (RFC 9113 8.1)");
        }

        Http2Error error = FieldRules.CheckTrailers(fields);
        return error.IsNone ? _contentLength.End() : error;
    }
}
