using System.Runtime.InteropServices;
using System.Text;

namespace Trunkline.Http2.Fields;

/// <summary>
/// The head of a request, checked (RFC 9113 8.3.1): exactly one <c>:method</c>, <c>:scheme</c> and <c>:path</c>, perhaps <c>:authority</c>, before all
/// other fields. CONNECT has <c>:method</c> and <c>:authority</c> alone (8.5); with <c>:protocol</c> it has all five (RFC 8441 4). Fed field by field.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal ref struct RequestHead
{
    private PseudoFields _seen;
    private bool _regularSeen;
    private bool _hostSeen;
    private ReadOnlySpan<byte> _host;
    private ContentLength _contentLength;

    public ReadOnlySpan<byte> Method { get; private set; }

    public ReadOnlySpan<byte> Scheme { get; private set; }

    public ReadOnlySpan<byte> Path { get; private set; }

    /// <summary><c>:authority</c>, or what <c>host</c> says where that is missing.</summary>
    public readonly ReadOnlySpan<byte> Authority => (_seen & PseudoFields.Authority) != PseudoFields.None ? AuthorityField : _host;

    /// <summary>The size of the body, if the request names it.</summary>
    public readonly ContentLength ContentLength => _contentLength;

    /// <summary>Whether the method is CONNECT, with or without <c>:protocol</c>.</summary>
    public readonly bool IsConnect => Method.SequenceEqual("CONNECT"u8);

    /// <summary>Whether this is extended CONNECT (RFC 8441 4).</summary>
    public readonly bool IsExtendedConnect => (_seen & PseudoFields.Protocol) != PseudoFields.None;

    /// <summary>Whether the response has no body whatever its content-length says (RFC 9110 9.3.2).</summary>
    public readonly bool IsHead => Method.SequenceEqual("HEAD"u8);

    /// <summary>Whether there is a <c>priority</c> field (RFC 9218 5); what it says cannot make a request malformed.</summary>
    public bool HasPriority { get; private set; }

    private ReadOnlySpan<byte> AuthorityField { get; set; }

    /// <summary>Checks a whole block. The head lends from it.</summary>
    /// <param name="block">The fields.</param>
    /// <param name="endStream">Whether the request has no body.</param>
    /// <param name="head">What the block says.</param>
    /// <param name="offersExtendedConnect">Whether this side has sent SETTINGS_ENABLE_CONNECT_PROTOCOL 1; without it <c>:protocol</c> is undefined.</param>
    public static Http2Error Read(in FieldBlock block, bool endStream, out RequestHead head, bool offersExtendedConnect = false)
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

        return head.IsExtendedConnect && !offersExtendedConnect
            ? FieldRules.Malformed("the request has :protocol, which this side has not offered (RFC 8441 3)")
            : head.Finish(endStream);
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
        if (!error.IsNone)
        {
            return error;
        }

        return field.Known switch
        {
            FieldName.Host => AddHost(field.Value),
            FieldName.ContentLength => _contentLength.Declare(field.Value),
            FieldName.Priority => NotePriority(),
            _ => Http2Error.None,
        };
    }

    /// <summary>Checks what only the whole block can tell.</summary>
    public readonly Http2Error Finish(bool endStream)
    {
        Http2Error error = (_seen & PseudoFields.Method) == PseudoFields.None ? FieldRules.Malformed("the request has no :method (RFC 9113 8.3.1)")
            : IsConnect ? FinishConnect()
            : FinishUsual();
        return error.IsNone && endStream ? _contentLength.End() : error;
    }

    private readonly Http2Error FinishUsual()
    {
        const PseudoFields Required = PseudoFields.Scheme | PseudoFields.Path;
        if ((_seen & Required) != Required)
        {
            return FieldRules.Malformed("the request has no :scheme or no :path (RFC 9113 8.3.1)");
        }

        if ((_seen & PseudoFields.Protocol) != PseudoFields.None)
        {
            return FieldRules.Malformed(":protocol stands in a request that is not CONNECT (RFC 8441 4)");
        }

        return Path.SequenceEqual("*"u8) && !Method.SequenceEqual("OPTIONS"u8)
            ? FieldRules.Malformed(":path is * and the method is not OPTIONS (RFC 9113 8.3.1)")
            : Http2Error.None;
    }

    private readonly Http2Error FinishConnect()
    {
        const PseudoFields Plain = PseudoFields.Method | PseudoFields.Authority;
        const PseudoFields Extended = Plain | PseudoFields.Scheme | PseudoFields.Path | PseudoFields.Protocol;
        return _seen is Plain or Extended
            ? Http2Error.None
            : FieldRules.Malformed("CONNECT has other pseudo fields than :method and :authority, or than the five of extended CONNECT (RFC 9113 8.5)");
    }

    private Http2Error AddPseudo(in Field field)
    {
        PseudoFields name = field.Known switch
        {
            FieldName.Method => PseudoFields.Method,
            FieldName.Scheme => PseudoFields.Scheme,
            FieldName.Path => PseudoFields.Path,
            FieldName.Authority => PseudoFields.Authority,
            FieldName.Protocol => PseudoFields.Protocol,
            _ => PseudoFields.None,
        };
        if (name == PseudoFields.None)
        {
            return FieldRules.Malformed("the request has a pseudo field that requests do not have (RFC 9113 8.3)");
        }

        if ((_seen & name) != PseudoFields.None)
        {
            return FieldRules.Malformed("the request has a pseudo field twice (RFC 9113 8.3)");
        }

        _seen |= name;
        return FieldRules.IsValue(field.Value)
            ? SetPseudo(name, field.Value)
            : FieldRules.Malformed("a pseudo field's value contains NUL, CR or LF, or has white space around it (RFC 9113 8.2.1)");
    }

    private Http2Error SetPseudo(PseudoFields name, ReadOnlySpan<byte> value)
    {
        switch (name)
        {
            case PseudoFields.Method:
                Method = value;
                return FieldRules.IsToken(value) ? Http2Error.None : FieldRules.Malformed(":method is not a token (RFC 9110 9.1)");
            case PseudoFields.Scheme:
                Scheme = value;
                return value.IsEmpty ? FieldRules.Malformed(":scheme is empty (RFC 9113 8.3.1)") : Http2Error.None;
            case PseudoFields.Path:
                Path = value;
                return value.IsEmpty ? FieldRules.Malformed(":path is empty (RFC 9113 8.3.1)") : Http2Error.None;
            case PseudoFields.Authority:
                AuthorityField = value;
                return value.Contains((byte)'@') ? FieldRules.Malformed(":authority has user information (RFC 9113 8.3.1)") : Http2Error.None;
            default:
                return Http2Error.None;
        }
    }

    private Http2Error NotePriority()
    {
        HasPriority = true;
        return Http2Error.None;
    }

    // Pseudo fields come first, so :authority is known when host arrives. Host names compare without regard to case (RFC 9110 4.2.3).
    private Http2Error AddHost(ReadOnlySpan<byte> value)
    {
        bool hasOther = _hostSeen || (_seen & PseudoFields.Authority) != PseudoFields.None;
        if (hasOther && !Ascii.EqualsIgnoreCase(Authority, value))
        {
            return FieldRules.Malformed("host differs from :authority or from another host (RFC 9113 8.3.1)");
        }

        _hostSeen = true;
        _host = value;
        return Http2Error.None;
    }
}
