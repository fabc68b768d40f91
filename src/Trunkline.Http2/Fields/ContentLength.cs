using System.Runtime.InteropServices;

namespace Trunkline.Http2.Fields;

/// <summary>
/// Compares <c>content-length</c> with the DATA that comes, padding not counted (RFC 9113 8.1.1). The default value expects nothing in particular.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal struct ContentLength
{
    private bool _isDeclared;

    /// <summary>What was declared and has not come yet, in bytes; 0 where nothing was declared.</summary>
    public long Remaining { get; private set; }

    /// <summary>The declared length, before any DATA; null where there is none.</summary>
    public readonly long? Declared => _isDeclared ? Remaining : null;

    /// <summary>Takes the field's value. A second one must say the same (RFC 9110 8.6).</summary>
    public Http2Error Declare(ReadOnlySpan<byte> value)
    {
        if (!TryParse(value, out long length))
        {
            return FieldRules.Malformed("content-length is not a number (RFC 9110 8.6)");
        }

        if (_isDeclared && Remaining != length)
        {
            return FieldRules.Malformed("content-length says two different things (RFC 9110 8.6)");
        }

        _isDeclared = true;
        Remaining = length;
        return Http2Error.None;
    }

    /// <summary>Counts the data of a DATA frame.</summary>
    public Http2Error Receive(int bytes)
    {
        if (!_isDeclared)
        {
            return Http2Error.None;
        }

        if (bytes > Remaining)
        {
            return FieldRules.Malformed("more data came than content-length declares (RFC 9113 8.1.1)");
        }

        Remaining -= bytes;
        return Http2Error.None;
    }

    /// <summary>Checks at END_STREAM that all of it has come.</summary>
    public readonly Http2Error End() =>
        Remaining == 0 ? Http2Error.None : FieldRules.Malformed("less data came than content-length declares (RFC 9113 8.1.1)");

    // Digits only: int and long parsers would take signs and white space.
    private static bool TryParse(ReadOnlySpan<byte> value, out long length)
    {
        length = 0;
        foreach (byte octet in value)
        {
            int digit = octet - '0';
            if (digit is < 0 or > 9 || length > (long.MaxValue - digit) / 10)
            {
                return false;
            }

            length = (length * 10) + digit;
        }

        return !value.IsEmpty;
    }
}
