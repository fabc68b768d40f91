using System.Globalization;
using System.Text;

namespace Trunkline.Descriptors.Text;

/// <summary>
/// What the parser does with single tokens: look, take, and report what else stands there. The members named Take return false after a report,
/// which ends the parse.
/// </summary>
internal sealed class TextCursor
{
    // What C calls NaN; that of .NET has its sign bit set.
    private static readonly double PositiveNaN = BitConverter.UInt64BitsToDouble(0x7FF8_0000_0000_0000);

    private readonly TextTokenizer _tokens;

    public TextCursor(ReadOnlyMemory<byte> text, List<TextProblem> problems)
    {
        _tokens = new TextTokenizer(text, problems);
        _tokens.Next();
    }

    public TextTokenKind Kind => _tokens.Current.Kind;

    public bool HasErrors => _tokens.HasErrors;

    // Latin-1 has a character for every byte, so that a token that is not UTF-8 can still be quoted byte by byte.
    public string Text => Encoding.Latin1.GetString(_tokens.TextOf(_tokens.Current));

    public bool IsAt(char symbol) => _tokens.Current is { Length: 1, Kind: TextTokenKind.Symbol } && _tokens.TextOf(_tokens.Current)[0] == symbol;

    public bool IsAtMessage => IsAt('{') || IsAt('<');

    public void Next() => _tokens.Next();

    public bool TryTake(char symbol)
    {
        if (!IsAt(symbol))
        {
            return false;
        }

        _tokens.Next();
        return true;
    }

    public bool Take(char symbol) => TryTake(symbol) || Fail($"Expected \"{symbol}\", found \"{Text}\".");

    /// <summary>Passes what may set fields apart, a comma or a semicolon.</summary>
    /// <returns>True: there need not be one.</returns>
    public bool TrySeparator() => TryTake(';') || TryTake(',') || true;

    public bool TakeIdentifier(out string name)
    {
        name = Text;
        if (Kind != TextTokenKind.Identifier)
        {
            return Fail($"Expected identifier, got: {name}");
        }

        _tokens.Next();
        return true;
    }

    /// <summary>Takes the bracket that opens a name; false when something else stands here.</summary>
    public bool TryOpenName()
    {
        // The token behind the bracket is cut by the rules of names already.
        _tokens.IsInName = IsAt('[');
        return TryTake('[');
    }

    /// <summary>Takes words, numbers and <paramref name="symbols"/> up to a closing bracket, at which the cursor stays; null after a report.</summary>
    public string? TakeBracketed(string symbols)
    {
        var text = new StringBuilder();
        while (Kind is TextTokenKind.Identifier or TextTokenKind.Integer or TextTokenKind.Float || symbols.Any(IsAt))
        {
            text.Append(Text);
            _tokens.Next();
        }

        _tokens.IsInName = false;
        return IsAt(']') || Fail($"Expected \"]\", found \"{Text}\".") ? text.ToString() : null;
    }

    /// <summary>Reports an error behind the bracket at which the cursor stands.</summary>
    public void FailBehindBracket(string problem) => _tokens.ReportBehind(problem);

    /// <summary>Takes the start of a message.</summary>
    /// <param name="end">The symbol that must end it.</param>
    public bool TakeMessageStart(out char end)
    {
        end = IsAt('<') ? '>' : '}';
        return TryTake('<') || Take('{');
    }

    public bool TakeString(out byte[] value)
    {
        value = [];
        if (Kind != TextTokenKind.String)
        {
            return Fail($"Expected string, got: {Text}");
        }

        var output = new WireWriter(_tokens.Current.Length);
        while (Kind == TextTokenKind.String)
        {
            var token = _tokens.TextOf(_tokens.Current);
            var content = token[1..];

            // A string that does not end has been reported; what there is of it is taken.
            TextEscapes.Unescape(content.Length > 0 && content[^1] == token[0] ? content[..^1] : content, output);
            _tokens.Next();
        }

        value = output.Written.ToArray();
        return true;
    }

    public bool TakeUnsigned(ulong largest, out ulong value)
    {
        value = 0;
        if (Kind != TextTokenKind.Integer)
        {
            return Fail($"Expected integer, got: {Text}");
        }

        if (!TryParseInteger(_tokens.TextOf(_tokens.Current), largest, out value))
        {
            return Fail($"Integer out of range ({Text})");
        }

        _tokens.Next();
        return true;
    }

    public bool TakeSigned(long largest, out long value)
    {
        var isNegative = TryTake('-');
        var isTaken = TakeUnsigned((ulong)largest + (isNegative ? 1u : 0u), out var magnitude);
        value = isNegative ? unchecked((long)(0 - magnitude)) : (long)magnitude;
        return isTaken;
    }

    public bool TakeDouble(out double value)
    {
        var isNegative = TryTake('-');
        if (!TakeUnsignedDouble(out value))
        {
            return false;
        }

        value = isNegative ? -value : value;
        return true;
    }

    /// <summary>Reports an error at the current token.</summary>
    /// <returns>False, for the caller to return.</returns>
    public bool Fail(string problem)
    {
        _tokens.Report(problem);
        return false;
    }

    public void Warn(string problem) => _tokens.Warn(problem);

    private static bool TryParseInteger(ReadOnlySpan<byte> text, ulong largest, out ulong value)
    {
        var (radix, start) = text switch
        {
            [(byte)'0', (byte)'x' or (byte)'X', ..] => (16u, 2),
            [(byte)'0', _, ..] => (8u, 1),
            _ => (10u, 0),
        };
        value = 0;
        foreach (var digit in text[start..])
        {
            var number = (ulong)(digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10);
            if (number >= radix || value > (largest - number) / radix || number > largest)
            {
                return false;
            }

            value = (value * radix) + number;
        }

        return true;
    }

    private bool TakeUnsignedDouble(out double value)
    {
        var text = Text;
        switch (Kind)
        {
            case TextTokenKind.Integer when text is ['0', (>= '0' and <= '7') or 'x' or 'X', ..]:
                value = 0;
                return Fail($"Expect a decimal number, got: {text}");
            case TextTokenKind.Integer when ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var integer):
                value = integer;
                break;
            case TextTokenKind.Integer or TextTokenKind.Float:
                value = ParseFloat(text);
                break;
            case TextTokenKind.Identifier when text.ToLowerInvariant() is "inf" or "infinity":
                value = double.PositiveInfinity;
                break;
            case TextTokenKind.Identifier when text.ToLowerInvariant() is "nan":
                value = PositiveNaN;
                break;
            default:
                value = 0;
                return Fail($"Expected double, got: {(Kind == TextTokenKind.Identifier ? text.ToLowerInvariant() : text)}");
        }

        _tokens.Next();
        return true;
    }

    private static double ParseFloat(string text)
    {
        // A number whose exponent is missing has been reported.
        var number = text.TrimEnd('f', 'F').TrimEnd('e', 'E', '-', '+');
        return double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : 0;
    }
}
