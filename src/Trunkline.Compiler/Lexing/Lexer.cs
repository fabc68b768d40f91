using Trunkline.Compiler.Diagnostics;
using Trunkline.Compiler.Sources;

namespace Trunkline.Compiler.Lexing;

/// <summary>
/// Cuts a file into tokens. Never fails: what is no token is reported and skipped. Comments and white space leave no token; <see cref="CommentReader"/> reads
/// them back from the gaps where somebody asks.
/// </summary>
internal ref struct Lexer
{
    private readonly SourceFile _file;
    private readonly ReadOnlySpan<byte> _text;
    private readonly DiagnosticBag _diagnostics;
    private TokenBuffer _tokens;
    private ByteCursor _cursor;

    private Lexer(SourceFile file, DiagnosticBag diagnostics)
    {
        _file = file;
        _text = file.Text.Span;
        _diagnostics = diagnostics;
        _tokens = new TokenBuffer((_text.Length / 16) + 16);
        _cursor = new ByteCursor(_text, 0, 0, file.FirstColumn);
    }

    public static Token[] Tokenize(SourceFile file, DiagnosticBag diagnostics)
    {
        var lexer = new Lexer(file, diagnostics);
        lexer.Run();
        return lexer._tokens.Detach();
    }

    private void Run()
    {
        while (SkipToToken())
        {
            ReadToken();
        }

        _tokens.Add(new Token(TokenKind.End, _cursor.Position, 0, _cursor.Line, _cursor.Column, _cursor.Column));
    }

    private bool SkipToToken()
    {
        while (!_cursor.AtEnd)
        {
            byte current = _cursor.Current;
            if (current == '\n' || CharacterClass.IsWhitespaceInLine(current))
            {
                _cursor.Advance();
            }
            else if (current == '/' && _cursor.Next == '/')
            {
                SkipLineComment();
            }
            else if (current == '/' && _cursor.Next == '*')
            {
                SkipBlockComment();
            }
            else if (current < ' ')
            {
                SkipRun(static value => value < ' ' && value != '\n' && !CharacterClass.IsWhitespaceInLine(value), out SourceSpan span);
                _diagnostics.Add(new ControlCharacters(span));
            }
            else if (current >= 0x80)
            {
                SkipRun(static value => value >= 0x80, out SourceSpan span);
                _diagnostics.Add(new NonAsciiCharacter(span, current));
            }
            else
            {
                return true;
            }
        }

        return false;
    }

    private void SkipRun(Func<byte, bool> belongs, out SourceSpan span)
    {
        int line = _cursor.Line;
        int column = _cursor.Column;
        while (!_cursor.AtEnd && belongs(_cursor.Current))
        {
            _cursor.Advance();
        }

        span = _file.Span(line, column, _cursor.Line, _cursor.Column);
    }

    /// <summary>A zero byte ends a line comment as it ends every other token; it is reported as the control character that it is.</summary>
    private void SkipLineComment()
    {
        while (!_cursor.AtEnd && _cursor.Current is not ((byte)'\n' or 0))
        {
            _cursor.Advance();
        }
    }

    private void SkipBlockComment()
    {
        SourceSpan start = _file.Span(_cursor.Line, _cursor.Column, _cursor.Line, _cursor.Column + 2);
        _cursor.Advance(2);
        while (!_cursor.AtEnd && _cursor.Current != 0)
        {
            if (_cursor.Current == '*' && _cursor.Next == '/')
            {
                _cursor.Advance(2);
                return;
            }

            if (_cursor.Current == '/' && _cursor.Next == '*')
            {
                _diagnostics.Add(new NestedComment(Here(2)));
            }

            _cursor.Advance();
        }

        _diagnostics.Add(new UnterminatedComment(start));
    }

    private void ReadToken()
    {
        int start = _cursor.Position;
        int line = _cursor.Line;
        int column = _cursor.Column;
        TokenKind kind = ReadKind();
        _tokens.Add(new Token(kind, start, _cursor.Position - start, line, column, _cursor.Column));
    }

    private TokenKind ReadKind()
    {
        byte current = _cursor.Current;
        if (CharacterClass.IsLetter(current))
        {
            SkipIdentifier();
            return TokenKind.Identifier;
        }

        if (CharacterClass.IsDigit(current))
        {
            return ReadNumber();
        }

        if (current == '.' && CharacterClass.IsDigit(_cursor.Next))
        {
            ReportGluedDecimalPoint();
            return ReadNumber();
        }

        if (current is (byte)'"' or (byte)'\'')
        {
            ReadString(current);
            return TokenKind.String;
        }

        _cursor.Advance();
        return TokenKind.Symbol;
    }

    private void SkipIdentifier()
    {
        while (!_cursor.AtEnd)
        {
            if (CharacterClass.IsAlphanumeric(_cursor.Current))
            {
                _cursor.Advance();
            }
            else if (_cursor.Current >= 0x80)
            {
                // A letter that a name may not have: one report, and the name goes on behind it.
                byte value = _cursor.Current;
                SkipRun(static next => next >= 0x80, out SourceSpan span);
                _diagnostics.Add(new NonAsciiCharacter(span, value));
            }
            else
            {
                return;
            }
        }
    }

    /// <summary>blah.123 is not a number behind a name: the point would vanish from the name without a word.</summary>
    private readonly void ReportGluedDecimalPoint()
    {
        if (_tokens.Last is { Kind: TokenKind.Identifier } last && last.End == _cursor.Position)
        {
            _diagnostics.Add(new DecimalPointAfterIdentifier(Here(1)));
        }
    }

    private TokenKind ReadNumber()
    {
        bool isFloat = false;
        bool isDecimal = true;
        if (_cursor.Current == '0' && (_cursor.Next | 0x20) == 'x')
        {
            _cursor.Advance(2);
            isDecimal = false;
            SkipHexDigits();
        }
        else if (_cursor.Current == '0' && CharacterClass.IsDigit(_cursor.Next))
        {
            isDecimal = false;
            SkipOctalDigits();
        }
        else
        {
            isFloat = SkipDecimal();
        }

        if (CharacterClass.IsLetter(_cursor.Current))
        {
            _diagnostics.Add(new NumberTouchesIdentifier(Here(1)));
            SkipIdentifier();
        }
        else if (_cursor.Current == '.')
        {
            _diagnostics.Add(isDecimal ? new SecondDecimalPoint(Here(1)) : new PointInInteger(Here(1)));
            SkipDecimal();
        }

        return isFloat ? TokenKind.Float : TokenKind.Integer;
    }

    private void SkipHexDigits()
    {
        if (!CharacterClass.IsHexDigit(_cursor.Current))
        {
            _diagnostics.Add(new HexDigitsExpected(Here(1)));
        }

        while (CharacterClass.IsHexDigit(_cursor.Current))
        {
            _cursor.Advance();
        }
    }

    private void SkipOctalDigits()
    {
        bool reported = false;
        while (CharacterClass.IsDigit(_cursor.Current))
        {
            if (!reported && !CharacterClass.IsOctalDigit(_cursor.Current))
            {
                _diagnostics.Add(new OctalDigitsExpected(Here(1)));
                reported = true;
            }

            _cursor.Advance();
        }
    }

    private bool SkipDecimal()
    {
        bool isFloat = false;
        SkipDigits();
        if (_cursor.TryConsume('.'))
        {
            isFloat = true;
            SkipDigits();
        }

        if ((_cursor.Current | 0x20) == 'e')
        {
            isFloat = true;
            _cursor.Advance();
            _ = _cursor.TryConsume('-') || _cursor.TryConsume('+');
            if (!CharacterClass.IsDigit(_cursor.Current))
            {
                _diagnostics.Add(new ExponentExpected(Here(1)));
            }

            SkipDigits();
        }

        return isFloat;
    }

    private void SkipDigits()
    {
        while (CharacterClass.IsDigit(_cursor.Current))
        {
            _cursor.Advance();
        }
    }

    private void ReadString(byte quote)
    {
        _cursor.Advance();
        while (true)
        {
            if (_cursor.AtEnd || _cursor.Current == 0)
            {
                _diagnostics.Add(new StringEndsWithFile(Here(0)));
                return;
            }

            byte current = _cursor.Current;
            if (current == '\n')
            {
                _diagnostics.Add(new StringCrossesLine(Here(0)));
                return;
            }

            if (current == quote)
            {
                _cursor.Advance();
                return;
            }

            if (current == '\\')
            {
                CheckEscape();
            }
            else
            {
                _cursor.Advance();
            }
        }
    }

    private void CheckEscape()
    {
        StringEscape escape = StringEscape.Read(_text[_cursor.Position..]);
        switch (escape.Error)
        {
            case EscapeError.Unknown:
                _diagnostics.Add(new InvalidEscape(Behind(escape)));
                break;
            case EscapeError.HexDigits:
                _diagnostics.Add(new HexEscapeExpected(Behind(escape)));
                break;
            case EscapeError.FourHexDigits:
                _diagnostics.Add(new ShortUnicodeEscapeExpected(Behind(escape)));
                break;
            case EscapeError.EightHexDigits:
                _diagnostics.Add(new LongUnicodeEscapeExpected(Behind(escape)));
                break;
        }

        _cursor.Advance(escape.Length);
    }

    /// <summary>The character that the escape cannot have: the one behind what was read of it.</summary>
    private readonly SourceSpan Behind(StringEscape escape)
        => _file.Span(_cursor.Line, _cursor.Column + escape.Length, _cursor.Line, _cursor.Column + escape.Length + 1);

    private readonly SourceSpan Here(int length) => _file.Span(_cursor.Line, _cursor.Column, _cursor.Line, _cursor.Column + length);
}
