using System.Buffers;
using System.Text;

namespace Trunkline.Http2.Fields;

/// <summary>
/// What every field must keep to, whatever block it stands in (RFC 9113 8.2). A field that does not makes its message malformed, which is a stream
/// error PROTOCOL_ERROR (RFC 9113 8.1.1).
/// </summary>
internal static class FieldRules
{
    // RFC 9110 5.6.2 tokens, without the upper-case letters that RFC 9113 8.2.1 forbids.
    private static readonly SearchValues<byte> NameOctets = SearchValues.Create("!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyz"u8);

    private static readonly SearchValues<byte> TokenOctets =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"u8);

    private static readonly SearchValues<byte> ForbiddenInValue = SearchValues.Create([0x00, 0x0A, 0x0D]);

    /// <summary>Whether a name is lower case and has token characters only; a pseudo field's name is not one (RFC 9113 8.2.1).</summary>
    public static bool IsName(ReadOnlySpan<byte> name) => !name.IsEmpty && !name.ContainsAnyExcept(NameOctets);

    /// <summary>Whether a value is free of NUL, LF and CR and has no white space around it (RFC 9113 8.2.1).</summary>
    public static bool IsValue(ReadOnlySpan<byte> value) =>
        value.IsEmpty || (!IsBlank(value[0]) && !IsBlank(value[^1]) && !value.ContainsAny(ForbiddenInValue));

    /// <summary>Whether the bytes are a token (RFC 9110 5.6.2), as a method must be.</summary>
    public static bool IsToken(ReadOnlySpan<byte> token) => !token.IsEmpty && !token.ContainsAnyExcept(TokenOctets);

    /// <summary>Checks a field that is not a pseudo field.</summary>
    public static Http2Error CheckRegular(in Field field)
    {
        if (field.Known == FieldName.Other && !IsName(field.Name))
        {
            return Malformed("a field name is empty or has a character that is not a lower-case token character (RFC 9113 8.2.1)");
        }

        if (!IsValue(field.Value))
        {
            return Malformed("a field value contains NUL, CR or LF, or has white space around it (RFC 9113 8.2.1)");
        }

        return field.Known switch
        {
            FieldName.Connection or FieldName.KeepAlive or FieldName.ProxyConnection or FieldName.TransferEncoding or FieldName.Upgrade =>
                Malformed("a field is specific to the connection, such as connection or transfer-encoding (RFC 9113 8.2.2)"),
            FieldName.Te when !Ascii.EqualsIgnoreCase(field.Value, "trailers"u8) =>
                Malformed("te has another value than trailers (RFC 9113 8.2.2)"),
            _ => Http2Error.None,
        };
    }

    /// <summary>Checks a trailer section: regular fields only (RFC 9113 8.1).</summary>
    public static Http2Error CheckTrailers(in FieldBlock trailers)
    {
        foreach (Field field in trailers)
        {
            Http2Error error = IsPseudo(field) ? Malformed("trailers contain a pseudo field (RFC 9113 8.1)") : CheckRegular(field);
            if (!error.IsNone)
            {
                return error;
            }
        }

        return Http2Error.None;
    }

    /// <summary>Whether the name begins with a colon (RFC 9113 8.3).</summary>
    public static bool IsPseudo(in Field field) => field.Name is [(byte)':', ..];

    /// <summary>The error of a malformed message.</summary>
    public static Http2Error Malformed(string reason) => Http2Error.Stream(Http2ErrorCode.ProtocolError, reason);

    private static bool IsBlank(byte octet) => octet is (byte)' ' or (byte)'\t';
}
