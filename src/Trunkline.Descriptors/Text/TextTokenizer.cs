namespace Trunkline.Descriptors.Text;

/// <summary>
/// Cuts text into tokens, by the rules and with the words of protoc. A fault is reported and a token comes all the same, so that one run finds
/// several faults.
/// </summary>
internal sealed class TextTokenizer(ReadOnlyMemory<byte> text, List<TextProblem> problems)
{
    private const int TabWidth = 8;

    private int _position;
    private int _line;
    private int _column;

    /// <summary>The token that <see cref="Next"/> found.</summary>
    public TextToken Current { get; private set; }

    /// <summary>Whether an error has been reported, by the tokenizer or through <see cref="Report(string)"/>.</summary>
    public bool HasErrors { get; private set; }

    // The byte here, or -1 behind the last one.
    private int Here => _position < text.Length ? text.Span[_position] : -1;

    public ReadOnlySpan<byte> TextOf(TextToken token) => text.Span.Slice(token.Start, token.Length);

    /// <summary>Whether names in brackets are being read, where numbers may run into words and dots.</summary>
    public bool IsInName { get; set; }

    /// <summary>Reports an error at the end of the current token.</summary>
    public void ReportBehind(string problem) => Report(Current.Line, Current.Column + Current.Length, problem, isWarning: false);

    /// <summary>Reports an error at the current token.</summary>
    public void Report(string problem) => Report(Current.Line, Current.Column, problem, isWarning: false);

    /// <summary>Reports a warning at the current token.</summary>
    public void Warn(string problem) => Report(Current.Line, Current.Column, problem, isWarning: true);

    /// <summary>Moves to the next token.</summary>
    public void Next()
    {
        var previous = Current;
        while (true)
        {
            SkipWhitespaceAndComments();
            if (Here == -1)
            {
                Current = new TextToken(TextTokenKind.End, _position, 0, _line, _column);
                return;
            }

            if (Here >= ' ')
            {
                break;
            }

            ReportHere("Invalid control characters encountered in text.");
            while (Here is >= 0 and < ' ' && !IsWhitespace(Here))
            {
                Step();
            }
        }

        var (start, line, column) = (_position, _line, _column);
        var kind = TakeToken(previous);
        Current = new TextToken(kind, start, _position - start, line, column);
    }

    private static bool IsWhitespace(int value) => value is ' ' or (>= '\t' and <= '\r');

    private static bool IsLetter(int value) => value is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or '_';

    private static bool IsDigit(int value) => value is >= '0' and <= '9';

    private static bool IsOctalDigit(int value) => value is >= '0' and <= '7';

    private static bool IsHexDigit(int value) => IsDigit(value) || value is (>= 'a' and <= 'f') or (>= 'A' and <= 'F');

    private static bool IsLetterOrDigit(int value) => IsLetter(value) || IsDigit(value);

    private TextTokenKind TakeToken(TextToken previous)
    {
        var first = Here;
        if (IsLetter(first))
        {
            TakeWhile(IsLetterOrDigit);
            return TextTokenKind.Identifier;
        }

        if (first is '"' or '\'' && !IsInName)
        {
            Step();
            TakeString(first);
            return TextTokenKind.String;
        }

        if (IsDigit(first))
        {
            Step();
            return TakeNumber(startsWithZero: first == '0', startsWithDot: false);
        }

        if (first > 0x7F)
        {
            ReportHere($"Interpreting non ascii codepoint {first}.");
        }

        Step();
        if (first != '.' || !IsDigit(Here))
        {
            return TextTokenKind.Symbol;
        }

        if (previous.Kind == TextTokenKind.Identifier && previous.Start + previous.Length == _position - 1)
        {
            ReportNumber(_line, _column - 1, "Need space between identifier and decimal point.");
        }

        return TakeNumber(startsWithZero: false, startsWithDot: true);
    }

