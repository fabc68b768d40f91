using System.Buffers;
using System.Runtime.InteropServices;

namespace Trunkline.Http2.Fields;

/// <summary>The types of a structured field's members that its readers tell apart (RFC 8941 3).</summary>
internal enum StructuredType : byte
{
    /// <summary>An integer of at most 15 digits.</summary>
    Integer,

    /// <summary>A decimal.</summary>
    Decimal,

    /// <summary>A string in quotes.</summary>
    String,

    /// <summary>A token.</summary>
    Token,

    /// <summary>A byte sequence in base 64.</summary>
    ByteSequence,

    /// <summary>A boolean; also what a key without a value stands for, as true.</summary>
    Boolean,

    /// <summary>A list in parentheses.</summary>
    InnerList,
}

/// <summary>
/// Walks a structured field's dictionary (RFC 8941 4.2.2): key, type and, for integers and booleans, the value of each member. Parameters are checked
/// and passed over. Nothing is copied. A key may come several times; the last one counts (RFC 8941 3.2), which is for the caller to heed.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal ref struct StructuredDictionary(ReadOnlySpan<byte> value)
{
    private const int MaxIntegerDigits = 15;
    private const int MaxWholeDigits = 12;
    private const int MaxFractionDigits = 3;

    // RFC 8941 3.3.4: tchar of RFC 9110 5.6.2, colon and slash.
    private static readonly SearchValues<byte> TokenOctets =
        SearchValues.Create("!#$%&'*+-.^_`|~:/0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"u8);

    private ReadOnlySpan<byte> _rest = value.TrimStart((byte)' ');
    private bool _isBegun;

    /// <summary>Whether the walk ended at something that is no dictionary; all members seen before are void then.</summary>
    public bool IsMalformed { get; private set; }

    /// <summary>The member's key.</summary>
    public ReadOnlySpan<byte> Key { get; private set; }

    /// <summary>The type of the member's value.</summary>
    public StructuredType Type { get; private set; }

    /// <summary>The value of an integer; 1 or 0 for a boolean; otherwise nothing.</summary>
    public long Number { get; private set; }

    /// <summary>Steps to the next member; false at the end and where the field is malformed.</summary>
    public bool MoveNext()
    {
        if (IsMalformed || !TryBeginMember())
        {
            return false;
        }

        IsMalformed = !(TryReadKey() && TryReadValue() && TrySkipParameters());
        return !IsMalformed;
    }

    private bool TryBeginMember()
    {
        if (_isBegun)
        {
            _rest = TrimWhiteSpace(_rest);
            if (_rest.IsEmpty)
            {
                return false;
            }

            // A comma at the end promises a member that is not there.
            bool isSeparated = _rest[0] == ',';
            _rest = isSeparated ? TrimWhiteSpace(_rest[1..]) : default;
            IsMalformed = !isSeparated || _rest.IsEmpty;
            return !IsMalformed;
        }

        _isBegun = true;
        return !_rest.IsEmpty;
    }

    private bool TryReadKey()
    {
        int length = KeyLength(_rest);
        Key = _rest[..length];
        _rest = _rest[length..];
        return length > 0;
    }

    private bool TryReadValue()
    {
        if (!TrySkip((byte)'='))
        {
            Type = StructuredType.Boolean;
            Number = 1;
            return true;
        }

        return _rest is [(byte)'(', ..] ? TrySkipInnerList() : TryReadItem();
    }

    private bool TrySkipParameters()
    {
        while (TrySkip((byte)';'))
        {
            _rest = _rest.TrimStart((byte)' ');
            int length = KeyLength(_rest);
            _rest = _rest[length..];
            (StructuredType type, long number) = (Type, Number);
            if (length == 0 || (TrySkip((byte)'=') && !TryReadItem()))
            {
                return false;
            }

            (Type, Number) = (type, number);
        }

        return true;
    }

    private bool TrySkipInnerList()
    {
        _rest = _rest[1..];
        bool maySayNext = true;
        while (true)
        {
            ReadOnlySpan<byte> trimmed = _rest.TrimStart((byte)' ');
            maySayNext |= trimmed.Length < _rest.Length;
            _rest = trimmed;
            if (TrySkip((byte)')'))
            {
                Type = StructuredType.InnerList;
                return true;
            }

            if (!maySayNext || !TryReadItem() || !TrySkipParameters())
            {
                return false;
            }

            maySayNext = false;
        }
    }

    private bool TryReadItem()
    {
        if (_rest.IsEmpty)
        {
            return false;
        }

        byte first = _rest[0];
        return first switch
        {
            (byte)'-' or (>= (byte)'0' and <= (byte)'9') => TryReadNumber(),
            (byte)'"' => TrySkipString(),
            (byte)':' => TrySkipByteSequence(),
            (byte)'?' => TryReadBoolean(),
            (byte)'*' => TrySkipToken(),
            _ => char.IsAsciiLetter((char)first) && TrySkipToken(),
        };
    }

    // RFC 8941 4.2.4: at most 15 digits, or 12 and up to 3 behind the point.
    private bool TryReadNumber()
    {
        bool isNegative = TrySkip((byte)'-');
        int whole = CountDigits(_rest);
        if (whole is 0 or > MaxIntegerDigits)
        {
            return false;
        }

        long number = 0;
        foreach (byte digit in _rest[..whole])
        {
            number = (number * 10) + (digit - '0');
        }

        _rest = _rest[whole..];
        Type = StructuredType.Integer;
        Number = isNegative ? -number : number;
        return !TrySkip((byte)'.') || (whole <= MaxWholeDigits && TrySkipFraction());
    }

    private bool TrySkipFraction()
    {
        int digits = CountDigits(_rest);
        _rest = _rest[digits..];
        Type = StructuredType.Decimal;
        return digits is > 0 and <= MaxFractionDigits;
    }

    private bool TrySkipString()
    {
        Type = StructuredType.String;
        for (int i = 1; i < _rest.Length; i++)
        {
            switch (_rest[i])
            {
                case (byte)'"':
                    _rest = _rest[(i + 1)..];
                    return true;
                case (byte)'\\':
                    i++;
                    if (i == _rest.Length || _rest[i] is not ((byte)'"' or (byte)'\\'))
                    {
                        return false;
                    }

                    break;
                case < 0x20 or > 0x7E:
                    return false;
                default:
                    break;
            }
        }

        return false;
    }

    private bool TrySkipToken()
    {
        int length = _rest[1..].IndexOfAnyExcept(TokenOctets);
        _rest = length < 0 ? default : _rest[(length + 1)..];
        Type = StructuredType.Token;
        return true;
    }

    // The octets are not decoded: nobody asks for them, and decoders are asked to be lenient about padding (RFC 8941 4.2.7).
    private bool TrySkipByteSequence()
    {
        int length = _rest[1..].IndexOf((byte)':');
        if (length < 0)
        {
            return false;
        }

        foreach (byte octet in _rest.Slice(1, length))
        {
            if (!char.IsAsciiLetterOrDigit((char)octet) && octet is not ((byte)'+' or (byte)'/' or (byte)'='))
            {
                return false;
            }
        }

        _rest = _rest[(length + 2)..];
        Type = StructuredType.ByteSequence;
        return true;
    }

    private bool TryReadBoolean()
    {
        if (_rest is not [_, (byte)'0' or (byte)'1', ..])
        {
            return false;
        }

        Type = StructuredType.Boolean;
        Number = _rest[1] - '0';
        _rest = _rest[2..];
        return true;
    }

    private bool TrySkip(byte octet)
    {
        bool isThere = !_rest.IsEmpty && _rest[0] == octet;
        _rest = isThere ? _rest[1..] : _rest;
        return isThere;
    }

    private static int KeyLength(ReadOnlySpan<byte> text)
    {
        int length = 0;
        while (length < text.Length && IsKeyByte(text[length], isFirst: length == 0))
        {
            length++;
        }

        return length;
    }

    private static bool IsKeyByte(byte octet, bool isFirst) => octet switch
    {
        (>= (byte)'a' and <= (byte)'z') or (byte)'*' => true,
        (>= (byte)'0' and <= (byte)'9') or (byte)'_' or (byte)'-' or (byte)'.' => !isFirst,
        _ => false,
    };

    private static int CountDigits(ReadOnlySpan<byte> text)
    {
        int count = text.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        return count < 0 ? text.Length : count;
    }

    private static ReadOnlySpan<byte> TrimWhiteSpace(ReadOnlySpan<byte> text) => text.TrimStart(" \t"u8);
}
