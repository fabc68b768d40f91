namespace Trunkline.Http2.Fields;

/// <summary>
/// The head of a response, final or interim, checked (RFC 9113 8.3.2): exactly one <c>:status</c> of three digits, before all other fields. Fed field
/// by field.
/// </summary>
internal struct ResponseHead
{
    private ContentLength _contentLength;
    private bool _regularSeen;

    /// <summary>The status code, 100 to 999.</summary>
    public int Status { get; private set; }

    /// <summary>Whether the code is 1xx: another head follows (RFC 9110 15.2).</summary>
    public readonly bool IsInterim => Status is >= 100 and < 200;

    /// <summary>The size of the body, if the response names it and may have one.</summary>
    public readonly ContentLength ContentLength => _contentLength;

    /// <summary>Checks a whole block.</summary>
    /// <param name="block">The fields.</param>
    /// <param name="endStream">Whether the response ends here.</param>
    /// <param name="answersHead">Whether the request's method was HEAD: then content-length names a body that does not come.</param>
    /// <param name="head">What the block says.</param>
    public static Http2Error Read(in FieldBlock block, bool endStream, bool answersHead, out ResponseHead head)
    {
        head = default;
        foreach (Field field in block)
        {
            Http2Error error = head.Add(field);
            if (!error.IsNone)
            {
                return error;
            }
        }

        return head.Finish(endStream, answersHead);
    }

    /// <summary>Takes the next field.</summary>
    public Http2Error Add(in Field field)
    {
        if (FieldRules.IsPseudo(field))
        {
            return _regularSeen ? FieldRules.Malformed("a pseudo field stands behind other fields (RFC 9113 8.3)") : AddPseudo(field);
        }

        _regularSeen = true;
        Http2Error error = FieldRules.CheckRegular(field);
        return error.IsNone && field.Known == FieldName.ContentLength ? _contentLength.Declare(field.Value) : error;
    }

    /// <summary>Checks what only the whole block can tell.</summary>
    public Http2Error Finish(bool endStream, bool answersHead)
    {
        if (Status == 0)
        {
            return FieldRules.Malformed("the response has no :status (RFC 9113 8.3.2)");
        }

        if (IsInterim)
        {
            return Status == 101 ? FieldRules.Malformed("status 101 does not exist in HTTP/2 (RFC 9113 8.6)")
                : endStream ? FieldRules.Malformed("an interim response ends the stream (RFC 9113 8.1)")
                : Http2Error.None;
        }

        if (answersHead || Status is 204 or 304)
        {
            _contentLength = default;
            return Http2Error.None;
        }

        return endStream ? _contentLength.End() : Http2Error.None;
    }

    private Http2Error AddPseudo(in Field field)
    {
        if (field.Known != FieldName.Status)
        {
            return FieldRules.Malformed("the response has a pseudo field that responses do not have (RFC 9113 8.3)");
        }

        if (Status != 0)
        {
            return FieldRules.Malformed("the response has :status twice (RFC 9113 8.3)");
        }

        if (field.Value is not [>= (byte)'1' and <= (byte)'9', >= (byte)'0' and <= (byte)'9', >= (byte)'0' and <= (byte)'9'])
        {
            return FieldRules.Malformed(":status is not a number of three digits (RFC 9113 8.3.2)");
        }

        Status = ((field.Value[0] - '0') * 100) + ((field.Value[1] - '0') * 10) + (field.Value[2] - '0');
        return Http2Error.None;
    }
}