    private TextTokenKind TakeNumber(bool startsWithZero, bool startsWithDot)
    {
        var isFloat = false;
        if (startsWithZero && Here is 'x' or 'X')
        {
            Step();
            TakeDigits(IsHexDigit, "\"0x\" must be followed by hex digits.");
        }
        else if (startsWithZero && IsDigit(Here))
        {
            TakeWhile(IsOctalDigit);
            if (IsDigit(Here))
            {
                ReportNumber(_line, _column, "Numbers starting with leading zero must be in octal.");
                TakeWhile(IsDigit);
            }
        }
        else
        {
            isFloat = TakeDecimal(startsWithDot);
        }

        if (IsLetter(Here))
        {
            ReportNumber(_line, _column, "Need space between number and identifier.");
        }
        else if (Here == '.')
        {
            const string SecondPoint = "Already saw decimal point or exponent; can't have another one.";
            ReportNumber(_line, _column, isFloat ? SecondPoint : "Hex and octal numbers must be integers.");
        }

        return isFloat ? TextTokenKind.Float : TextTokenKind.Integer;
    }

    /// <summary>Takes the rest of a decimal number.</summary>
    /// <returns>Whether it has a point, an exponent or the suffix f.</returns>
    private bool TakeDecimal(bool startsWithDot)
    {
        var isFloat = startsWithDot;
        TakeWhile(IsDigit);
        if (!startsWithDot && TryStep('.'))
        {
            isFloat = true;
            TakeWhile(IsDigit);
        }

        if (TryStep('e') || TryStep('E'))
        {
            isFloat = true;
            _ = TryStep('-') || TryStep('+');
            TakeDigits(IsDigit, "\"e\" must be followed by exponent.");
        }

        return TryStep('f') || TryStep('F') || isFloat;
    }

    private void TakeString(int quote)
    {
        while (true)
        {
            switch (Here)
            {
                case -1 or 0:
                    ReportHere("Unexpected end of string.");
                    return;
                case '\n':
                    ReportHere("Multiline strings are not allowed. Did you miss a \"?.");
                    return;
                case '\\':
                    Step();
                    TakeEscape();
                    break;
                case var next:
                    Step();
                    if (next == quote)
                    {
                        return;
                    }

                    break;
            }
        }
    }

    private void TakeEscape()
    {
        if (TextEscapes.IsLetterEscape(Here) || IsOctalDigit(Here))
        {
            Step();
        }
        else if (TryStep('x') || TryStep('X'))
        {
            _ = TryStep(IsHexDigit) || ReportHere("Expected hex digits for escape sequence.");
        }
        else if (TryStep('u'))
        {
            _ = TryHexDigits(4) || ReportHere("Expected four hex digits for \\u escape sequence.");
        }
        else if (TryStep('U'))
        {
            _ = (TryStep('0') && TryStep('0') && (TryStep('0') || TryStep('1')) && TryHexDigits(5))
                || ReportHere("Expected eight hex digits up to 10ffff for \\U escape sequence");
        }
        else
        {
            ReportHere("Invalid escape sequence in string literal.");
        }
    }

    private bool TryHexDigits(int count)
    {
        while (count > 0 && TryStep(IsHexDigit))
        {
            count--;
        }

        return count == 0;
    }

    private void TakeDigits(Func<int, bool> isDigit, string otherwise)
    {
        if (!isDigit(Here))
        {
            ReportNumber(_line, _column, otherwise);
        }

        TakeWhile(isDigit);
    }

    private void TakeWhile(Func<int, bool> isTaken)
    {
        while (isTaken(Here))
        {
            Step();
        }
    }

    private void SkipWhitespaceAndComments()
    {
        while (true)
        {
            if (IsWhitespace(Here))
            {
                Step();
            }
            else if (Here == '#')
            {
                TakeWhile(next => next is not (-1 or 0 or '\n'));
            }
            else
            {
                return;
            }
        }
    }

    private bool TryStep(int wanted)
    {
        if (Here != wanted)
        {
            return false;
        }

        Step();
        return true;
    }

    private bool TryStep(Func<int, bool> isWanted)
    {
        if (!isWanted(Here))
        {
            return false;
        }

        Step();
        return true;
    }

    private void Step()
    {
        switch (Here)
        {
            case '\n':
                _line++;
                _column = 0;
                break;
            case '\t':
                _column += TabWidth - (_column % TabWidth);
                break;
            default:
                _column++;
                break;
        }

        _position++;
    }

    private void ReportNumber(int line, int column, string problem)
    {
        if (!IsInName)
        {
            Report(line, column, problem, isWarning: false);
        }
    }

    private bool ReportHere(string problem)
    {
        Report(_line, _column, problem, isWarning: false);
        return false;
    }

    private void Report(int line, int column, string problem, bool isWarning)
    {
        problems.Add(new TextProblem(line + 1, column + 1, problem, isWarning));
        HasErrors |= !isWarning;
    }
}
