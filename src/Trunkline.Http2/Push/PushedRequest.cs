using System.Runtime.CompilerServices;
using Trunkline.Http2.Fields;
using Trunkline.Http2.Hpack;

namespace Trunkline.Http2.Push;

/// <summary>
/// What a promised request has to be (RFC 9113 8.4): a sound request that is safe and cacheable, has no content, and goes to an origin that the
/// server answers for. The same rules check what this side promises and what is promised to it.
/// </summary>
internal static class PushedRequest
{
    /// <summary>Checks a request that came with PUSH_PROMISE.</summary>
    /// <param name="fields">The fields.</param>
    /// <param name="origins">The origins that the server answers for.</param>
    /// <param name="head">The request. It lends from the fields.</param>
    public static Http2Error Read(in FieldBlock fields, KnownOrigins origins, out RequestHead head)
    {
        Http2Error error = RequestHead.Read(fields, endStream: false, out head);
        return error.IsNone ? Check(head, origins) : error;
    }

    /// <summary>Checks a request that is about to be promised.</summary>
    /// <param name="fields">The fields.</param>
    /// <param name="origins">The origins that the server answers for; null where they are not known and the caller's word counts.</param>
    public static Http2Error Check(FieldSection fields, KnownOrigins? origins)
    {
        RequestHead head = default;
        var scratch = new StrongBox<object?>();
        for (int i = 0; i < fields.Count; i++)
        {
            var field = new Field(FieldNames.Find(fields.Name(i)), fields.Name(i), fields.Value(i), ref scratch.Value);
            Http2Error error = head.Add(field);
            if (!error.IsNone)
            {
                return error;
            }
        }

        Http2Error incomplete = head.Finish(endStream: false);
        return incomplete.IsNone ? Check(head, origins) : incomplete;
    }

    private static Http2Error Check(RequestHead head, KnownOrigins? origins)
    {
        // RFC 9110 9.2.1 and 9.2.3: of the methods that are safe these two are cacheable.
        if (!head.Method.SequenceEqual("GET"u8) && !head.IsHead)
        {
            return FieldRules.Malformed("the promised request's method is neither GET nor HEAD, so not safe and cacheable (RFC 9113 8.4)");
        }

        if (head.ContentLength.Remaining > 0)
        {
            return FieldRules.Malformed("the promised request announces content (RFC 9113 8.4)");
        }

        return origins is null || origins.Contains(head.Scheme, head.Authority)
            ? Http2Error.None
            : FieldRules.Malformed("the promised request is for another :scheme and :authority than any request on this connection (RFC 9113 8.4)");
    }
}
